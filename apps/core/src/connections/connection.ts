import { CallsUsed, ConnectionState, CrmUser, HubId, Instant, ProviderId, SyncRun } from '@occ-hub/contracts';
import { z } from 'zod';
import { KeptLookups } from '../crm-lists/kept-lookups.ts';

/** A connection as core stores it. Secrets live in the provider's vault alone: here are only their names. */
export const ConnectionRecord = z.object({
  _id: HubId,
  org: HubId,
  provider: ProviderId,
  settings: z.record(z.string(), z.unknown()).describe('As the provider echoed them, without secrets'),
  secrets: z.array(z.string()).describe('Names of the secrets that are set'),
  state: ConnectionState,
  state_at: z.date(),
  told_at: z.date().optional().describe('Time of the last change that the provider told, by its clock'),
  lookups: KeptLookups,
  crm_users: z.array(CrmUser),
  read_at: z.date().optional().describe('When users and lookups were read last'),
  coming: z
    .object({ reading: HubId, count: z.int(), users: z.array(CrmUser) })
    .optional()
    .describe('A long list of users of which a part is here; shown to nobody before the rest is'),
  created_at: z.date(),
  updated_at: z.date(),
});
export type ConnectionRecord = z.infer<typeof ConnectionRecord>;

export const NewConnection = z.object({ provider: ProviderId });
export const SettingsBody = z.object({
  settings: z
    .record(z.string(), z.unknown())
    .describe('Checked by the provider against its schema; what is left out stays as it is, null is its default again'),
});

export const ConnectionView = z.object({
  id: HubId,
  provider: ProviderId,
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()),
  state: ConnectionState,
  state_at: Instant,
  lookups: KeptLookups,
  crm_user_count: z.int(),
  read_at: Instant.optional(),
  created_at: Instant,
  updated_at: Instant,
});
export type ConnectionView = z.infer<typeof ConnectionView>;

/** How a connection is doing: asked live, or as core last knew it when the provider does not answer. */
export const Health = z.object({
  live: z.boolean(),
  note: z.string().optional().describe('Why it is not live, or what to do'),
  state: ConnectionState,
  since: Instant.optional(),
  waiting: z.int().optional().describe('Deliveries not yet settled'),
  parked: z.int().optional().describe('Deliveries that wait for a person'),
  calls: CallsUsed.optional(),
  last_run: SyncRun.optional(),
});
export type Health = z.infer<typeof Health>;

/** Where a person goes to consent. */
export const ConsentBegun = z.object({
  url: z.url().describe("The vendor's page: open it in the browser that asked"),
  expires_at: Instant,
});

export const ConnectionDetail = ConnectionView.extend({ health: Health });

/** What starting a sync came to; it is best effort beside another command. */
export const SyncStarted = z.object({
  started: z.boolean(),
  run: HubId.optional(),
  note: z.string().optional().describe('Why not, and what to do'),
});
export type SyncStarted = z.infer<typeof SyncStarted>;

export function connectionView(record: ConnectionRecord): ConnectionView {
  const { _id, org: _org, crm_users, told_at: _told, coming: _coming, ...facts } = record;
  const { state_at, read_at, created_at, updated_at, ...rest } = facts;
  return {
    id: _id,
    ...rest,
    state_at: state_at.toISOString(),
    crm_user_count: crm_users.length,
    read_at: read_at?.toISOString(),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}
