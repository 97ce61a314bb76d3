import { isHubError } from '@occ-hub/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from './records.ts';
import { findMatches } from './search.ts';
import { clientWith } from './testing/account.ts';

/** A search as SingleOps has it: what a stored text begins with, fifty a page, by id. */
function account(...records: object[]) {
  const clients = records.map(clientWith).sort((one, other) => one.id - other.id);
  const asked: string[] = [];
  const search = async (call: { field: 'email' | 'phone'; term: string; page: number }): Promise<Client[]> => {
    asked.push(`${call.field} ${call.term} ${call.page}`);
    const found = clients.filter((each) => each[call.field].toLowerCase().startsWith(call.term.toLowerCase()));
    return found.slice((call.page - 1) * 50, call.page * 50);
  };
  return { client: { search }, asked };
}
const by = (emails: string[], phones: string[] = []) => ({ emails, phones });
const idsFound = async (world: ReturnType<typeof account>, contact: ReturnType<typeof by>) =>
  (await findMatches(world.client, contact)).map(({ id }) => id);

describe('findMatches', () => {
  it('asks by e-mail first, and by phone only where nobody has it', async () => {
    const world = account({ id: 1, email: 'rowan@example.com' }, { id: 2, phone: '404-555-0112 x12' });
    expect(await idsFound(world, by(['rowan@example.com'], ['404-555-0112']))).toEqual([1]);
    expect(world.asked).toEqual(['email rowan@example.com 1']);
    world.asked.length = 0;
    expect(await idsFound(world, by(['nobody@example.com'], ['4045550112']))).toEqual([2]);
    expect(world.asked).toEqual([
      'email nobody@example.com 1',
      ...['phone 4045550112 1', 'phone 404-555-0112 1', 'phone (404) 555-0112 1'],
    ]);
  });

  it('asks nothing where there is nothing whole to ask for', async () => {
    const world = account({ id: 1, phone: '555-0112' });
    expect(await idsFound(world, by([], ['555-0112']))).toEqual([]);
    expect(world.asked).toEqual([]);
  });

  it('finds numbers however they were typed, each client once', async () => {
    const world = account(
      { id: 1, phone: '(404) 555-0112' },
      { id: 2, phone: '4045550112' },
      { id: 3, phone: '4045550113' },
    );
    expect(await idsFound(world, by([], ['404-555-0112', '404.555.0112']))).toEqual([1, 2]);
  });

  it('takes a mere prefix for no match', async () => {
    const world = account({ id: 1, email: 'kit@shop.example.com' });
    expect(await idsFound(world, by(['kit@shop.example']))).toEqual([]);
  });

  it('reads every page: the 51st is found, the 50th needs a look at the second', async () => {
    fc.assert(
      await fc.asyncProperty(fc.integer({ min: 0, max: 160 }), async (others) => {
        const crowd = Array.from({ length: others }, (_, index) => ({
          id: index + 1,
          email: `a@b.example; flat ${index}`,
        }));
        const world = account(...crowd, { id: 999, email: 'a@b.example' });
        expect(await idsFound(world, by(['a@b.example']))).toEqual([999]);
        expect(world.asked).toHaveLength(Math.floor((others + 1) / 50) + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('stops at a vendor that gives the same page for ever', async () => {
    const page = Array.from({ length: 50 }, (_, index) => clientWith({ id: index + 1, email: 'a@b.example' }));
    expect(await findMatches({ search: async () => page }, by(['a@b.example']))).toHaveLength(50);
  });

  it('refuses to guess where the pages do not end', async () => {
    let last = 0;
    const search = async () => Array.from({ length: 50 }, () => clientWith({ id: ++last, email: 'a@b.example' }));
    const error: unknown = await findMatches({ search }, by(['a@b.example'])).catch((thrown: unknown) => thrown);
    expect(isHubError(error, 'rejected') && error.code).toBe('singleops.search-too-wide');
    expect(last).toBe(1000);
  });

  it('leaves out the archived and the inactive, and flags who is on hold', async () => {
    const email = 'a@b.example';
    const world = account(
      { id: 1, email, is_archived: true },
      { id: 2, email, active: false },
      { id: 3, email, on_hold: true },
    );
    expect(await findMatches(world.client, by([email]))).toMatchObject([{ id: 3, on_hold: true, by: 'email' }]);
  });
});

describe('a merged client', () => {
  const [email, phone] = ['a@b.example', '404-555-0118'];

  it('counts as the one at the end of its merges, once', async () => {
    const world = account(
      { id: 1, email, merged_to_client_id: 2, active: false },
      { id: 2, email, merged_to_client_id: 3, active: false },
      { id: 3, email, on_hold: true },
    );
    expect(await findMatches(world.client, by([email]))).toMatchObject([{ id: 3, on_hold: true }]);
  });

  it('counts by the id alone where the search does not show the other', async () => {
    const world = account(
      { id: 1, email, phone, merged_to_client_id: 9, active: false },
      { id: 9, email: 'other@b.example' },
    );
    expect(await findMatches(world.client, by([email]))).toMatchObject([{ id: 9, client: undefined }]);
  });

  it('counts as the other one even if that has another number', async () => {
    const world = account(
      { id: 1, phone, merged_to_client_id: 2 },
      { id: 2, phone: '404-555-0118 x2', merged_to_client_id: 3 },
      { id: 3, phone },
    );
    expect(await idsFound(world, by([], [phone]))).toEqual([3]);
  });

  it('is looked for by the number, too, where the address does not show the other: archived and on hold count', async () => {
    const old = { id: 1, email, phone, merged_to_client_id: 2, active: false };
    const other = { id: 2, email: 'other@b.example', phone };
    const held = account(old, { ...other, on_hold: true });
    expect(await findMatches(held.client, by([email], [phone]))).toMatchObject([{ id: 2, on_hold: true, by: 'email' }]);
    expect(await idsFound(account(old, { ...other, is_archived: true }), by([email], [phone]))).toEqual([]);
  });

  it('is looked for by what its own record says, where the lead says no more', async () => {
    const world = account(
      { id: 1, email, phone, merged_to_client_id: 2, active: false },
      { id: 2, email: 'b@b.example', phone, merged_to_client_id: 3, active: false },
      { id: 3, email: 'b@b.example', on_hold: true },
    );
    expect(await findMatches(world.client, by([email]))).toMatchObject([{ id: 3, on_hold: true }]);
    expect(new Set(world.asked).size).toBe(world.asked.length);
  });

  it('is followed to its end by whatever the searches show', async () => {
    const world = account(
      { id: 1, email, phone, merged_to_client_id: 2 },
      { id: 2, email: 'b@b.example', phone, merged_to_client_id: 3 },
      { id: 3, email: 'c@b.example', phone },
      { id: 4, email: 'd@b.example', phone: '404-555-0999', merged_to_client_id: 3 },
    );
    expect(await findMatches(world.client, by([email], [phone]))).toMatchObject([{ id: 3, formerly: [1, 2] }]);
  });

  it('counts by the id alone where its own number begins too many to look through', async () => {
    const search = async ({ field, page }: { field: 'email' | 'phone'; page: number }) =>
      field === 'email'
        ? [clientWith({ id: 1, email, phone, merged_to_client_id: 2_000_000 })]
        : Array.from({ length: 50 }, (_, index) => clientWith({ id: page * 50 + index, phone: `${phone} x${index}` }));
    expect(await findMatches({ search }, by([email]))).toMatchObject([{ id: 2_000_000, client: undefined }]);
  });

  it('is nobody where the other is archived, or the merges go round', async () => {
    const world = account(
      { id: 1, email, merged_to_client_id: 2 },
      { id: 2, email, is_archived: true },
      { id: 4, email, merged_to_client_id: 5 },
      { id: 5, email, merged_to_client_id: 4 },
      { id: 6, email, merged_to_client_id: 6 },
    );
    expect(await idsFound(world, by([email]))).toEqual([]);
  });
});
