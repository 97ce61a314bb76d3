import { describe, expect, it } from 'vitest';
import { networkFault, refusedStatus, retryAfter } from './classify.ts';

const vendor = { id: 'some-crm', title: 'SomeCRM' };
const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers, text: '' });
const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('networkFault', () => {
  it('knows that a refused connection wrote nothing', () => {
    const fault = networkFault(withCode('ECONNREFUSED'), vendor, true);
    expect([fault.kind, fault.code, fault.mayHaveApplied]).toEqual(['transient', 'some-crm.unreachable', false]);
  });

  it('says of a cut write that it may have applied, of a cut read that it did not', () => {
    expect(networkFault(withCode('UND_ERR_SOCKET'), vendor, true).mayHaveApplied).toBe(true);
    expect(networkFault(withCode('UND_ERR_SOCKET'), vendor, false).mayHaveApplied).toBe(false);
  });

  it('finds the code of a wrapped error', () => {
    expect(networkFault(new Error('outer', { cause: withCode('ENOTFOUND') }), vendor, true).code).toBe(
      'some-crm.unreachable',
    );
  });
});

describe('refusedStatus', () => {
  it.each([
    [401, 'credential', false],
    [403, 'rejected', false],
    [404, 'rejected', false],
    [429, 'transient', false],
    [500, 'transient', true],
    [503, 'transient', true],
    [302, 'transient', true],
  ] as const)('reads %i as %s; may have applied: %s', (status, kind, mayHaveApplied) => {
    const error = refusedStatus(answer(status), vendor, true);
    expect([error.kind, error.mayHaveApplied]).toEqual([kind, mayHaveApplied]);
  });
});

describe('retryAfter', () => {
  it('reads seconds and dates', () => {
    expect(retryAfter(answer(429, { 'retry-after': '7' }))).toEqual({ retryAfterMs: 7000 });
    const dates = { 'retry-after': 'Wed, 25 Nov 2026 10:00:30 GMT', date: 'Wed, 25 Nov 2026 10:00:00 GMT' };
    expect(retryAfter(answer(429, dates))).toEqual({ retryAfterMs: 30_000 });
  });

  it('says nothing where the header is missing or nonsense', () => {
    expect(retryAfter(answer(429))).toEqual({});
    expect(retryAfter(answer(429, { 'retry-after': 'soon' }))).toEqual({});
  });

  it('heeds no demand for more than half an hour', () => {
    const far = { 'retry-after': 'Wed, 25 Nov 2026 10:00:00 GMT', date: 'Wed, 25 Nov 2026 09:00:00 GMT' };
    for (const headers of [{ 'retry-after': '86400' }, far])
      expect(retryAfter(answer(429, headers))).toEqual({ retryAfterMs: 30 * 60_000 });
  });
});
