import { describe, expect, it } from 'vitest';
import { deadLetterHeaders } from './dead-letter.ts';

const record = {
  topic: 'occ.outbound.v1',
  partition: 3,
  offset: '17',
  timestamp: '1000',
  key: null,
  value: null,
  headers: { ce_id: Buffer.from([0xff]), 'parked-code': 'of an earlier time', several: ['a', 'b'], gone: undefined },
};

describe('deadLetterHeaders', () => {
  it('keeps the original headers as bytes and says in codes why, where and when', () => {
    const letter = {
      record,
      kind: 'bug',
      code: 'hub.bug',
      message: 'x'.repeat(2_000),
      group: 'g',
      attempts: 3,
    } as const;
    const headers = deadLetterHeaders({ ...letter, at: Date.UTC(2026, 10, 24) });
    expect(headers).toEqual({
      ce_id: Buffer.from([0xff]),
      several: ['a', 'b'],
      'parked-code': 'hub.bug',
      'parked-kind': 'bug',
      'parked-message': 'x'.repeat(500),
      'parked-topic': 'occ.outbound.v1',
      'parked-partition': '3',
      'parked-offset': '17',
      'parked-group': 'g',
      'parked-attempts': '3',
      'parked-at': '2026-11-24T00:00:00.000Z',
    });
  });
});
