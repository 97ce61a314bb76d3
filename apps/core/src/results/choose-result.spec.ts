import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptEntry } from '../crm-lists/kept-lookups.ts';
import { type AskedResult, chooseResult } from './choose-result.ts';
import { resultLists, resultOptions } from './result-lists.ts';

const entry = (id: string, description: string, more: Partial<KeptEntry> = {}): KeptEntry => ({
  id,
  description,
  position: 0,
  ...more,
});
const gone = { gone: true, gone_at: '2030-01-01T00:00:00.000Z' } as const;
const lists = {
  results: [
    entry('S', 'Sold', { confirm: 'This makes a sale. Go on?' }),
    entry('N', 'No Sale'),
    entry('C', 'Cancelled'),
    entry('O', 'One Legger', gone),
  ],
  details: [
    entry('price', 'Too expensive', { result_id: 'N' }),
    entry('think', 'Thinks it over', { result_id: 'N' }),
    entry('spouse', 'Ask the spouse', { result_id: 'N', ...gone }),
    entry('wait', 'Waits', { result_id: 'S', confirm: 'The order waits. Sure?' }),
  ],
};
const choose = (asked: Partial<AskedResult>, among = lists) =>
  chooseResult(
    { result: 'N', detail: '', confirmed: false, unlisted: 'refused', detailField: 'result_detail', ...asked },
    among,
  );
const refused = (code: string, facts: object = {}) =>
  expect.objectContaining({ kind: 'rejected', code: `core.result.${code}`, ...facts });

describe('a result', () => {
  it('is found by id or description, whatever the case, and becomes the id', () => {
    for (const result of ['N', 'n', 'no sale', 'No Sale']) expect(choose({ result }).result).toBe('N');
  });

  it('is meant by its very id before any other likeness', () => {
    const results = [entry('a', 'B'), entry('B', 'C'), entry('b', 'D')];
    expect(choose({ result: 'b' }, { results, details: [] }).result).toBe('b');
    expect(choose({ result: 'B' }, { results, details: [] }).result).toBe('B');
  });

  it('is refused when it is not on the list, unless that is allowed', () => {
    const unlike = expect.not.stringContaining('allow_unlisted');
    expect(() => choose({ result: 'Maybe' })).toThrow(refused('unlisted', { message: unlike }));
    expect(() => choose({ result: 'Maybe', unlisted: 'refused-unless-insisted' })).toThrow(
      refused('unlisted', { message: expect.stringContaining('allow_unlisted') }),
    );
    expect(choose({ result: 'Maybe', detail: 'x', unlisted: 'passes' })).toEqual({ result: 'Maybe', detail: 'x' });
  });

  it('is refused when it is gone from the list, also where unlisted ones are allowed, and says what to do', () => {
    const words = { message: expect.stringMatching(/"One Legger" is not in the CRM's list any more.*refresh/) };
    expect(() => choose({ result: 'o' })).toThrow(refused('gone', words));
    expect(() => choose({ result: 'One Legger', unlisted: 'passes' })).toThrow(refused('gone'));
  });

  it('is meant as it is there, when one that is gone has the same name', () => {
    const results = [entry('new', 'Sold'), entry('old', 'Sold', gone), entry('SOLD', 'Other', gone)];
    expect(choose({ result: 'sold' }, { results, details: [] }).result).toBe('new');
  });

  it('that sets something off at the CRM is asked for first, in the words of its entry', () => {
    expect(() => choose({ result: 'Sold' })).toThrow(
      refused('needs-confirmation', { message: 'This makes a sale. Go on?' }),
    );
    expect(choose({ result: 'Sold', confirmed: true }).result).toBe('S');
    const both = { message: 'This makes a sale. Go on? The order waits. Sure?' };
    expect(() => choose({ result: 'S', detail: 'Waits' })).toThrow(refused('needs-confirmation', both));
  });
});

describe('a detail', () => {
  it('is found by id or description among those of its result', () => {
    expect(choose({ detail: 'PRICE' }).detail).toBe('price');
    expect(choose({ detail: 'thinks it over' }).detail).toBe('think');
    expect(choose({ detail: '' }).detail).toBe('');
  });

  it('of another result, gone or unheard of is refused, naming what is possible', () => {
    const words = {
      message: expect.stringContaining('Choose one of "Too expensive", "Thinks it over", or none.'),
      fields: [expect.objectContaining({ pointer: '/result_detail' })],
    };
    for (const detail of ['wait', 'spouse', 'whatever']) {
      expect(() => choose({ detail })).toThrow(refused('detail-unlisted', words));
    }
  });

  it('of a result that takes none is refused', () => {
    expect(() => choose({ result: 'C', detail: 'price' })).toThrow(
      refused('detail-unlisted', { message: expect.stringContaining('It takes none') }),
    );
  });

  it('is free text where the CRM has no details at all', () => {
    expect(choose({ detail: 'They want a second quote' }, { ...lists, details: [] }).detail).toBe(
      'They want a second quote',
    );
  });

  it('that names no result goes with any', () => {
    const details = [entry('d', 'Any')];
    expect(choose({ result: 'C', detail: 'any' }, { ...lists, details }).detail).toBe('d');
  });
});

it('whatever is asked, only what is there and belongs together is sent', () => {
  const words = fc.constantFrom('S', 'N', 'C', 'O', 'sold', 'one legger', 'price', 'wait', 'spouse', 'waits', '', '?');
  fc.assert(
    fc.property(words, words, (result, detail) => {
      let chosen;
      try {
        chosen = choose({ result, detail, confirmed: true });
      } catch (error) {
        expect(error).toEqual(refused(String((error as { code: string }).code).replace('core.result.', '')));
        return;
      }
      const found = resultOptions(lists).find(({ id }) => id === chosen.result);
      expect(found).toBeDefined();
      expect(found?.gone).toBeUndefined();
      const possible = found?.details.filter((one) => one.gone === undefined).map(({ id }) => id) ?? [];
      expect(['', ...possible]).toContain(chosen.detail);
    }),
  );
});

it('options nest the details of each result and show what is gone', () => {
  const lookups = { opportunity_results: lists.results, opportunity_result_details: lists.details };
  const options = resultOptions(resultLists(lookups, 'opportunity'));
  expect(options.map(({ id, gone: flag, details }) => [id, flag, details.map((one) => one.id)])).toEqual([
    ['S', undefined, ['wait']],
    ['N', undefined, ['price', 'think', 'spouse']],
    ['C', undefined, []],
    ['O', true, []],
  ]);
  expect(resultOptions(resultLists(lookups, 'appointment'))).toEqual([]);
});
