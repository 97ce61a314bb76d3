import type { Company } from '../company/company.ts';
import type { InboundLead, LeadFields } from './inbound-lead.ts';
import type { Sent } from './lead-fields.ts';
import type { PostingDesk } from './posting-desk.ts';
import { maskedSent } from './posting-body.ts';

/** A post that is good enough to be queued. */
export interface GoodPost {
  door: string;
  raw: string;
  sent: Sent;
  fields: LeadFields;
}

/** Queues a lead. Nothing is checked here: what the door lets through is taken, a blank SRS id too. */
export function queueLead(company: Company, desk: PostingDesk, post: GoodPost): InboundLead {
  const lead = company.inbound.receive({
    door: post.door,
    receivedAt: new Date(company.machineNow()).toISOString(),
    receivedWall: company.clock.wallTime(),
    raw: post.raw,
    fields: post.fields,
    sent: Object.fromEntries(maskedSent(post.sent)),
  });
  desk.queued(lead);
  return lead;
}

/** The first of the named fields that is blank; null when all are there. */
export function firstMissing(fields: LeadFields, required: readonly (keyof LeadFields)[]): string | null {
  return required.find((name) => fields[name] === '') ?? null;
}
