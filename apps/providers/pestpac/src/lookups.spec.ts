import { describe, expect, it } from 'vitest';
import { type LookupList, lookupLists } from './catalogue/codes.ts';
import { keepCodes } from './lookups.ts';

const rowsOf: Partial<Record<LookupList, readonly object[]>> = {
  Branches: [{ BranchID: 3, Name: 'North', Active: true }],
  Types: [
    { TypeID: 1, Code: 'R', Description: 'Residence', AllowOn: 'Both', Active: true },
    { TypeID: 2, Code: 'LANDLORD', Description: null, AllowOn: 'BillTo', Active: false },
    { TypeID: 3, Code: 'ODD', AllowOn: 'Somewhere' },
  ],
  Employees: [
    { Username: 'JDOE', FirstName: 'Jamie', LastName: 'Doe', IsUser: true, IsTech: false, Active: true },
    { Username: '', FirstName: 'No', LastName: 'Login' },
  ],
};

function world() {
  const state = { now: 0, away: new Set<LookupList>(), calls: [] as LookupList[] };
  const read = async (list: LookupList) => {
    state.calls.push(list);
    if (state.away.has(list)) throw new Error(`${list} is away`);
    return rowsOf[list] ?? [];
  };
  return { state, codes: keepCodes(read, () => state.now) };
}

describe('keepCodes', () => {
  it('knows branches by name, people by user name and the rest by code', async () => {
    const { codes } = world();
    const { Branches, Types, Employees } = await codes.all();
    expect(Branches).toEqual([{ code: 'North', title: 'North', active: true }]);
    expect(Types).toEqual([
      { code: 'R', title: 'Residence', active: true, allow_on: 'Both' },
      { code: 'LANDLORD', title: 'LANDLORD', active: false, allow_on: 'BillTo' },
      { code: 'ODD', title: 'ODD', active: true },
    ]);
    expect(Employees).toEqual([{ code: 'JDOE', title: 'Jamie Doe', active: true, user: true, technician: false }]);
  });

  it('asks for a list once an hour, however many want it at once', async () => {
    const { state, codes } = world();
    await Promise.all([codes.all(), codes.all(), codes.one('Types')]);
    state.now = 3_599_999;
    await codes.all();
    expect(state.calls.toSorted()).toEqual([...lookupLists].toSorted());
    state.now = 3_600_000;
    await codes.one('Types');
    expect(state.calls).toHaveLength(lookupLists.length + 1);
  });

  it('is without a list that cannot be read, and asks for it again after a minute', async () => {
    const { state, codes } = world();
    state.away.add('Types');
    const first = await codes.all();
    expect('Types' in first).toBe(false);
    expect(first.Branches).toHaveLength(1);
    await expect(codes.one('Types')).rejects.toThrow('Types is away');
    expect(state.calls.filter((list) => list === 'Types')).toHaveLength(1);
    state.away.clear();
    state.now = 60_000;
    expect(await codes.one('Types')).toHaveLength(3);
  });

  it('goes on with what was read last while a list cannot be read', async () => {
    const { state, codes } = world();
    await codes.all();
    state.now = 3_600_000;
    state.away.add('Types');
    expect((await codes.all()).Types).toHaveLength(3);
    expect((await codes.all()).Types).toHaveLength(3);
    expect(state.calls.filter((list) => list === 'Types')).toHaveLength(2);
  });
});
