import { describe, expect, it } from 'vitest';
import type { AlertTarget } from './alert.ts';
import { afterTry, planRound } from './plan-round.ts';
import { delivered, failed, givenUp } from './tried.ts';

const email = (to: string, state: AlertTarget['state'] = 'waiting'): AlertTarget => ({ channel: 'email', to, state });
const hook: AlertTarget = { channel: 'webhook', to: '', state: 'waiting' };
const settings = {
  _id: 'org-1',
  emails: ['a@example.com', 'b@example.com'],
  webhook: { url: 'https://hooks.example.com', seed: 's', secret_since: new Date(0) },
  updated_at: new Date(0),
};
const targets = [email('a@example.com', 'sent'), email('b@example.com'), email('gone@example.com'), hook];

describe('a round', () => {
  it('sends what waits, and drops what nobody wants any more', () => {
    const round = planRound({ kind: 'needs-you', targets, attempts: 0 }, { settings, overtaken: false });
    expect(round).toMatchObject({ mail: [1], webhook: [3], drop: [{ index: 2 }] });
  });

  it('drops everything where the settings are gone', () => {
    const round = planRound({ kind: 'needs-you', targets, attempts: 0 }, { settings: null, overtaken: false });
    expect([round.mail, round.webhook, round.drop.map(({ index }) => index)]).toEqual([[], [], [1, 2, 3]]);
  });

  it('sends a failed write to whom its connection named, whatever the settings say', () => {
    const round = planRound({ kind: 'delivery-failed', targets, attempts: 0 }, { settings: null, overtaken: false });
    expect([round.mail, round.drop]).toEqual([[1, 2], []]);
  });

  it('tries once what later news overtook, and not again', () => {
    const first = planRound({ kind: 'needs-you', targets: [hook], attempts: 0 }, { settings, overtaken: true });
    expect(first.webhook).toEqual([0]);
    const second = planRound({ kind: 'needs-you', targets: [hook], attempts: 1 }, { settings, overtaken: true });
    expect([second.webhook, second.drop.length]).toEqual([[], 1]);
  });
});

describe('after a try', () => {
  it.each([
    ['sent', delivered, false],
    ['sent', delivered, true],
    ['waiting', failed('500', 'x'), false],
    ['undelivered', failed('500', 'x'), true],
    ['undelivered', givenUp('410', 'x'), false],
  ] as const)('a target is %s', (state, tried, isLast) => {
    expect(afterTry(tried, isLast).state).toBe(state);
  });
});
