import kafkajs, { type KafkaConfig, type RetryOptions } from 'kafkajs';
import type { BusLog } from '../bus-log.ts';
import { kafkaFailure } from './kafka-failure.ts';

export interface KafkaOptions {
  /** `host:port`, one or several of the cluster. */
  readonly brokers: readonly string[];
  /** Shown in the broker's logs and quotas: the service's name. */
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly log: BusLog;
  /** Put before the name of every topic and group, for several hubs on one cluster; none when absent. */
  readonly prefix?: string;
}

/** A cluster as the bus knows it. Nothing is dialled until something is published, subscribed or asked. */
export interface Kafka {
  readonly log: BusLog;
  /** The name on the cluster of a topic or group of ours. */
  nameOf(topicOrGroup: string): string;
  /** A client of its own: clients of one kafkajs object share offsets per group, which two members must not. */
  client(retry?: RetryOptions): kafkajs.Kafka;
}

const connectionTimeoutMs = 2_000;
const requestTimeoutMs = 10_000;

/** Names a cluster. Never fails; what is done with it fails with HubError(transient) while the cluster is away. */
export function connectKafka({ brokers, clientId, ssl, sasl, log, prefix = '' }: KafkaOptions): Kafka {
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // The client calls every retried call an error. What matters is told by the bus itself.
    logCreator: () => (entry) => log.debug({ part: 'kafka' }, entry.log.message),
    ...(ssl === undefined ? {} : { ssl }),
    // One type for each mechanism there, one for all here.
    ...(sasl === undefined ? {} : { sasl: sasl as KafkaConfig['sasl'] & object }),
  };
  return {
    log,
    nameOf: (name) => prefix + name,
    client: (retry) => new kafkajs.Kafka(retry === undefined ? config : { ...config, retry }),
  };
}

/** For readiness: resolves when a broker answers, else throws HubError(transient): within 2 s, or 10 s when it is frozen. */
export async function pingKafka(kafka: Kafka): Promise<void> {
  const admin = kafka.client({ retries: 0 }).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (error) {
    throw kafkaFailure(error);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
