import { z } from 'zod';
import { AuthorizationKind, CallsUsed, ConnectionState, CrmUser, Lookups } from '../entities/connection.ts';
import { HubId, Instant } from '../entities/ids.ts';
import { DeliverySummary, DeliveryDetail, DeliveryFilter } from '../entities/delivery.ts';
import { SyncRun } from '../entities/sync-run.ts';
import { defineCommand } from './define.ts';

const which = { org: HubId, connection: HubId };

/** What a provider is and what an org admin enters for it; the form is drawn from the JSON Schema. */
export const describeProvider = defineCommand({
  name: 'describe',
  ask: z.object({}),
  answer: z.object({
    id: z.string(),
    title: z.string(),
    settings: z.record(z.string(), z.unknown()).describe('JSON Schema of the settings; secrets are writeOnly'),
    authorization: AuthorizationKind.default('credentials'),
    callback_url: z.url().optional().describe('What to enter at the vendor as callback, where people consent there'),
    endpoints: z
      .array(z.object({ path: z.string(), methods: z.array(z.string()), scope: z.string() }))
      .default([])
      .describe('What others call at this provider, below /v1/orgs/{org}/<provider>, and what a key needs for it'),
    configuration: z
      .array(z.object({ name: z.string(), title: z.string() }))
      .default([])
      .describe('What an org decides beyond the settings: parts that are saved in versions'),
    preview: z.boolean().default(false).describe('It shows what would be sent for a sample'),
    polls: z.boolean().default(true).describe("Whether it brings the other side's appointments in"),
    events: z.array(z.string()).describe('Outbound event types it writes back'),
    job_door: z
      .string()
      .optional()
      .describe("The door by which a job of OCC's goes in as a lead; absent: it takes none"),
  }),
  timeoutMs: 5_000,
});

/** Where every provider answers `describe`, so that nobody has to know them by name. */
export const announceSubject = 'occ.provider.announce';

/** Saves settings in the provider's vault, checked against its schema (`rejected` names the fields). What is left out stays as it is; null puts a setting back to its default. */
export const saveSettings = defineCommand({
  name: 'settings.save',
  ask: z.object({ ...which, settings: z.record(z.string(), z.unknown()) }),
  answer: z.object({
    settings: z.record(z.string(), z.unknown()).describe('As saved, without the secrets'),
    secrets: z.array(z.string()).describe('Names of the secrets that are set'),
    state: ConnectionState,
  }),
  timeoutMs: 5_000,
});

/** Checks the saved credentials against the vendor; a pass makes the connection healthy and brings users and lookups. */
export const authorize = defineCommand({
  name: 'authorize',
  ask: z.object(which),
  answer: z.object({ users: z.array(CrmUser), lookups: Lookups, state: ConnectionState }),
  timeoutMs: 60_000,
});

/** Begins the consent of a person on the vendor's page; it ends at the provider's callback. Replaces nothing until then. */
export const beginConsent = defineCommand({
  name: 'consent.begin',
  ask: z.object({
    ...which,
    browser: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of a secret that only this browser has, as a cookie'),
  }),
  answer: z.object({ url: z.url().describe("The vendor's page, to be opened in this browser"), expires_at: Instant }),
  timeoutMs: 15_000,
});

/** The cookie that holds the browser's secret; set by core, read at the provider's callback on the same host. */
export const consentCookie = 'occ_consent';

/** Gives the access back to the vendor and forgets all credentials. Links and everything brought in stay. */
export const disconnect = defineCommand({
  name: 'connection.disconnect',
  ask: z.object(which),
  answer: z.object({ state: ConnectionState, note: z.string().optional().describe('What a person still has to do') }),
  timeoutMs: 30_000,
});

/** The CRM's users now. */
export const syncUsers = defineCommand({
  name: 'users.sync',
  ask: z.object(which),
  answer: z.object({ users: z.array(CrmUser) }),
  timeoutMs: 60_000,
});

/** The CRM's lists now. */
export const syncLookups = defineCommand({
  name: 'lookups.sync',
  ask: z.object(which),
  answer: z.object({ lookups: Lookups }),
  timeoutMs: 60_000,
});

/** Starts a run at once, or joins the one under way. Answers at its start; progress is on `progressSubject(run)`. */
export const syncNow = defineCommand({
  name: 'sync.now',
  ask: z.object({ ...which, reason: z.enum(['person', 'link-made', 'authorized']) }),
  answer: z.object({ run: HubId }),
  timeoutMs: 10_000,
});

/** The last runs of a connection, newest first. */
export const listRuns = defineCommand({
  name: 'runs.list',
  ask: z.object({
    ...which,
    limit: z.int().min(1).max(100).default(20),
    run: HubId.optional(),
    before: HubId.optional().describe('Only runs made before this one'),
  }),
  answer: z.object({ runs: z.array(SyncRun) }),
  timeoutMs: 5_000,
});

