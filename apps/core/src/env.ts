import { secretText, serviceEnv } from '@occ-hub/service';
import { z } from 'zod';

const onOff = z.enum(['on', 'off']);

/** Every setting of core. Read once, in `main.ts`; a demo or a test hands over the same shape. */
export const CoreEnv = z.object({
  NODE_ENV: z.string().default('development').describe('`production` forbids the built-in issuer'),
  ...serviceEnv,
  PORT: serviceEnv.PORT.default(3000),
  MONGO_DATABASE: z.string().min(1).max(60).default('occ_core').describe('Database of this service'),
  PUBLIC_URL: z.url().optional().describe('Base of the API as people and the console see it, for the API reference'),
  INTERNAL_URL: z
    .url()
    .optional()
    .describe(
      'Base of core inside the cluster, for document URLs; absent: the address it listens on, which must then be one that others reach',
    ),
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
  APP_URL: z
    .url()
    .optional()
    .describe(
      'Base of the app in which people authorize connections; alerts link to it with ?org= and ?connection= or ?delivery=',
    ),
  SMTP_URL: secretText(8)
    .optional()
    .describe(
      'Mail server for alerts, smtp://user:password@host:587?requireTLS=true or smtps://…; absent: no alerts by e-mail',
    ),
  ALERT_FROM: z
    .string()
    .min(3)
    .optional()
    .describe('Sender of alerts, OCC Hub <hub@example.com>; needed with SMTP_URL'),
  ALERT_WEBHOOK_KEY: secretText(32)
    .optional()
    .describe(
      'Makes the secrets that sign alert webhooks, 32 characters or more; another key is other secrets. Absent: no webhooks',
    ),
  ALERT_WEBHOOKS_ANY: onOff
    .default('off')
    .describe('`on`: alert webhooks may be http and lie on private addresses, for demo and tests'),
  RATE_LIMIT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(120_000)
    .describe('Requests that one token or address may make in a minute; more get 429'),
});
export type CoreEnv = z.output<typeof CoreEnv>;
