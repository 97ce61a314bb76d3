import type { Submitted } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

const at = '/v1/orgs/o/singleops/leads';
const standing = (changes: Partial<Submitted>): Submitted => ({
  ...{ delivery: 'evt-1', repeated: false, state: 'waiting', kind: null, code: null, message: null, failedStep: null },
  ...{ vendorIds: {}, choice: null, data: {} },
  ...changes,
});

describe('what a source is answered', () => {
  it.each([
    [
      { state: 'delivered', vendorIds: { lead_id: '9', client: 'new' } },
      201,
      { outcome: 'created', lead_id: '9', client: 'new' },
    ],
    [{ state: 'delivered', repeated: true }, 200, { outcome: 'created', repeated: true }],
    [{ state: 'waiting' }, 202, { outcome: 'running' }],
    [
      { state: 'sending', code: 'singleops.status-500', message: 'm' },
      202,
      { outcome: 'running', code: 'singleops.status-500' },
    ],
    [
      { state: 'parked', kind: 'rejected', message: 'no', failedStep: 'create-lead' },
      422,
      { outcome: 'refused', message: 'no', step: 'create-lead' },
    ],
    [{ state: 'parked', kind: 'transient', code: 'c' }, 202, { outcome: 'failed', code: 'c' }],
    [{ state: 'uncertain', code: 'ledger.uncertain' }, 202, { outcome: 'uncertain' }],
    [{ state: 'aborted' }, 202, { outcome: 'aborted' }],
  ] as const)('%j is %i', (changes, status, body) => {
    const outcome = outcomeOf(standing(changes), at);
    expect(outcome.status).toBe(status);
    expect(outcome.body).toMatchObject({ run: 'evt-1', status_url: `${at}/evt-1`, ...body });
  });

  it('says what may be chosen and until when', () => {
    const choice = { name: 'client', prompt: 'Who?', options: [{ id: 'new', title: 'New' }], expiresAt: 0 };
    const { status, body } = outcomeOf(standing({ state: 'awaiting-choice', choice }), at);
    expect(status).toBe(202);
    expect(body['choice']).toEqual({
      ...{ name: 'client', prompt: 'Who?', options: [{ id: 'new', title: 'New' }] },
      expires_at: '1970-01-01T00:00:00.000Z',
    });
  });
});
