import type { Secret } from './secret.ts';

/** How the environment says that the brokers are to be spoken to. */
export interface KafkaAccessEnv {
  readonly KAFKA_TLS: 'on' | 'off';
  readonly KAFKA_USERNAME?: string | undefined;
  readonly KAFKA_PASSWORD?: Secret | undefined;
  readonly KAFKA_SASL_MECHANISM: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

export interface KafkaAccess {
  readonly ssl?: true;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** TLS and user of the brokers, as the bus takes them. Without a user nobody is proved. */
export function kafkaAccess(env: KafkaAccessEnv): KafkaAccess {
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_SASL_MECHANISM: mechanism } = env;
  return {
    ...(env.KAFKA_TLS === 'on' ? { ssl: true as const } : {}),
    ...(username === undefined ? {} : { sasl: { mechanism, username, password: password?.reveal() ?? '' } }),
  };
}
