import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyStore, StoredKey } from './key.store.ts';
import { createKeys } from './keys.ts';

function world() {
  const kept = new Map<string, StoredKey>();
  const state = { now: 1_000_000, reads: 0, used: [] as number[] };
  const store: KeyStore = {
    add: async (key) => void kept.set(key._id, key),
    async get(id) {
      state.reads += 1;
      return kept.get(id);
    },
    ofConnection: async (connection) => [...kept.values()].filter((key) => key.connection === connection),
    remove: async (_connection, id) => kept.delete(id),
    async markUsed(id, at) {
      kept.set(id, { ...kept.get(id)!, usedAt: at });
      state.used.push(at);
    },
  };
  const keys = createKeys({ store, clock: () => state.now, random: (bytes) => randomBytes(bytes) });
  return { keys, kept, state };
}
const facts = { org: 'org-1', connection: 'con-1', name: 'LeadConduit', scopes: ['leads'], by: 'adm' };

describe('createKeys', () => {
  it('knows a key by its text, and keeps no text', async () => {
    const { keys, kept } = world();
    const { key, text } = await keys.make(facts);
    expect(await keys.known(text)).toMatchObject({ _id: key._id, org: 'org-1', scopes: ['leads'] });
    const secret = text.split('_').slice(2).join('_');
    expect(JSON.stringify([...kept.values()])).not.toContain(secret);
  });

  it('knows nothing else: another secret, another id, a part, garbage', async () => {
    const { keys } = world();
    const [one, other] = [(await keys.make(facts)).text, (await keys.make(facts)).text];
    const mixed = one.slice(0, 20) + other.slice(20);
    for (const text of [mixed, one.slice(0, -1), `${one}x`, '', 'occ_', 'Bearer', one.toUpperCase()])
      expect(await keys.known(text), text).toBeUndefined();
  });

  it('gives every key a text of its own', async () => {
    const { keys } = world();
    const texts = await Promise.all(Array.from({ length: 50 }, async () => (await keys.make(facts)).text));
    expect(new Set(texts).size).toBe(50);
  });

  it('refuses a revoked key within five seconds, and asks the store no more often', async () => {
    const { keys, kept, state } = world();
    const { key, text } = await keys.make(facts);
    await keys.known(text);
    await keys.known(text);
    expect(state.reads).toBe(1);
    kept.delete(key._id);
    state.now += 5_000;
    expect(await keys.known(text)).toBeUndefined();
  });

  it('notes when it was used, to the minute', async () => {
    const { keys, state } = world();
    const { text } = await keys.make(facts);
    for (const ms of [0, 1_000, 30_000, 30_000]) {
      state.now += ms;
      await keys.known(text);
    }
    expect(state.used).toEqual([1_000_000, 1_061_000]);
  });
});
