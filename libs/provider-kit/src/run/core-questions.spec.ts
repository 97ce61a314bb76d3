import type { Asker } from '@occ-hub/bus';
import { keepCrmLists, keepCrmUsers } from '@occ-hub/contracts';
import { expect, it } from 'vitest';
import { createCoreQuestions } from './core-questions.ts';

/** Core's end: what it was asked, in order. */
function world() {
  const asked: { name: string; reading?: string; from?: number; users: { crm_id: string }[] }[] = [];
  const asker = {
    async ask(_subject: string, command: { name: string }, data: object) {
      asked.push({ name: command.name, ...(data as { users: { crm_id: string }[] }) });
      return { crm_user_ids: ['u1'] };
    },
  } as unknown as Asker;
  return {
    asked,
    core: createCoreQuestions(
      asker,
      (subject) => subject,
      (prefix) => `${prefix}-1`,
    ),
  };
}
const users = (count: number) => Array.from({ length: count }, (_, n) => ({ crm_id: `u${n}`, name: `Person ${n}` }));
const lookups = { results: [{ id: 'a', description: 'A', position: 0 }] };

it('hands over a list of ordinary length in one question', async () => {
  for (const count of [0, 1_000]) {
    const { asked, core } = world();
    expect(await core.keepLists('o', 'c', { users: users(count), lookups })).toEqual(new Set(['u1']));
    expect(asked).toEqual([
      { name: keepCrmLists.name, org: 'o', connection: 'c', reading: undefined, users: users(count), lookups },
    ]);
  }
});

it('hands over a long list in parts that follow each other, the last one with the other lists', async () => {
  const { asked, core } = world();
  await core.keepLists('o', 'c', { users: users(2_001), lookups });
  expect(asked.map(({ name, reading, from, users: part }) => [name, reading, from, part.length])).toEqual([
    [keepCrmUsers.name, 'rdg-1', 0, 1_000],
    [keepCrmUsers.name, 'rdg-1', 1_000, 1_000],
    [keepCrmLists.name, 'rdg-1', undefined, 1],
  ]);
  expect(asked.flatMap((one) => one.users)).toEqual(users(2_001));
});
