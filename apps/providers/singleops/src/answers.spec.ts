import { isHubError } from '@occ-hub/errors';
import type { VendorAnswer } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { createdId, rowsOf } from './answers.ts';
import { fixturesIn } from './testing/fixtures.ts';

interface Answered {
  readonly vendor: { status: number; headers?: Record<string, string>; text?: string; json?: unknown };
  readonly hub: { id: string } | { kind: string; code: string; words?: string };
}

const answerOf = ({ status, headers = {}, text, json }: Answered['vendor']): VendorAnswer => ({
  ...{ status, headers },
  text: text ?? JSON.stringify(json),
});

function failureOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (isHubError(error)) return error;
    throw error;
  }
  return expect.unreachable();
}

const unhidden = (words: string) => words;

describe('the answer to a lead', () => {
  it.each(fixturesIn<Answered>('answers'))('is read: $name', ({ fixture: { vendor, hub } }) => {
    if ('id' in hub) return expect(createdId(answerOf(vendor), unhidden)).toBe(hub.id);
    const { words, ...facts } = hub;
    const error = failureOf(() => createdId(answerOf(vendor), unhidden));
    expect(error).toMatchObject(facts);
    if (words !== undefined) expect(error.message).toBe(`SingleOps refused the lead: ${words}`);
  });
});

describe('the answer to a question', () => {
  const status = (code: number, text = '[]', headers = {}) => ({ status: code, text, headers });

  it('is the rows of a list', () => {
    expect(rowsOf(status(200, '[{"id":1}]'))).toEqual([{ id: 1 }]);
  });

  it.each([
    ['a page of HTML', status(200, '<html></html>'), 'transient singleops.answer-unknown'],
    ['half a list', status(200, '[{"id":'), 'transient singleops.answer-unknown'],
    ['no list', status(200, '{"error":"odd"}'), 'transient singleops.answer-unknown'],
    ['a server that fails', status(500), 'transient singleops.status-500'],
    ['a timeout', status(408), 'transient singleops.too-early'],
    ['refused credentials', status(401), 'credential singleops.unauthorized'],
    ['the login page', status(302, '', { location: '/users/sign_in' }), 'credential singleops.unauthorized'],
    ['another place', status(301, '', { location: 'https://elsewhere.example.com' }), 'transient singleops.status-301'],
    ['a plan without the API', status(403), 'rejected singleops.forbidden'],
  ])('that is %s is a failure which changed nothing', (_what, answer, expected) => {
    const { kind, code, mayHaveApplied } = failureOf(() => rowsOf(answer));
    expect([`${kind} ${code}`, mayHaveApplied]).toEqual([expected, false]);
  });
});
