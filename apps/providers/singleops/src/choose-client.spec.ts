import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosen, recipientOf } from './choose-client.ts';
import type { Match } from './search.ts';

const match = (id: number, created_at = ''): Match => ({
  id,
  created_at,
  on_hold: false,
  by: 'email',
  client: undefined,
  formerly: [],
});
const ada = [match(9006, '2023-03-01T09:00:00.000-05:00'), match(9007, '2025-02-01T09:00:00.000-05:00')];

describe('recipientOf', () => {
  it.each(['newest', 'ask', 'new-lead'] as const)('needs no policy for none or one (%s)', (policy) => {
    expect(recipientOf([], policy)).toEqual({ to: 'new', remark: '' });
    expect(recipientOf([match(1)], policy)).toEqual({ to: 'existing', client: match(1), remark: '' });
  });

  it('takes the newest of several and says so', () => {
    expect(recipientOf(ada, 'newest')).toEqual({
      ...{ to: 'existing', client: ada[1] },
      remark: 'Clients 9006, 9007 match; the newest, 9007, was taken.',
    });
  });

  it('takes the same of several in whatever order they come, with equal or unknown times too', () => {
    const times = fc.constantFrom('', '2023-03-01T09:00:00.000-05:00', '2025-02-01T09:00:00.000-05:00');
    const several = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 99 }), times), {
      ...{ minLength: 2, maxLength: 6, selector: ([id]: [number, string]) => id },
    });
    fc.assert(
      fc.property(several, (rows) => {
        const matches = rows.map(([id, at]) => match(id, at));
        const idOf = (list: Match[]) => {
          const recipient = recipientOf(list, 'newest');
          return recipient.to === 'existing' ? recipient.client.id : undefined;
        };
        expect(idOf([...matches].reverse())).toBe(idOf(matches));
      }),
    );
  });

  it('names no more clients than people read', () => {
    const crowd = Array.from({ length: 53 }, (_, index) => match(index + 1));
    expect(recipientOf(crowd, 'new-lead')).toEqual({
      to: 'new',
      remark: `Clients ${crowd
        .slice(0, 20)
        .map(({ id }) => id)
        .join(', ')} and 33 more match; none was taken.`,
    });
  });

  it('makes a new lead with a note, or asks', () => {
    expect(recipientOf(ada, 'new-lead')).toEqual({ to: 'new', remark: 'Clients 9006, 9007 match; none was taken.' });
    expect(recipientOf(ada, 'ask')).toEqual({ to: 'ask', matches: ada });
  });
});

describe('a person’s choice', () => {
  it('is one of the matches or a new client, and is told', () => {
    expect(chosen(ada, '9006')).toEqual({
      ...{ to: 'existing', client: ada[0] },
      remark: 'Clients 9006, 9007 match; a person took 9006.',
    });
    expect(chosen(ada, 'new')).toEqual({ to: 'new', remark: 'Clients 9006, 9007 match; a person took none.' });
  });

  it('of anybody else is none', () => {
    expect(chosen(ada, '9001')).toBeUndefined();
  });
});
