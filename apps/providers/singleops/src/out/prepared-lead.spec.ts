import { describe, expect, it } from 'vitest';
import { placeLead } from '../catalogue.ts';
import type { Match } from '../search.ts';
import { catalogue, settingsWith } from '../testing/account.ts';
import { type Prepared, asTheyAre, differ, keptOf, preparedOf } from './prepared-lead.ts';

const match = (id: number, changes: Partial<Match> = {}): Match => ({
  ...{ id, on_hold: false, created_at: '', by: 'email', client: undefined, formerly: [] },
  ...changes,
});
const placed = placeLead({ division: 'PHC', source: 'Mailer' }, settingsWith(), catalogue);
const prepared: Prepared = { client: { id: 9006, on_hold: true }, remark: 'A person took 9006.', placed };

describe('whom it was decided for', () => {
  it('is themselves as they are now', () => {
    expect(asTheyAre(9006, [match(9006, { on_hold: true }), match(9007)])).toEqual({ id: 9006, on_hold: true });
  });

  it('is the one that they were merged into, where the search shows that', () => {
    const matches = [match(9007), match(9050, { formerly: [9006], on_hold: true })];
    expect(asTheyAre(9006, matches)).toEqual({ id: 9050, on_hold: true });
  });

  it('is never another one, however few are left', () => {
    expect(asTheyAre(9006, [match(9007)])).toEqual({ id: 9006, on_hold: false });
    expect(asTheyAre(9006, [])).toEqual({ id: 9006, on_hold: false });
  });
});

describe('what was prepared', () => {
  it.each([
    ['an existing client', prepared],
    ['a new client', { client: undefined, remark: '', placed }],
  ])('is the same after it was kept: %s', (_what, each) => {
    expect(preparedOf(keptOf(each))).toEqual(each);
  });

  it('keeps no client’s id by the name that a made lead has it by', () => {
    expect(keptOf(prepared)).not.toHaveProperty('client_id');
    expect(keptOf(undefined)).toEqual({ client: 'ask' });
  });

  it('is something else by client, division or value alone', () => {
    const elsewhere = placeLead({ division: 'Tree care', source: 'Mailer' }, settingsWith(), catalogue);
    const otherSource = placeLead({ division: 'PHC', source: 'Website' }, settingsWith(), catalogue);
    expect(differ(prepared, { ...prepared, remark: '', client: { id: 9006, on_hold: false } })).toBe(false);
    expect(differ(prepared, { ...prepared, client: { id: 9050, on_hold: true } })).toBe(true);
    for (const other of [elsewhere, otherSource]) expect(differ(prepared, { ...prepared, placed: other })).toBe(true);
  });
});
