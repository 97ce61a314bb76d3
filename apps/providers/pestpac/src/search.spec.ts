import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BillTo, Location } from './records.ts';
import { type Searchable, searchByPhones, spellings, tenDigits } from './search.ts';

const billTo = (id: number, more = {}) => BillTo.parse({ BillToID: id, LastName: `Customer ${id}`, ...more });
const location = (id: number, of: number, more = {}) => Location.parse({ LocationID: id, BillToID: of, ...more });

/** A vendor that knows what the test says, and notes what it is asked. */
function vendor(knows: Partial<{ [Name in keyof Searchable]: (asked: never) => readonly unknown[] | undefined }>) {
  const asked: string[] = [];
  const answering = (name: keyof Searchable) => (what: unknown) => {
    asked.push(`${name} ${String(what)}`);
    const known = knows[name];
    return Promise.resolve((known ? known(what as never) : []) as never);
  };
  const from: Searchable = {
    searchBillTos: answering('searchBillTos'),
    searchLocations: answering('searchLocations'),
    billTos: answering('billTos'),
    locationsIfShown: answering('locationsIfShown'),
  };
  return { from, asked };
}

describe('tenDigits', () => {
  it.each([
    ['413-555-0142', '4135550142'],
    ['(413) 555-0142', '4135550142'],
    ['+1 413.555.0142', '4135550142'],
    ['14135550142', '4135550142'],
    ['\u202a413\u2060-555\u200b-0142\u202c', '4135550142'],
    ['413 555 0142 ext. 17', '4135550142'],
    ['413-555-0142x9', '4135550142'],
    ['413-555-0142 #12', '4135550142'],
    ['555-0142', undefined],
    ['24135550142', undefined],
    ['', undefined],
    ['no phone', undefined],
  ])('%s → %s', (phone, digits) => {
    expect(tenDigits(phone)).toBe(digits);
  });

  it('reads both of PestPac’s spellings of any number as the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[2-9]\d{9}$/), (digits) => {
        expect(spellings(digits).map(tenDigits)).toEqual([digits, digits]);
        expect(spellings(digits)[0]).toHaveLength(12);
      }),
    );
  });
});

describe('searchByPhones', () => {
  it('asks in both spellings, BillTos and locations, and merges by id', async () => {
    const { from, asked } = vendor({
      searchBillTos: (q: string) => (q === '413-555-0142' ? [billTo(1)] : [billTo(1), billTo(2)]),
      locationsIfShown: (id: number) => [location(id * 10, id), location(id * 10 + 1, id, { Active: false })],
    });
    const groups = await searchByPhones(from, ['4135550142', '4135550142']);
    expect(asked.filter((call) => call.startsWith('search'))).toEqual([
      'searchBillTos 413-555-0142',
      'searchBillTos 4135550142',
      'searchLocations 413-555-0142',
      'searchLocations 4135550142',
    ]);
    expect(groups.map((group) => [group.billTo.BillToID, group.locations.map((each) => each.LocationID)])).toEqual([
      [1, [10, 11]],
      [2, [20, 21]],
    ]);
    expect(groups[0]?.locations.map(({ Active }) => Active)).toEqual([true, false]);
  });

  it('finds the customer of a phone that is on a location alone, with all places of it', async () => {
    const { from } = vendor({
      searchLocations: () => [location(71, 7)],
      billTos: (ids: readonly number[]) => ids.map((id) => billTo(id)),
      locationsIfShown: (id: number) => [location(71, id), location(72, id)],
    });
    const [group] = await searchByPhones(from, ['4135550142']);
    expect(group?.billTo.LastName).toBe('Customer 7');
    expect(group?.locations).toHaveLength(2);
  });

  it('says by which phones a customer was found', async () => {
    const { from } = vendor({
      searchBillTos: (q: string) => (q.endsWith('0142') ? [billTo(1)] : []),
      searchLocations: (q: string) => (q.endsWith('0177') ? [location(10, 1), location(30, 3)] : []),
      billTos: () => [billTo(3)],
    });
    const groups = await searchByPhones(from, ['4135550142', '4135550177', '4135550100']);
    expect(groups.map((group) => [group.billTo.BillToID, group.matchedOn])).toEqual([
      [1, ['4135550142', '4135550177']],
      [3, ['4135550177']],
    ]);
  });

  it('keeps a location whose BillTo PestPac does not show', async () => {
    const { from } = vendor({
      searchLocations: () => [location(71, 7, { LastName: 'Thornquist' })],
      locationsIfShown: () => undefined,
    });
    const [group] = await searchByPhones(from, ['4135550142']);
    expect(group?.billTo).toMatchObject({ BillToID: 7, LastName: 'Thornquist' });
    expect(group?.locations.map(({ LocationID }) => LocationID)).toEqual([71]);
    expect(group?.gone).toBe(true);
  });

  it('asks nothing where there is no phone', async () => {
    const { from, asked } = vendor({});
    expect(await searchByPhones(from, [])).toEqual([]);
    expect(asked.filter((call) => call.startsWith('search'))).toEqual([]);
  });
});
