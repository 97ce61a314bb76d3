import type { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf, recordOf, refusal, rowsOf } from './answers.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  ...{ status, headers },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const thrown = (work: () => unknown): HubError => {
  try {
    work();
  } catch (error) {
    return error as HubError;
  }
  throw new Error('nothing was thrown');
};
const read = { writes: false };
const write = { writes: true };

describe('what a refusal says', () => {
  const said = 'The Division field is required.';
  it.each([
    ['Message', { Message: said }],
    ['message', { message: said }],
    ['problem details', { title: 'One or more validation errors occurred.', errors: { Division: [said] } }],
    ['the gateway’s fault', { fault: { faultstring: said, detail: { errorcode: 'x' } } }],
    ['a JSON text', JSON.stringify(said)],
    ['plain text', `  ${said}\n`],
  ])('is found in %s', (_shape, body) => {
    const error = refusal(answer(400, body), write);
    expect(error).toMatchObject({ kind: 'rejected', mayHaveApplied: false });
    expect(error.message).toContain(said);
  });

  it('is a fault of each field where it names them', () => {
    const body = { errors: { Division: ['Too long.', 'Unknown.'], Zip: 'Not valid.' } };
    const error = refusal(answer(400, body), write);
    expect(error.code).toBe('pestpac.invalid');
    expect(error.fields).toEqual([
      { pointer: '/Division', message: 'Too long. Unknown.' },
      { pointer: '/Zip', message: 'Not valid.' },
    ]);
  });

  it.each([
    ['an empty body', ''],
    ['a page', '<html><body>no</body></html>'],
    ['a list', []],
    ['an object without words', { Code: 7 }],
  ])('is nothing where there is %s, and that is said', (_what, body) => {
    const { message, kind } = refusal(answer(400, body), write);
    expect(kind).toBe('rejected');
    expect(message).toMatch(/gave no reason/);
  });

  it('shows nobody’s address, number or token, and no more than fits', () => {
    const body = { Message: `ngozi@example.com, 413-555-0142, sim_tok_1 are not valid. ${'x'.repeat(1000)}` };
    const { message } = refusal(answer(400, body), { writes: true, hidden: ['sim_tok_1'] });
    expect(message).not.toMatch(/ngozi|0142|sim_tok/);
    expect(message.length).toBeLessThan(400);
  });
});

describe('what a status means', () => {
  it('401 with the word quota: nothing was tried, and it is no matter of credentials', () => {
    const error = refusal(answer(401, { fault: { faultstring: 'Rate limit Quota violation.' } }), write);
    expect(error).toMatchObject({
      kind: 'transient',
      code: 'pestpac.quota-used',
      untried: true,
      mayHaveApplied: false,
    });
    expect(error.retryAfterMs).toBeGreaterThan(60_000);
  });

  it('401 otherwise: the credentials, in the vendor’s words', () => {
    const error = refusal(answer(401, { fault: { faultstring: 'Invalid tenant' } }), write);
    expect(error).toMatchObject({ kind: 'credential', code: 'pestpac.unauthorized' });
    expect(error.message).toContain('Invalid tenant');
  });

  it.each([
    [403, 'rejected', false],
    [404, 'rejected', false],
    [409, 'rejected', false],
    [413, 'rejected', false],
    [422, 'rejected', false],
    [408, 'transient', false],
    [429, 'transient', false],
    [500, 'transient', true],
    [502, 'transient', true],
    [503, 'transient', true],
    [302, 'transient', true],
  ] as const)('%i on a write is %s, may have applied: %s', (status, kind, mayHaveApplied) => {
    expect(refusal(answer(status, { Message: 'No.' }), write)).toMatchObject({ kind, mayHaveApplied });
    expect(refusal(answer(status, ''), read)).toMatchObject({ kind, mayHaveApplied: false });
  });

  it('keeps the time that a 429 asks for, and the words of a 500', () => {
    expect(refusal(answer(429, '', { 'retry-after': '7' }), write).retryAfterMs).toBe(7_000);
    const bad = refusal(answer(500, { Message: 'String was not recognized as a valid DateTime.' }), write);
    expect(bad.message).toContain('valid DateTime');
  });
});

describe('what a good answer is', () => {
  const shape = z.object({ LeadID: z.int().positive() });

  it.each([
    ['a page', '<!DOCTYPE html><html></html>'],
    ['half of it', '{"LeadID": 30'],
    ['nothing', ''],
  ])('is not %s with 200: the write may have applied', (_what, text) => {
    const error = thrown(() => bodyOf(answer(200, text), write));
    expect(error).toMatchObject({ kind: 'transient', code: 'pestpac.answer-unknown', mayHaveApplied: true });
  });

  it.each([[null], [[]], [{}], [{ LeadID: 0 }], [{ LeadID: '30911' }], ['created']])(
    'is not a record without its id: %j',
    (body) => {
      const error = thrown(() => recordOf(shape, body, write));
      expect(error).toMatchObject({ code: 'pestpac.answer-unknown', mayHaveApplied: true });
    },
  );

  it('is a bare array where rows were asked for', () => {
    expect(rowsOf(shape, [{ LeadID: 1 }, { LeadID: 2 }])).toHaveLength(2);
    expect(rowsOf(shape, [])).toEqual([]);
    expect(thrown(() => rowsOf(shape, { Items: [] })).code).toBe('pestpac.answer-unknown');
    expect(thrown(() => rowsOf(shape, [{ LeadID: 1 }, {}])).mayHaveApplied).toBe(false);
  });

  it('is any 2xx', () => {
    expect(bodyOf(answer(201, { LeadID: 1 }), write)).toEqual({ LeadID: 1 });
  });
});
