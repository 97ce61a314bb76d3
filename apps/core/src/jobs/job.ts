import { Address, HubId, Instant, type Job, Metadata, Phone } from '@occ-hub/contracts';
import { z } from 'zod';
import { MemberName } from '../members/member.ts';

const crmFields = {
  external_id: z.string(),
  customer_name: z.string(),
  name: z.string(),
  email: z.string(),
  lead_source: z.string(),
  address: Address,
  phones: z.array(Phone),
  metadata: Metadata,
};

/** A job as it is stored: all of it is the CRM's; what OCC owns (notes, documents, results) lives beside it. */
export const JobRecord = z.object({
  _id: HubId,
  org: HubId,
  provider: z.string(),
  connection: HubId,
  revision: z.int().describe('When the provider read it, epoch ms: older is dropped'),
  ...crmFields,
  created_at: z.date(),
  updated_at: z.date(),
});
export type JobRecord = z.infer<typeof JobRecord>;

export const JobView = z.object({
  id: HubId,
  provider: z.string(),
  connection: HubId,
  ...crmFields,
  assigned_member: MemberName.optional().describe('The OCC user linked to the rep of the newest appointment'),
  created_at: Instant,
  updated_at: Instant,
});
export type JobView = z.infer<typeof JobView>;

export function jobView(record: JobRecord, assigned: MemberName | undefined): JobView {
  const { _id, org: _org, revision: _revision, created_at, updated_at, ...rest } = record;
  return {
    id: _id,
    ...rest,
    ...(assigned === undefined ? {} : { assigned_member: assigned }),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

/** What an upsert sets: the CRM's fields and nothing else. Notes are kept as documents of their own. */
export function crmFieldsOf({ notes: _notes, ...job }: Job): Omit<Job, 'notes'> {
  return job;
}
