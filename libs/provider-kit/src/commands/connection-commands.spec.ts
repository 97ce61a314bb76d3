import { connectionHealth, saveSettings } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connection, StateAndReason } from '../connections/connection.ts';
import { secret } from '../settings.ts';
import { readKeyRing } from '../vault/key-ring.ts';
import { createVault } from '../vault/vault.ts';
import { connectionCommands } from './connection-commands.ts';
import type { Desks } from './desks.ts';

const Settings = z.object({
  user: z.string(),
  password: secret(z.string()),
  host: z.string().default('crm.example.com'),
});
const vault = createVault(readKeyRing(`k:${Buffer.alloc(32, 1).toString('base64')}`));

/** A store of one connection; somebody else may be at it between a look and a save. */
function world() {
  let held: Connection | undefined;
  let meanwhile: (() => void) | undefined;
  const connections = {
    async get() {
      const found = held;
      meanwhile?.();
      meanwhile = undefined;
      return found;
    },
    async save(facts: Partial<Connection>, { from, to }: { from: Connection | undefined; to: StateAndReason }) {
      if (held?.version !== from?.version || held?.state !== from?.state) return false;
      const version = (held?.version ?? 0) + 1;
      held = { ...held, ...facts, version, state: to.state, stateReason: to.reason } as Connection;
      return true;
    },
  };
  const desks = {
    provider: { id: 'some-crm', title: 'Some CRM', settings: Settings, sources: [], sinks: [] },
    connections,
    vault,
    consent: {},
    registry: { refresh: async () => undefined },
  } as unknown as Desks;
  const handler = connectionCommands(desks).find(({ command }) => command === saveSettings)!;
  const save = (settings: object) =>
    handler.handle({ org: 'org-1', connection: 'con-1', settings } as never) as Promise<{ state: string }>;
  return {
    save,
    held: () => held!,
    change: (changes: Partial<Connection>) => void (held = { ...held!, ...changes }),
    meanwhile: (work: () => void) => void (meanwhile = work),
  };
}

describe('saving settings', () => {
  it('makes a connection that waits to be authorized', async () => {
    const { save, held } = world();
    expect(await save({ user: 'u', password: 'p' })).toMatchObject({ state: 'draft', settings: { user: 'u' } });
    expect(held()).toMatchObject({
      org: 'org-1',
      settings: { user: 'u', host: 'crm.example.com' },
      version: 1,
      state: 'draft',
    });
  });

  it('leaves what was left out as it is, and puts back to its default what is null', async () => {
    const { save, held } = world();
    await save({ user: 'u', password: 'p', host: 'mine.example.com' });
    await save({ user: 'other' });
    expect(held().settings).toEqual({ user: 'other', host: 'mine.example.com' });
    await save({ host: null });
    expect(held().settings).toEqual({ user: 'other', host: 'crm.example.com' });
  });

  it("keeps a person's pause that came while the settings were being saved", async () => {
    const { save, held, change, meanwhile } = world();
    await save({ user: 'u', password: 'p' });
    change({ state: 'healthy' });
    meanwhile(() => change({ state: 'paused', stateReason: 'Paused by a person.' }));
    expect((await save({ user: 'other', password: 'p' })).state).toBe('paused');
    expect(held()).toMatchObject({ settings: { user: 'other' }, state: 'paused', stateReason: 'Paused by a person.' });
  });

  it('keeps a secret that somebody else saved meanwhile', async () => {
    const { save, held, change, meanwhile } = world();
    await save({ user: 'u', password: 'old' });
    const secrets = await vault.seal('connection/con-1', { password: 'new' });
    meanwhile(() => change({ secrets, version: 2 }));
    await save({ user: 'other' });
    expect(await vault.open('connection/con-1', held().secrets!)).toEqual({ password: 'new' });
  });
});

describe('the health of a connection', () => {
  const connection = { _id: 'con-1', org: 'org-1', state: 'healthy', stateReason: null, stateSince: 0 };
  const healthOf = (changes: Partial<Connection>) => {
    const desks = {
      provider: { id: 'some-crm', title: 'Some CRM', settings: Settings, sources: [], sinks: [] },
      connections: { get: async () => ({ ...connection, ...changes }) },
      deliveries: { counts: async () => ({ waiting: 2, parked: 1 }) },
      runs: { list: async () => [] },
      consent: {},
    } as unknown as Desks;
    const handler = connectionCommands(desks).find(({ command }) => command === connectionHealth)!;
    return handler.handle({ org: 'org-1', connection: 'con-1' } as never);
  };

  it('says how many calls the vendor has counted, and when it said so, where it does', async () => {
    const at = Date.parse('2026-03-09T03:30:00Z');
    const health = connectionHealth.answer.parse(await healthOf({ calls: { used: 900, limit: 15_000, at } }));
    expect(health).toMatchObject({
      ...{ state: 'healthy', waiting: 2, parked: 1 },
      calls: { used: 900, limit: 15_000, at: '2026-03-09T03:30:00.000Z' },
    });
    expect(await healthOf({})).not.toHaveProperty('calls');
  });
});
