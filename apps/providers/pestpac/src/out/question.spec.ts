import { ChoiceOption } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { BillTo, Location } from '../records.ts';
import { chosenOf, offered, questionOf } from './question.ts';

const billTo = (BillToID: number, LastName: string) => BillTo.parse({ BillToID, FirstName: 'Ruth', LastName });
const place = (LocationID: number, Address: string, more: object = {}) =>
  Location.parse({ LocationID, BillToID: 1, LastName: 'Thornquist', Address, City: 'Marlow', ...more });
const group = (id: number, ...locations: Location[]) => ({
  ...{ billTo: billTo(id, `Thornquist ${id}`), matchedOn: ['4135550119'], locations },
});
const term = (field: string, value: string, option: 'optional' | 'required') => ({ field, value, option });

describe('what may be chosen', () => {
  it('is each location under its customer, a new one of each customer, and a new customer last', () => {
    const { options, expiresInMs } = questionOf(
      [group(1, place(11, '8 Larch Ave'), place(12, '9 Larch Ave')), group(2, place(21, 'Old Mill Rd'))],
      {
        waitMinutes: 5,
      },
    );
    expect(options.map(({ id, group: under }) => [id, under?.id])).toEqual([
      ['location:11', 'billto:1'],
      ['location:12', 'billto:1'],
      ['billto:1', 'billto:1'],
      ['location:21', 'billto:2'],
      ['billto:2', 'billto:2'],
      ['new', undefined],
    ]);
    expect(expiresInMs).toBe(300_000);
    for (const option of options) expect(ChoiceOption.parse(option)).toEqual(option);
  });

  it('is no new place of a customer that PestPac itself does not show', () => {
    const gone = { ...group(1, place(11, '8 Larch Ave')), gone: true };
    expect(questionOf([gone], { waitMinutes: 5 }).options.map(({ id }) => id)).toEqual(['location:11', 'new']);
  });

  it('says where it is asked again that what was chosen is gone', () => {
    const { prompt } = questionOf([group(1, place(11, '8 Larch Ave'))], { waitMinutes: 5, again: true });
    expect(prompt).toBe('What was chosen is not at PestPac any more. Which location is it?');
  });

  it('says of a location that it is inactive', () => {
    const [option] = questionOf([group(1, place(11, '8 Larch Ave', { Active: false }))], { waitMinutes: 5 }).options;
    expect([option!.title, option!.details?.['inactive']]).toEqual([expect.stringContaining('inactive'), 'yes']);
  });

  it('is a new customer alone where nothing is there any more', () => {
    expect(questionOf([], { waitMinutes: 5 }).options.map(({ id }) => id)).toEqual(['new']);
  });

  it('is never more than can be put', () => {
    const many = Array.from({ length: 700 }, (_, index) => group(index + 1, place(index + 1, 'Old Mill Rd')));
    const { options } = questionOf(many, { waitMinutes: 5 });
    expect(options.length).toBeLessThanOrEqual(500);
    expect(options.at(-1)!.id).toBe('new');
  });
});

describe('what is offered of what was found', () => {
  const found = [group(1, place(11, '8 Larch Ave'), place(12, '9 Larch Ave')), group(2, place(21, '40 Old Mill Rd'))];
  const idsIn = (groups: ReturnType<typeof offered>) =>
    groups.map(({ locations }) => locations.map((each) => each.LocationID));

  it('is all without terms, and what fits optional ones best comes first', () => {
    expect(idsIn(offered(found, []))).toEqual([[11, 12], [21]]);
    expect(idsIn(offered(found, [term('Address', '9 larch ave', 'optional')]))).toEqual([[12, 11], [21]]);
    expect(idsIn(offered(found, [term('Address', '40 Old Mill Rd', 'optional')]))).toEqual([[21], [11, 12]]);
  });

  it('is also a customer who has no location left', () => {
    expect(idsIn(offered([group(3)], []))).toEqual([[]]);
    expect(questionOf([group(3)], { waitMinutes: 5 }).options.map(({ id }) => id)).toEqual(['billto:3', 'new']);
  });

  it('is only what required ones agree with; a customer without any is not offered', () => {
    expect(idsIn(offered(found, [term('Address', '9 Larch Ave', 'required')]))).toEqual([[12]]);
  });
});

describe('the id of an option', () => {
  it('is read as it was made', () => {
    expect(chosenOf('location:11')).toEqual({ what: 'location', location: 11 });
    expect(chosenOf('billto:2')).toEqual({ what: 'new', billTo: 2 });
    expect(chosenOf('new')).toEqual({ what: 'new' });
  });
});
