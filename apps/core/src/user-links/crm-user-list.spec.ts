import { expect, it } from 'vitest';
import { crmUserList, withSuggestions } from './crm-user-list.ts';

const at = new Date(0);
const link = (crm_id: string, member: string, active: boolean) => ({
  _id: `lnk_${crm_id}`,
  org: 'o',
  connection: 'c',
  crm_id,
  member,
  active,
  changed_by: 'm0',
  created_at: at,
  updated_at: at,
});

const members = [
  { id: 'm1', name: 'Ann Ash', email: 'ann@example.com' },
  { id: 'm2', name: 'Bob Birch', email: 'bob@example.com' },
];

it('puts those first whose appointments are skipped, also when the CRM does not list them', () => {
  const rows = crmUserList({
    users: [
      { crm_id: '1', name: 'Ash, Ann' },
      { crm_id: '2', name: 'Zed, Zoe' },
    ],
    links: [link('1', 'm1', true)],
    members,
    skipped: [
      { crm_user_id: '9', name: 'Gone, Gus', count: 4 },
      { crm_user_id: '1', name: 'Ash, Ann', count: 2 },
    ],
  });
  expect(rows.map(({ crm_id, skipped, listed }) => [crm_id, skipped, listed])).toEqual([
    ['9', 4, false],
    ['1', 0, true],
    ['2', 0, true],
  ]);
  expect(rows[1]?.link).toMatchObject({ active: true, member: { id: 'm1', name: 'Ann Ash' } });
});

it('suggests by e-mail before name, never a member who is linked, and again when a link is inactive', () => {
  const users = [{ crm_id: '1', name: 'Ash, Ann', email: 'BOB@example.com' }];
  const suggestion = (links: ReturnType<typeof link>[]) =>
    withSuggestions(crmUserList({ users, links, members, skipped: [] }), { links, members })[0]?.suggestion?.id;
  expect(suggestion([])).toBe('m2');
  expect(suggestion([link('7', 'm2', true)])).toBe('m1');
  expect(suggestion([link('7', 'm2', true), link('8', 'm1', true)])).toBeUndefined();
  expect(suggestion([link('1', 'm2', true)])).toBeUndefined();
  expect(suggestion([link('1', 'm2', false)])).toBe('m2');
});

it('compares names for the rows of the page alone, and by length first', () => {
  const nameOf = (n: number) => `Person ${(n * 7919).toString(36)} Example${n}`;
  const users = Array.from({ length: 2_000 }, (_, n) => ({ crm_id: `u${n}`, name: nameOf(n) }));
  const many = Array.from({ length: 500 }, (_, n) => ({ id: `m${n}`, name: nameOf(n + 5_000), email: '' }));
  const long = many.map((member) => ({ ...member, id: `l${member.id}`, name: `${member.name} ${member.name}` }));
  const facts = { users, links: [], members: [...many, ...long], skipped: [] };
  let compared = 0;
  const page = crmUserList(facts).slice(0, 50);
  withSuggestions(page, facts, () => {
    compared += 1;
    return 0;
  });
  expect(compared).toBeGreaterThan(0);
  expect(compared).toBeLessThanOrEqual(50 * 500);
});
