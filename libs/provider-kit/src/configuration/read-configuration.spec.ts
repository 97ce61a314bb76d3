import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConfiguration } from '../configuration.ts';
import type { AnyProvider } from '../provider.ts';
import { memoryVersions } from '../testing/memory-versions.ts';
import { checkParts } from './check-parts.ts';
import { readConfigurationOf } from './read-configuration.ts';

const triggers = defineConfiguration({
  name: 'triggers',
  title: 'Triggers',
  shape: z.object({ actions: z.array(z.string()) }),
  initial: { actions: ['Sold'] },
});
const owner = { org: 'org-1', connection: 'con-1' };

function world() {
  const store = memoryVersions();
  const save = (version: number, value: unknown, which = owner) => {
    const facts = { part: 'triggers', restored: null, savedAt: 0, savedBy: 'ann' };
    return store.add({ ...which, ...facts, version, value: JSON.stringify(value) });
  };
  return { store, save, config: () => readConfigurationOf(store, owner) };
}

describe('reading a configuration', () => {
  it('gives what the part begins with until somebody saves, then what was saved', async () => {
    const { save, config } = world();
    expect(await config()(triggers)).toEqual({ version: 0, value: { actions: ['Sold'] } });
    await save(1, { actions: ['Booked'] });
    expect(await config()(triggers)).toEqual({ version: 1, value: { actions: ['Booked'] } });
  });

  it('gives one call the same version throughout, and the next call the newest', async () => {
    const { save, config } = world();
    const one = config();
    await one(triggers);
    await save(1, { actions: [] });
    expect([(await one(triggers)).version, (await config()(triggers)).version]).toEqual([0, 1]);
  });

  it("never gives another connection's, nor another org's", async () => {
    const { save, config } = world();
    await save(1, { actions: [] }, { org: 'org-1', connection: 'con-2' });
    await save(1, { actions: [] }, { org: 'org-2', connection: 'con-1' });
    expect((await config()(triggers)).version).toBe(0);
  });

  it('fails as rejected, naming part, version and place, where this release does not take what was saved', async () => {
    const { save, config } = world();
    await save(1, { actions: 'Sold' });
    await expect(config()(triggers)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'configuration.unreadable', fields: [{ pointer: '/actions' }] },
      message: expect.stringMatching(/^Version 1 of "Triggers" does not fit this release any more: \/actions: /),
    });
  });

  it('asks the store anew after a failure', async () => {
    const { store, config } = world();
    const one = config();
    store.down = true;
    await expect(one(triggers)).rejects.toThrow('away');
    store.down = false;
    expect((await one(triggers)).version).toBe(0);
  });
});

describe('the parts that a provider declares', () => {
  const declare =
    (...configuration: object[]) =>
    () =>
      checkParts({ id: 'x', configuration } as unknown as AnyProvider);

  it('are taken where each has a name of its own and begins with what its shape takes', () => {
    expect(declare(triggers, { ...triggers, name: 'other-triggers' })).not.toThrow();
    expect(declare()).not.toThrow();
  });

  it.each([
    ['a name twice', [triggers, triggers], /twice/],
    ['a name that is no address', [{ ...triggers, name: 'My triggers' }], /a-z and dashes/],
    ['a beginning of another shape', [{ ...triggers, initial: { actions: 'Sold' } }], /not of its shape/],
  ])('are refused at the start with %s', (_what, parts, words) => {
    expect(declare(...parts)).toThrow(words);
  });
});
