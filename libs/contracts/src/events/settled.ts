import { z } from 'zod';
import { HubId } from '../entities/ids.ts';
import { topics } from '../topics.ts';
import { defineEvent } from './define.ts';

/** What became of a write: `rejected` and `parked` wait for a person; `superseded` was overtaken by a newer write. */
export const WriteOutcome = z.enum(['delivered', 'rejected', 'parked', 'superseded', 'skipped', 'aborted']);
export type WriteOutcome = z.infer<typeof WriteOutcome>;

/** A delivery to a vendor reached an end (or was parked, which a later replay can still turn into delivered). */
export const WriteSettled = defineEvent({
  type: 'occ.write.settled.v1',
  topic: topics.settled,
  title: 'Write settled',
  description: 'A write to the CRM was delivered, refused, parked for a person or overtaken.',
  data: z.object({
    delivery_id: HubId,
    event_id: HubId.describe('The event that asked for the write'),
    event_type: z.string(),
    outcome: WriteOutcome,
    attempts: z.int().nonnegative(),
    code: z.string().optional().describe('The stable error code when it was not delivered'),
    message: z.string().optional().describe('What happened and what to do, for people'),
    step: z.string().optional().describe('The step at which it stopped, where it stopped at one'),
    report_to: z
      .email()
      .optional()
      .describe('To whom the connection wants failures reported; only with rejected and parked'),
    vendor_ids: z.record(z.string(), z.string()).describe("The vendor's ids of what was written, by name"),
  }),
});
