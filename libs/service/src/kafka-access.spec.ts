import { describe, expect, it } from 'vitest';
import { kafkaAccess } from './kafka-access.ts';
import { Secret } from './secret.ts';

const usual = { KAFKA_TLS: 'off', KAFKA_SASL_MECHANISM: 'scram-sha-512' } as const;

describe('kafkaAccess', () => {
  it('asks for nothing on a cluster of our own', () => {
    expect(kafkaAccess(usual)).toEqual({});
  });

  it('proves a user, over TLS where it is on', () => {
    const env = { ...usual, KAFKA_TLS: 'on', KAFKA_USERNAME: 'hub', KAFKA_PASSWORD: new Secret('invented') } as const;
    expect(kafkaAccess(env)).toEqual({
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'hub', password: 'invented' },
    });
  });
});
