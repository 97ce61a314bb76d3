import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConfiguration } from '../configuration.ts';
import type { AnyProvider } from '../provider.ts';
import { memoryVersions } from '../testing/memory-versions.ts';
import { createConfigurations } from './configurations.ts';
import { rawOf } from './stored-value.ts';

interface Crm {
  readonly fields: readonly string[];
}

const Rows = z.array(z.object({ field: z.string().min(1), required: z.boolean().default(false) }));
const place = { org: 'org-1', connection: 'con-1', part: 'mappings' };

/** Mappings onto fields of a CRM that says which it has. */
function world() {
  const crm: Crm = { fields: ['Name', 'Phone'] };
  const checks: (Crm | undefined)[] = [];
  const mappings = defineConfiguration<Crm, typeof Rows>({
    name: 'mappings',
    title: 'Mappings',
    shape: Rows,
    initial: [{ field: 'Name', required: true }],
    async check(rows, client) {
      checks.push(client);
      const unknown = rows.flatMap(({ field }, index) => (client?.fields.includes(field) === false ? [index] : []));
      return unknown.map((index) => ({ pointer: `/${index}/field`, message: 'The CRM has no such field.' }));
    },
  });
  const store = memoryVersions();
  const provider = { title: 'Some CRM', configuration: [mappings] } as unknown as AnyProvider;
  let now = 1_000;
  const configurations = createConfigurations({ provider, store, clock: () => (now += 1) });
  const saving = (version: number, by = 'ann') => ({ ...place, version, by, client: async () => crm as never });
  return { ...configurations, store, mappings, saving, checks };
}

describe('the configuration of a connection', () => {
  it('is what the part begins with, as version 0, until somebody saves', async () => {
    const { find, mappings } = world();
    expect(await find(place)).toBeUndefined();
    expect(rawOf(mappings as never, undefined)).toEqual([{ field: 'Name', required: true }]);
  });

  it('is saved in versions from 1 up; every one stays, with who saved it and when', async () => {
    const { save, find, saving, store } = world();
    await save(saving(0, 'ann'), [{ field: 'Phone' }]);
    await save(saving(1, 'ben'), []);
    expect(await store.list(place, { limit: 10 })).toMatchObject([
      { version: 2, savedBy: 'ben', savedAt: 1_002, value: '[]', restored: null },
      { version: 1, savedBy: 'ann', savedAt: 1_001, value: '[{"field":"Phone","required":false}]' },
    ]);
    expect(await find(place, 1)).toMatchObject({ version: 1 });
    await expect(find(place, 3)).rejects.toMatchObject({ kind: 'rejected', code: 'configuration.version-unknown' });
  });

  it('is not saved over what somebody else saved meanwhile', async () => {
    const { save, saving, store } = world();
    await save(saving(0, 'ann'), []);
    const late = {
      kind: 'stale',
      code: 'configuration.changed',
      message: expect.stringContaining('saved version 1'),
    };
    await expect(save(saving(0, 'ben'), [{ field: 'Phone' }])).rejects.toMatchObject(late);
    store.meanwhile(() => save(saving(1, 'cy'), [{ field: 'Name' }]));
    await expect(save(saving(1, 'ben'), [{ field: 'Phone' }])).rejects.toMatchObject({ code: 'configuration.changed' });
    expect((await store.latest(place))?.savedBy).toBe('cy');
  });

  it('answers the same save again as the first, and only to who made it', async () => {
    const { save, saving, store } = world();
    const first = await save(saving(0, 'ann'), []);
    expect(await save(saving(0, 'ann'), [])).toEqual(first);
    await expect(save(saving(0, 'ben'), [])).rejects.toMatchObject({ code: 'configuration.changed' });
    expect(await store.list(place, { limit: 10 })).toHaveLength(1);
  });

  it('is refused with pointers where the shape does not take it, before anything else is asked', async () => {
    const { save, saving, checks, store } = world();
    await expect(save(saving(0), [{ field: 'Name' }, { field: '' }])).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'configuration.invalid', fields: [{ pointer: '/1/field' }] },
      message: expect.stringMatching(/"Mappings" cannot be saved: \/1\/field: /),
    });
    expect(checks).toEqual([]);
    expect(await store.latest(place)).toBeUndefined();
  });

  it('is refused where its own check finds a fault at the CRM', async () => {
    const { save, saving } = world();
    await expect(save(saving(0), [{ field: 'Fax' }])).rejects.toMatchObject({
      ...{ code: 'configuration.invalid', fields: [{ pointer: '/0/field', message: 'The CRM has no such field.' }] },
    });
  });

  it('is checked without the CRM while its settings are not saved', async () => {
    const { save, saving, checks } = world();
    await save({ ...saving(0), client: async () => undefined }, [{ field: 'Fax' }]);
    expect(checks).toEqual([undefined]);
  });

  it('comes back as it was by a new version, from any version and from the defaults', async () => {
    const { save, restore, saving, find } = world();
    await save(saving(0), [{ field: 'Phone' }]);
    await save(saving(1), []);
    expect(await restore(saving(2, 'ben'), 1)).toMatchObject({
      ...{ version: 3, restored: 1, savedBy: 'ben', value: '[{"field":"Phone","required":false}]' },
    });
    expect(await restore(saving(3), 'defaults')).toMatchObject({
      ...{ version: 4, restored: 'defaults', value: '[{"field":"Name","required":true}]' },
    });
    await expect(restore(saving(3), 1)).rejects.toMatchObject({ code: 'configuration.changed' });
    await expect(restore(saving(4), 9)).rejects.toMatchObject({ code: 'configuration.version-unknown' });
    expect((await find(place))?.version).toBe(4);
  });

  it('is brought back only if it is right today', async () => {
    const { save, restore, saving } = world();
    await save({ ...saving(0), client: async () => undefined }, [{ field: 'Fax' }]);
    await save(saving(1), []);
    await expect(restore(saving(2), 1)).rejects.toMatchObject({ code: 'configuration.invalid' });
  });

  it('is none of a part that the provider does not declare', () => {
    const { partOf } = world();
    expect(() => partOf('triggers')).toThrow(expect.objectContaining({ code: 'configuration.unknown' }));
  });
});
