import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HubError } from '@occ-hub/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { printEnvTable, readEnv } from './env.ts';
import { secretText } from './secret.ts';

const Shape = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000).describe('Where HTTP is served'),
  STORE_URL: z.url().describe('Where the store is'),
  TOKEN: secretText(8).describe('Signs links'),
  MODE: z.enum(['dev', 'live']).optional().describe('dev | live'),
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-spec-'));
  writeFileSync(join(folder, 'token'), 'from-a-file\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = { STORE_URL: 'mongodb://store.example.test/x', TOKEN: 'long-enough' };
const refusal = (env: Record<string, string>) => {
  try {
    readEnv(Shape, env);
  } catch (error) {
    return error as HubError;
  }
  throw new Error('was not refused');
};

describe('readEnv', () => {
  it('gives typed settings with defaults, and takes an empty variable for unset', () => {
    const settings = readEnv(Shape, { ...good, PORT: '', MODE: '' });
    expect([settings.PORT, settings.MODE, settings.TOKEN.reveal()]).toEqual([3000, undefined, 'long-enough']);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('lists every fault at once, with what the variable is for', () => {
    const { kind, message, fields } = refusal({ PORT: '99999', TOKEN: 'short' });
    expect(kind).toBe('config');
    expect(fields.map((field) => field.pointer).sort()).toEqual(['/PORT', '/STORE_URL', '/TOKEN']);
    expect(message).toContain('STORE_URL: is not set (Where the store is)');
    expect(message).toContain('Where HTTP is served');
  });

  it('never repeats a value', () => {
    expect(refusal({ STORE_URL: 'not a url with hunter2', TOKEN: 'hunter2' }).message).not.toContain('hunter2');
  });

  it('reads a mounted secret without the line end', () => {
    const settings = readEnv(Shape, { STORE_URL: good.STORE_URL, TOKEN_FILE: join(folder, 'token') });
    expect(settings.TOKEN.reveal()).toBe('from-a-file');
  });

  it('refuses a secret file that is not there, and a secret given twice', () => {
    expect(refusal({ STORE_URL: good.STORE_URL, TOKEN_FILE: join(folder, 'none') }).message).toContain('ENOENT');
    expect(refusal({ ...good, TOKEN_FILE: join(folder, 'token') }).message).toContain('set twice');
  });
});

describe('printEnvTable', () => {
  it('prints a row per variable, with defaults and without breaking the table', () => {
    expect(printEnvTable(Shape).split('\n')).toEqual([
      '| variable | what it is | default |',
      '|---|---|---|',
      '| `PORT` | Where HTTP is served | 3000 |',
      '| `STORE_URL` | Where the store is |  |',
      '| `TOKEN` | Signs links |  |',
      '| `MODE` | dev \\| live |  |',
      '',
    ]);
  });
});
