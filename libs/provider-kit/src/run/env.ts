import { secretText, serviceEnv } from '@occ-hub/service';
import { z } from 'zod';

const count = z.coerce.number().int();

/** What every provider service is given by its environment. A provider adds its own variables. */
export const KitEnv = z.object({
  ...serviceEnv,
  PORT: serviceEnv.PORT.default(3100),
  MONGO_DATABASE: z.string().min(1).max(60).optional().describe('Database of this service; absent: provider_<id>'),
  VAULT_KEYS: secretText().describe(
    'Key ring that seals customers’ credentials: id:base64 of 32 bytes, joined by commas; the first seals, all open',
  ),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'Base of this service as browsers reach it, for the callback of an authorization; absent: where it listens',
    ),
  APP_URL: z.url().optional().describe('Where people come back to One Click Contractor after an authorization'),
  DELIVERIES_AT_ONCE: count.min(1).max(1024).default(64).describe('Deliveries in flight in this process'),
  DELIVERIES_PER_CONNECTION: count
    .min(1)
    .max(1024)
    .default(8)
    .describe('Deliveries in flight for one connection in this process'),
  IN_DOUBT_WAIT_MS: count
    .min(0)
    .default(60_000)
    .describe(
      'How long a write rests whose end nobody knows, before the vendor is asked whether it has it, ms: it may still be at it',
    ),
  ENDPOINT_CALLS_PER_MINUTE: count
    .min(1)
    .default(6_000)
    .describe('Calls a minute that one API key may make at this process; more get 429'),
  PROXIES: count
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'Proxies of yours before this service: how many addresses of X-Forwarded-For are theirs. Limits by caller need it',
    ),
  CALLS_PER_SECOND: count
    .min(0)
    .optional()
    .describe(
      'Calls a second for one connection over all replicas; 0: no limit; absent: what suits the vendor, else 20',
    ),
});
export type KitEnv = z.output<typeof KitEnv>;
