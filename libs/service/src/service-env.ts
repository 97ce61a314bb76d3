import { z } from 'zod';
import { secretText } from './secret.ts';

const count = z.coerce.number().int();

/** What every service of the hub is given by its environment, to be spread into its own shape. `PORT` has no default yet. */
export const serviceEnv = {
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container'),
  PORT: count.min(0).max(65_535).describe('Port to listen on; 0 takes a free one'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe level that is logged'),
  MONGO_URL: z.string().min(1).describe('MongoDB of this service, mongodb://…'),
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .describe('Kafka brokers, host:port, joined by commas'),
  KAFKA_TLS: z.enum(['on', 'off']).default('off').describe('`on`: the brokers are spoken to over TLS'),
  KAFKA_USERNAME: z.string().min(1).optional().describe('User at the brokers (SASL); absent: none is asked for'),
  KAFKA_PASSWORD: secretText().optional().describe('Password of that user'),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
    .default('scram-sha-512')
    .describe('How user and password are proved'),
  KAFKA_PARTITIONS: count
    .min(1)
    .max(512)
    .default(24)
    .describe('Partitions of topics that do not exist yet; order is per key, so never change it later'),
  KAFKA_REPLICATION: count.min(1).max(7).default(1).describe('Copies of each partition'),
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-z0-9.-]{0,60}$/)
    .default('')
    .describe('Put before the names of topics and groups, for several hubs on one cluster'),
  NATS_URL: z.string().min(1).describe('NATS server, nats://user:password@host:port'),
  NATS_PREFIX: z
    .string()
    .regex(/^([a-z0-9-]+\.)?$/)
    .default('')
    .describe('Put before every subject, ending in a dot, for several hubs on one NATS'),
} as const;
