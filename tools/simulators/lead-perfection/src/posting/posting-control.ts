import { ControlError } from '@occ-hub/simulator-stage';
import type { Company } from '../company/company.ts';
import type { InboundLead, LeadState } from './inbound-lead.ts';
import type { LeadChange, PostingDesk } from './posting-desk.ts';
import type { VerdictOrder } from './process-lead.ts';
import type { FeedbackStyle, PostingSwitches } from './posting-switches.ts';

/** Switches as they may be seen: headers by name only, no password. */
export type ShownPosting = Omit<PostingSwitches, 'feedbackHeaders' | 'webPassword'> & { feedbackHeaders: string[] };

/** The posting side: what came in through the doors, and what the source is told. Every result is a copy. */
export interface PostingControl {
  /** Inbound leads, oldest first. */
  leads(filter?: { state?: LeadState; logNumber?: string; eventId?: string }): InboundLead[];
  /** One inbound lead; throws when nobody knows the number. */
  lead(in1Id: number): InboundLead;
  /**
   * Takes leads out of the queue: all of them, or one. Without a verdict a lead is deleted for a bad phone or a ZIP
   * outside the service area, merged when phone or address is known, else added. Resolves when the feedback is out.
   */
  processQueue(order?: { in1Id?: number } & Partial<VerdictOrder>): Promise<InboundLead[]>;
  /** Says what became of a lead, and tells the source; throws for one that is still queued or was deleted. */
  advanceLead(in1Id: number, change: LeadChange): Promise<InboundLead>;
  /** Sends the last feedback about a lead once more, as a sender does that lost the answer. */
  repeatFeedback(in1Id: number): Promise<InboundLead>;
  /** Where feedback goes from now on, and how; null stops it. Headers replace those given before. */
  feedbackTo(url: string | null, style?: Partial<FeedbackStyle>, headers?: Record<string, string>): ShownPosting;
  posting(): ShownPosting;
  configurePosting(changes: Partial<PostingSwitches>): ShownPosting;
}

export function postingControl(company: Company, desk: PostingDesk): PostingControl {
  const shown = (): ShownPosting => {
    const { feedbackHeaders, webPassword: _, ...rest } = company.posting;
    return { ...structuredClone(rest), feedbackHeaders: Object.keys(feedbackHeaders) };
  };
  const configurePosting: PostingControl['configurePosting'] = (changes) => {
    if (typeof changes.feedbackUrl === 'string' && !URL.canParse(changes.feedbackUrl)) {
      throw new ControlError(400, `"${changes.feedbackUrl}" is not an address feedback could be sent to.`);
    }
    Object.assign(company.posting, changes);
    return shown();
  };
  return {
    leads: ({ state, logNumber, eventId } = {}) =>
      company.inbound
        .all()
        .filter((lead) => state === undefined || lead.state === state)
        .filter((lead) => logNumber === undefined || lead.fields.lognumber === logNumber)
        .filter((lead) => eventId === undefined || lead.fields.eventid === eventId)
        .map((lead) => structuredClone(lead)),
    lead: (in1Id) => {
      const found = company.inbound.get(Number(in1Id));
      if (!found) throw new ControlError(404, `The simulator has no inbound lead ${in1Id}.`);
      return structuredClone(found);
    },
    processQueue: desk.processQueue,
    advanceLead: desk.advanceLead,
    repeatFeedback: desk.repeatFeedback,
    feedbackTo: (url, style = {}, headers = {}) =>
      configurePosting({
        feedbackUrl: url,
        feedbackHeaders: headers,
        feedback: { ...company.posting.feedback, ...style },
      }),
    posting: shown,
    configurePosting,
  };
}