/** How a connection is doing. */
export const connectionHealth = defineCommand({
  name: 'health',
  ask: z.object(which),
  answer: z.object({
    state: ConnectionState,
    reason: z.string().optional().describe('Why it is not healthy and what to do'),
    since: Instant,
    waiting: z.int().describe('Deliveries not yet settled'),
    parked: z.int().describe('Deliveries that wait for a person'),
    calls: CallsUsed.optional(),
    last_run: SyncRun.optional(),
  }),
  timeoutMs: 5_000,
});

/** Stops all work of a connection, or lets it go on. */
export const pauseConnection = defineCommand({
  name: 'connection.pause',
  ask: z.object({ ...which, paused: z.boolean() }),
  answer: z.object({ state: ConnectionState }),
  timeoutMs: 5_000,
});

/** Deliveries by filter, newest first, paged by cursor. */
export const searchDeliveries = defineCommand({
  name: 'deliveries.search',
  ask: z.object({
    org: HubId.optional().describe('Absent: all orgs (operators only)'),
    filter: DeliveryFilter,
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().optional(),
  }),
  answer: z.object({ deliveries: z.array(DeliverySummary), next_cursor: z.string().optional() }),
  timeoutMs: 10_000,
});

/** One delivery with its attempts, steps and replays. */
export const getDelivery = defineCommand({
  name: 'deliveries.get',
  ask: z.object({ org: HubId.optional(), delivery: HubId }),
  answer: z.object({ delivery: DeliveryDetail }),
  timeoutMs: 5_000,
});

/** Puts parked deliveries back into the same ledger. `plan` only counts. Finished steps are never repeated. */
export const replayDeliveries = defineCommand({
  name: 'deliveries.replay',
  ask: z.object({
    org: HubId.optional(),
    deliveries: z.array(HubId).min(1).max(1000).optional(),
    filter: DeliveryFilter.optional(),
    plan: z.boolean().default(false),
    by: z.string().min(1).max(200).describe('Who replays, for the audit'),
    send_again: z.boolean().default(false).describe('For `uncertain`: the person has looked, and it is not there'),
  }),
  answer: z.object({
    replayed: z.array(HubId),
    skipped: z.array(z.object({ delivery: HubId, reason: z.string() })),
    planned: z.boolean(),
    more: z.boolean().default(false).describe('More match than are replayed at once; replay again'),
  }),
  timeoutMs: 30_000,
});

/** Ends a parked delivery without sending it. */
export const abortDelivery = defineCommand({
  name: 'deliveries.abort',
  ask: z.object({
    org: HubId.optional(),
    delivery: HubId,
    by: z.string().min(1).max(200),
    reason: z.string().min(1).max(500),
  }),
  answer: z.object({ delivery: DeliverySummary }),
  timeoutMs: 5_000,
});

/**
 * Answers the question that a delivery waits with; it then goes on in its turn. `rejected` as `ledger.choice-unknown` where
 * the option was not offered, as `ledger.no-choice` where it waits for none: somebody chose before, or the time is over.
 */
export const chooseDelivery = defineCommand({
  name: 'deliveries.choose',
  ask: z.object({
    org: HubId.optional(),
    delivery: HubId,
    choice: z
      .string()
      .optional()
      .describe('The name of the question that is answered; a later one is then not taken for it'),
    option: z.string().min(1).max(100),
    by: z.string().min(1).max(200),
  }),
  answer: z.object({ delivery: DeliverySummary }),
  timeoutMs: 5_000,
});

/** Where the progress of a run is published while it goes on (plain publish: who is not there misses it). */
export function progressSubject(run: string): string {
  return `occ.progress.${run}`;
}

/** A key by which a lead source or a CRM calls the provider's endpoints for one org. Its text is shown once. */
export const ApiKey = z.object({
  id: HubId,
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: Instant,
  created_by: z.string(),
  last_used_at: Instant.optional().describe('To the minute'),
});

/** Makes a key. Its text is in this answer and nowhere else: only a hash is kept. */
export const createKey = defineCommand({
  name: 'keys.create',
  ask: z.object({
    ...which,
    name: z.string().trim().min(1).max(100).describe('Who uses it'),
    scopes: z.array(z.string()).min(1).describe("Of the provider's endpoints"),
    by: z.string().min(1).max(200),
  }),
  answer: z.object({ key: ApiKey, text: z.string().describe('Shown once') }),
  timeoutMs: 5_000,
});

/** The keys of a connection that are good. */
export const listKeys = defineCommand({
  name: 'keys.list',
  ask: z.object(which),
  answer: z.object({ keys: z.array(ApiKey) }),
  timeoutMs: 5_000,
});

/** Ends a key; within seconds no replica takes it any more. */
export const revokeKey = defineCommand({
  name: 'keys.revoke',
  ask: z.object({ ...which, key: HubId }),
  answer: z.object({ revoked: z.boolean() }),
  timeoutMs: 5_000,
});
