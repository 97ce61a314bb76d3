import { expect, it } from 'vitest';
import { type Announced, createProviderList } from './provider-list.ts';

const announced = (id: string): Announced => ({ id, title: id.toUpperCase(), settings: {}, events: [] });

it('asks at most every ten seconds, counts replicas once, and asks again for one it does not know', async () => {
  let now = 0;
  let asked = 0;
  const running = ['b-crm', 'a-crm', 'b-crm'];
  const ask = async () => {
    asked += 1;
    return running.map(announced);
  };
  const list = createProviderList({ ask, clock: () => now });
  expect((await list.all()).map(({ id }) => id)).toEqual(['a-crm', 'b-crm']);
  now = 9_999;
  await list.all();
  expect(await list.find('a-crm')).toMatchObject({ id: 'a-crm' });
  expect(asked).toBe(1);
  running.push('c-crm');
  expect(await list.find('c-crm')).toMatchObject({ id: 'c-crm' });
  expect(asked).toBe(2);
  now += 10_000;
  await list.all();
  expect(asked).toBe(3);
});

it('does not keep a failure', async () => {
  let up = false;
  const ask = async () => {
    if (!up) throw new Error('away');
    return [announced('a-crm')];
  };
  const list = createProviderList({ ask, clock: () => 0 });
  await expect(list.all()).rejects.toThrow('away');
  up = true;
  expect(await list.all()).toHaveLength(1);
});
