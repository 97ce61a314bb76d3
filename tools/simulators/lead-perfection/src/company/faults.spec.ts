import { describe, expect, test } from 'vitest';
import { Faults } from './faults.ts';

const kinds = (faults: Faults, target: string, calls: number): (string | null)[] =>
  Array.from({ length: calls }, () => faults.take(target).fault?.kind ?? null);

describe('faults', () => {
  test('without an order every call gets through', () => {
    expect(new Faults().take('/SalesApi/GetLinks')).toEqual({ delayMs: 0, fault: null });
  });

  test('a fault is met as often as ordered, after the calls it skips', () => {
    const faults = new Faults();
    faults.order({ kind: '500', count: 2, skip: 1 });
    expect(kinds(faults, '/token', 5)).toEqual([null, '500', '500', null, null]);
    expect(faults.active()).toEqual([]);
  });

  test('a fault for ever lasts until it is cleared', () => {
    const faults = new Faults();
    faults.order({ kind: 'cut', count: 'forever' });
    expect(kinds(faults, '/token', 3)).toEqual(['cut', 'cut', 'cut']);
    faults.clear();
    expect(kinds(faults, '/token', 1)).toEqual([null]);
  });

  test.each([
    ['GetLinks', '/SalesApi/GetLinks', true],
    ['salesapi/getlinks', '/SalesApi/GetLinks', true],
    ['/token', '/token', true],
    ['token', '/token', true],
    ['Links', '/SalesApi/GetLinks', false],
    ['UpdateSalesApptDetail', '/SalesApi/UpdateSalesApptDetail2', false],
    ['/token', '/SalesApi/GetLinks', false],
  ])('an order for %s fits a call of %s: %s', (action, target, fits) => {
    const faults = new Faults();
    faults.order({ kind: '401', action });
    expect(faults.take(target).fault !== null).toBe(fits);
  });

  test('a call meets every delay but only one other fault, the oldest first', () => {
    const faults = new Faults();
    faults.order({ kind: 'delay', ms: 10 });
    faults.order({ kind: '429' });
    faults.order({ kind: 'delay', ms: 5 });
    faults.order({ kind: '500' });
    expect(faults.take('/token')).toMatchObject({ delayMs: 15, fault: { kind: '429' } });
    expect(faults.take('/token')).toMatchObject({ delayMs: 0, fault: { kind: '500' } });
  });

  test('truncation carries the call out unless told otherwise, everything else refuses it first', () => {
    const faults = new Faults();
    expect(faults.order({ kind: 'truncated' }).when).toBe('after');
    expect(faults.order({ kind: 'cut' }).when).toBe('before');
    expect(faults.order({ kind: 'cut', when: 'after' }).when).toBe('after');
    expect(faults.order({ kind: '429', when: 'after' }).when).toBe('before');
  });
});
