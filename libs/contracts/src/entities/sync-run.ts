import { z } from 'zod';
import { HubId, Instant } from './ids.ts';

/** One run of a source: what was asked, what came, what was skipped and why. */
export const SyncRun = z.object({
  id: HubId,
  connection: HubId,
  source: z.string(),
  reason: z.enum(['schedule', 'person', 'link-made', 'authorized']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  started_at: Instant,
  ended_at: Instant.optional(),
  window: z
    .object({ from: z.string(), to: z.string() })
    .optional()
    .describe("Calendar days in the company's zone, or the instants between which records changed"),
  fetched: z.int(),
  changed: z.int().describe('Records published'),
  unchanged: z.int(),
  removed: z.int().default(0).describe('Records that the CRM has deleted'),
  vendor_calls: z.int().default(0).describe('Calls to the vendor that the run took'),
  skipped: z.record(z.string(), z.int()).describe('Counts by reason'),
  skipped_reps: z.array(z.object({ crm_user_id: z.string(), name: z.string(), count: z.int() })),
  set_aside: z
    .array(z.object({ record: z.string(), reason: z.string() }))
    .describe('Unreadable records, never their data'),
  warnings: z.array(z.object({ record: z.string(), reason: z.string() })),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type SyncRun = z.infer<typeof SyncRun>;
