import { HubError } from '@occ-hub/errors';
import { expect, it } from 'vitest';
import { type Announced, createProviderList } from './provider-list.ts';

const announced = (id: string): Announced => ({
  id,
  title: id.toUpperCase(),
  settings: {},
  authorization: 'credentials' as const,
  endpoints: [],
  configuration: [],
  preview: false,
  polls: true,
  events: [],
});
const failing = (code: string) => () => Promise.reject(new HubError({ kind: 'transient', code, message: 'x' }));

it('asks everybody at most every ten seconds, and counts replicas once', async () => {
  let now = 0;
  let asked = 0;
  const askAll = async () => {
    asked += 1;
    return ['b-crm', 'a-crm', 'b-crm'].map(announced);
  };
  const list = createProviderList({ askAll, ask: failing('bus.no-responder'), clock: () => now });
  expect((await list.all()).map(({ id }) => id)).toEqual(['a-crm', 'b-crm']);
  now = 9_999;
  await list.all();
  expect(asked).toBe(1);
  now = 10_000;
  await list.all();
  expect(asked).toBe(2);
});

it('does not keep a failure', async () => {
  let up = false;
  const askAll = async () => {
    if (!up) throw new Error('away');
    return [announced('a-crm')];
  };
  const list = createProviderList({ askAll, ask: failing('bus.no-responder'), clock: () => 0 });
  await expect(list.all()).rejects.toThrow('away');
  up = true;
  expect(await list.all()).toHaveLength(1);
});

it('asks the provider itself whether it runs: only that nobody serves its subject is a no', async () => {
  const listOf = (ask: (id: string) => Promise<Announced>) =>
    createProviderList({ askAll: async () => [], ask, clock: () => 0 });
  expect(await listOf(async (id) => announced(id)).find('a-crm')).toMatchObject({ id: 'a-crm' });
  expect(await listOf(failing('bus.no-responder')).find('a-crm')).toBeUndefined();
  await expect(listOf(failing('bus.timeout')).find('a-crm')).rejects.toMatchObject({ code: 'bus.timeout' });
});
