import { describe, expect, it } from 'vitest';
import { type Allow, createLimits } from './limits.ts';

type Call = Parameters<Allow>[0];

/** How many of so many calls were refused. */
async function refused(allow: Allow, count: number, call: (n: number) => Partial<Call>): Promise<number> {
  const usual: Call = { key: 'in a public page', from: '203.0.113.9', method: 'GET' };
  const all = await Promise.allSettled(Array.from({ length: count }, (_, n) => allow({ ...usual, ...call(n) })));
  return all.filter(({ status }) => status === 'rejected').length;
}

describe('the limit of an endpoint', () => {
  it('holds for one key from one address, so that one visitor of a public form shuts it for no other', async () => {
    const allow = createLimits(6000).of({ callsPerMinute: 30 });
    expect(await refused(allow, 31, () => ({}))).toBe(1);
    expect(await refused(allow, 30, () => ({ from: '198.51.100.7' }))).toBe(0);
    expect(await refused(allow, 30, () => ({ key: 'of another org' }))).toBe(0);
  });

  it('takes one IPv6 network for one caller, however its addresses are written', async () => {
    const allow = createLimits(6000).of({ callsPerMinute: 30 });
    const froms = [(n: number) => `2001:db8:0:1::${n.toString(16)}`, (n: number) => `2001:DB8::1:0:0:${n + 1}:0`];
    expect(await refused(allow, 32, (n) => ({ from: froms[n % 2]!(n) }))).toBe(2);
    expect(await refused(allow, 1, () => ({ from: '2001:db8:0:2::1' }))).toBe(0);
  });

  it('takes an IPv4 address in an IPv6 one for what it is', async () => {
    const allow = createLimits(6000).of({ callsPerMinute: 1 });
    const froms = ['203.0.113.9', '::ffff:203.0.113.9'];
    expect(await refused(allow, 2, (n) => ({ from: froms[n]! }))).toBe(1);
    expect(await refused(allow, 1, () => ({ from: '::ffff:203.0.113.10' }))).toBe(0);
  });

  it('may be another one by method, for each caller by itself', async () => {
    const allow = createLimits(6000).of({ callsPerMinute: 30, callsPerMinuteOfAddress: { POST: 2 } });
    expect(await refused(allow, 40, () => ({ method: 'POST' }))).toBe(38);
    expect(await refused(allow, 28, () => ({}))).toBe(0);
    expect(await refused(allow, 2, () => ({ method: 'POST', from: '203.0.113.10' }))).toBe(0);
  });

  it('uses up nothing of the key where it refuses; the key has one limit over all endpoints and addresses', async () => {
    const limits = createLimits(4);
    const [form, leads] = [limits.of({ callsPerMinute: 2 }), limits.of({})];
    expect(await refused(form, 5, () => ({}))).toBe(3);
    expect(await refused(leads, 3, (n) => ({ from: `203.0.113.${n}` }))).toBe(1);
    expect(await refused(leads, 1, () => ({ key: 'other' }))).toBe(0);
    await expect(leads({ key: 'in a public page', from: '203.0.113.1', method: 'GET' })).rejects.toMatchObject({
      facts: { status: 429, code: 'http.too-many', headers: { 'retry-after': '60' } },
    });
  });
});
