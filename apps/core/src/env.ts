import { secretText } from '@occ-hub/service';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const onOff = z.enum(['on', 'off']);

/** Every setting of core. Read once, in `main.ts`; a demo or a test hands over the same shape. */
export const CoreEnv = z.object({
  NODE_ENV: z.string().default('development').describe('`production` forbids the built-in issuer'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container'),
  PORT: port.default(3000).describe('Port to listen on; 0 takes a free one'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe level that is logged'),
  PUBLIC_URL: z.url().optional().describe('Base of the API as people and the console see it, for the API reference'),
  INTERNAL_URL: z
    .url()
    .optional()
    .describe(
      'Base of core inside the cluster, for document URLs; absent: the address it listens on, which must then be one that others reach',
    ),
  MONGO_URL: z.string().min(1).describe('MongoDB of core, mongodb://…'),
  MONGO_DATABASE: z.string().min(1).max(60).default('occ_core').describe('Database of core'),
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .describe('Kafka brokers, host:port, joined by commas'),
  KAFKA_PARTITIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(512)
    .default(24)
    .describe('Partitions of topics that do not exist yet; order is per key, so never change it later'),
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(7).default(1).describe('Copies of each partition'),
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
  JWT_ISSUER: z.string().min(1).optional().describe('The `iss` of tokens that core accepts'),
  JWT_AUDIENCE: z.string().min(1).default('occ-hub').describe('The `aud` of tokens that core accepts'),
  JWT_JWKS_URL: z.url().optional().describe("The issuer's JWKS"),
  BUILT_IN_ISSUER: onOff
    .default('off')
    .describe('`on`: core gives out tokens itself (POST /dev/token), for demo and tests; refused in production'),
  BUILT_IN_ISSUER_KEY: secretText(100)
    .optional()
    .describe('Private ES256 JWK of the built-in issuer; absent: a new key at each start'),
  DOCUMENT_TOKEN_SECRET: secretText(32).describe(
    'Signs the five-minute tokens of document URLs; 32 characters or more',
  ),
  RATE_LIMIT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(120_000)
    .describe('Requests that one token or address may make in a minute; more get 429'),
});
export type CoreEnv = z.output<typeof CoreEnv>;
