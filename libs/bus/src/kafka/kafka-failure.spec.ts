import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { kafkaFailure, mustRejoin } from './kafka-failure.ts';

const typed = (type: string, cause?: unknown) => Object.assign(new Error(type, { cause }), { type });

describe('kafkaFailure', () => {
  it('is transient for whatever Kafka says, and may have applied', () => {
    const failure = kafkaFailure(new Error('x', { cause: typed('REQUEST_TIMED_OUT') }));
    expect(failure).toMatchObject({ kind: 'transient', code: 'bus.kafka-away', mayHaveApplied: true });
  });

  it('is a refusal for an event that is too large, however deep the client wrapped it', () => {
    const failure = kafkaFailure(new Error('gave up', { cause: typed('MESSAGE_TOO_LARGE') }));
    expect(failure).toMatchObject({ kind: 'rejected', code: 'bus.event-too-large' });
  });

  it('leaves a HubError as it is', () => {
    const own = new HubError({ kind: 'rejected', code: 'x', message: 'x' });
    expect(kafkaFailure(own)).toBe(own);
  });
});

describe('mustRejoin', () => {
  it('knows a rebalance and a lost membership from other failures', () => {
    expect(mustRejoin(typed('REBALANCE_IN_PROGRESS'))).toBe(true);
    expect(mustRejoin(new Error('x', { cause: typed('UNKNOWN_MEMBER_ID') }))).toBe(true);
    expect(mustRejoin(typed('REQUEST_TIMED_OUT'))).toBe(false);
    expect(mustRejoin(undefined)).toBe(false);
  });
});
