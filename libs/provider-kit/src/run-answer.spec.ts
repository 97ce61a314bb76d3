import { problemOf } from '@occ-hub/service';
import { describe, expect, it } from 'vitest';
import type { Submitted } from './endpoint.ts';
import { keyUsed, runAnswer, standingAnswer } from './run-answer.ts';

const runs = '/v1/orgs/o/door/runs';
const standing = (changes: Partial<Submitted>): Submitted => ({
  ...{ delivery: 'evt-1', repeated: false, state: 'waiting', kind: null, code: null, message: null, failedStep: null },
  ...{ vendorIds: {}, choice: null, data: {} },
  ...changes,
});
const about = { run: 'evt-1', status_url: `${runs}/evt-1` };
const bodyOf = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;
const trouble = { failedStep: 'create', code: 'door.no', message: 'No.' };
const told = { step: 'create', code: 'door.no', message: 'No.' };

const cases: readonly [Partial<Submitted>, number, Record<string, unknown>][] = [
  [{ state: 'delivered', vendorIds: { lead_id: '9' } }, 201, { outcome: 'delivered', ids: { lead_id: '9' } }],
  [{ state: 'delivered', repeated: true }, 200, { outcome: 'delivered', repeated: true, ids: {} }],
  [{ state: 'waiting' }, 202, { outcome: 'running' }],
  [{ state: 'sending', ...trouble }, 202, { outcome: 'running', ...told }],
  [{ state: 'waiting', repeated: true }, 202, { outcome: 'running', repeated: true }],
  [{ state: 'parked', kind: 'rejected', ...trouble }, 422, { outcome: 'refused', ...told }],
  [{ state: 'parked', kind: 'unreadable', ...trouble }, 422, { outcome: 'refused', ...told }],
  [{ state: 'parked', kind: 'transient', ...trouble }, 202, { outcome: 'failed', ...told }],
  [{ state: 'parked', kind: 'credential', ...trouble }, 202, { outcome: 'failed', ...told }],
  [
    { state: 'parked', kind: 'expired', code: 'ledger.choice-expired' },
    202,
    { outcome: 'failed', code: 'ledger.choice-expired' },
  ],
  [
    { state: 'uncertain', kind: 'transient', code: 'ledger.uncertain' },
    202,
    { outcome: 'uncertain', code: 'ledger.uncertain' },
  ],
  [{ state: 'aborted', kind: 'rejected' }, 200, { outcome: 'aborted' }],
  [{ state: 'skipped' }, 200, { outcome: 'skipped' }],
  [{ state: 'superseded' }, 200, { outcome: 'superseded' }],
];

describe('what a caller is answered of a run', () => {
  it.each(cases)('of %j is %i', (changes, status, body) => {
    const answer = runAnswer(standing(changes), runs);
    expect([answer.status, bodyOf(answer)]).toEqual([status, { ...about, ...body }]);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.headers['location']).toBe(status === 202 ? about.status_url : undefined);
  });

  it.each(cases)('who asks how it stands is told the same with 200: %j', (changes, _status, body) => {
    const answer = standingAnswer(standing({ ...changes, repeated: true }), runs);
    const { repeated: _, ...same } = body;
    expect([answer.status, bodyOf(answer)]).toEqual([200, { ...about, ...same }]);
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('says what may be chosen and until when', () => {
    const choice = { name: 'client', prompt: 'Who?', options: [{ id: 'new', title: 'New' }], expiresAt: 0 };
    const answer = runAnswer(standing({ state: 'awaiting-choice', choice }), runs);
    expect([answer.status, answer.headers['location']]).toEqual([202, about.status_url]);
    expect(bodyOf(answer)).toEqual({
      ...{ outcome: 'awaiting-choice', ...about },
      choice: {
        ...{ name: 'client', prompt: 'Who?', options: [{ id: 'new', title: 'New' }] },
        expires_at: '1970-01-01T00:00:00.000Z',
      },
    });
  });

  it('has what a provider says beside', () => {
    const answer = runAnswer(standing({ state: 'delivered', vendorIds: { lead_id: '9' } }), runs, { lead_id: '9' });
    expect(bodyOf(answer)).toMatchObject({ outcome: 'delivered', lead_id: '9', ids: { lead_id: '9' } });
  });

  it('is a problem where there is no such run', () => {
    const problem = problemIn(() => standingAnswer(undefined, runs));
    expect(problem).toMatchObject({ status: 404, code: 'endpoint.run-unknown' });
  });

  it('is a conflict where its key came before with another body: it says which run that was', () => {
    const problem = problemOf(keyUsed(standing({ state: 'parked', message: 'of somebody' }), runs));
    expect(problem).toMatchObject({ status: 409, code: 'endpoint.key-used', retryable: false });
    expect(problem.detail).toContain(`${runs}/evt-1`);
    expect(problem.detail).not.toContain('of somebody');
  });
});

function problemIn(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return problemOf(error);
  }
  return undefined;
}
