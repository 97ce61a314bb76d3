import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installed, lock, type Product } from './install.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'occ-hub-install-'));
  vi.stubEnv('OCC_HUB_CACHE', cache);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

const quiet = () => undefined;

/** A product of one file, which counts its builds; `content` is what the build writes. */
function product(content = 'whole'): Product & { builds: number } {
  return {
    name: 'thing',
    version: '1.2.3',
    builds: 0,
    missing: () => [],
    async build(folder) {
      this.builds += 1;
      await new Promise((done) => setTimeout(done, 50));
      await writeFile(join(folder, 'program'), content);
    },
    async verify(folder) {
      if ((await readFile(join(folder, 'program'), 'utf8')) !== 'whole') throw new Error('this is not the program');
    },
  };
}

describe('installing a server', () => {
  test('builds once, for all who ask at the same time and for all later', async () => {
    const thing = product();
    const folders = await Promise.all([installed(thing, quiet), installed(thing, quiet)]);
    expect(await installed(thing, quiet)).toBe(folders[0]);
    expect(folders).toEqual(Array(2).fill(join(cache, 'occ-hub', 'thing-1.2.3')));
    expect(thing.builds).toBe(1);
  });

  test('never marks as good what does not pass its verification, and tries again', async () => {
    const folder = join(cache, 'occ-hub', 'thing-1.2.3');
    await expect(installed(product('half'), quiet)).rejects.toThrow('this is not the program');
    expect(existsSync(join(folder, '.ok'))).toBe(false);
    expect(existsSync(`${folder}.lock`)).toBe(false);
    await installed(product(), quiet);
    expect(existsSync(join(folder, '.ok'))).toBe(true);
  });

  test('takes a whole product whose mark is missing without building it again', async () => {
    const folder = await installed(product(), quiet);
    await rm(join(folder, '.ok'));
    const again = product();
    await installed(again, quiet);
    expect(again.builds).toBe(0);
  });
});

describe('the install lock', () => {
  test('is taken from a holder that has died', async () => {
    const path = join(cache, 'dead.lock');
    const noSuchProcess = 2 ** 22 + 1;
    await writeFile(path, String(noSuchProcess));
    const release = await lock(path, quiet);
    expect(await readFile(path, 'utf8')).toBe(String(process.pid));
    await release();
    expect(existsSync(path)).toBe(false);
  });

  test('makes the second one wait, and tells that it waits', async () => {
    const path = join(cache, 'held.lock');
    const release = await lock(path, quiet);
    const events: string[] = [];
    const second = lock(path, () => events.push('waits')).then((done) => {
      events.push('holds');
      return done();
    });
    await vi.waitFor(() => expect(events).toEqual(['waits']));
    await release();
    await second;
    expect(events).toEqual(['waits', 'holds']);
  });
});
