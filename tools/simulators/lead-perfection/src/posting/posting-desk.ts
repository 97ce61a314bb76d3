import { ControlError } from '@occ-hub/simulator-stage';
import type { Company } from '../company/company.ts';
import type { InboundLead, LifeCycle, SentFeedback } from './inbound-lead.ts';
import type { VerdictOrder } from './process-lead.ts';
import { bookVisit } from './book-visit.ts';
import { feedbackFields } from './feedback-message.ts';
import { onTheWire } from './feedback-wire.ts';
import { processLead } from './process-lead.ts';
import { sendFeedback } from './send-feedback.ts';

/** What becomes of a lead later. Whatever is left out stays as it is; `appt` is wall time, `YYYY-MM-DDTHH:MM`. */
export type LeadChange = Partial<Omit<LifeCycle, 'apptDate'>> & { appt?: string };

/** The office's inbound desk: it works the queue and tells the source what became of its leads. */
export interface PostingDesk {
  /** Says that a lead was queued, so that it is processed in its time when the switch says so. */
  queued(lead: InboundLead): void;
  /** Processes everything queued, or one lead; resolves when its feedback is answered or has failed. */
  processQueue(order?: { in1Id?: number } & Partial<VerdictOrder>): Promise<InboundLead[]>;
  advanceLead(in1Id: number, change: LeadChange): Promise<InboundLead>;
  /** Sends a lead's last feedback again, word for word in the documented names. */
  repeatFeedback(in1Id: number): Promise<InboundLead>;
}

export function createPostingDesk(company: Company, stopping: AbortSignal): PostingDesk {
  const tell = (lead: InboundLead, kind: SentFeedback['kind']): Promise<void> =>
    say(lead, kind, feedbackFields(company, lead, kind));
  const say = async (lead: InboundLead, kind: SentFeedback['kind'], fields: Record<string, string>): Promise<void> => {
    const { feedbackUrl, feedbackHeaders, feedback } = company.posting;
    if (feedbackUrl === null) return;
    const number = lead.feedback.length + 1;
    const message = onTheWire(fields, {
      url: feedbackUrl,
      style: feedback,
      seed: `${company.seed}|${lead.in1Id}|${number}`,
    });
    const at = new Date(company.machineNow()).toISOString();
    const answer = await sendFeedback(message, { headers: feedbackHeaders, stopping });
    const { method, contentType } = message;
    const url = feedbackUrl.split('?')[0] ?? feedbackUrl;
    lead.feedback.push({ number, at, kind, method, url, contentType, fields, ...answer });
  };
  const work = async (lead: InboundLead, order?: VerdictOrder): Promise<void> => {
    processLead(company, lead, order);
    await tell(lead, 'verdict');
  };
  const waiting = new Set<NodeJS.Timeout>();
  stopping.addEventListener('abort', () => waiting.forEach((due) => clearTimeout(due)), { once: true });
  return {
    queued: (lead) => {
      const { queueSeconds } = company.posting;
      if (queueSeconds === null) return;
      const due = setTimeout(() => {
        waiting.delete(due);
        // A reset may have forgotten the lead, and a person may have been quicker.
        if (company.inbound.get(lead.in1Id) === lead && lead.state === 'queued') void work(lead);
      }, queueSeconds * 1000).unref();
      waiting.add(due);
    },
    processQueue: async ({ in1Id, ...order } = {}) => {
      const due = in1Id === undefined ? company.inbound.all() : [wanted(company, in1Id)];
      const queued = due.filter((lead) => lead.state === 'queued');
      if (in1Id !== undefined && queued.length === 0) {
        throw new ControlError(409, `Lead ${in1Id} is not in the queue any more.`);
      }
      const verdict = order.verdict === undefined ? undefined : (order as VerdictOrder);
      for (const lead of queued) await work(lead, verdict);
      return structuredClone(queued);
    },
    advanceLead: async (in1Id, change) => {
      const lead = wanted(company, in1Id);
      applyChange(company, lead, change);
      await tell(lead, 'life-cycle');
      return structuredClone(lead);
    },
    repeatFeedback: async (in1Id) => {
      const lead = wanted(company, in1Id);
      const last = lead.feedback.at(-1);
      if (!last) throw new ControlError(409, `Nothing was sent about lead ${in1Id} yet.`);
      await say(lead, last.kind, last.fields);
      return structuredClone(lead);
    },
  };
}

function applyChange(company: Company, lead: InboundLead, { appt, ...life }: LeadChange): void {
  if (lead.state !== 'added' && lead.state !== 'merged') {
    throw new ControlError(409, `Lead ${lead.in1Id} is ${lead.state}: nothing more can become of it yet.`);
  }
  if (appt !== undefined) {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(appt)) {
      throw new ControlError(400, `"${appt}" is not a wall time such as 2026-03-09T14:00.`);
    }
    bookVisit(company, lead, appt.length === 16 ? `${appt}:00` : appt);
  }
  Object.assign(lead.life, life);
  const visit = lead.appointmentId === null ? undefined : company.calendar.get(lead.appointmentId);
  if (visit && life.dispo !== undefined) {
    visit.row.Disposition = life.dispo;
    company.calendar.touched(visit);
  }
}

function wanted(company: Company, in1Id: number): InboundLead {
  const lead = company.inbound.get(Number(in1Id));
  if (!lead) throw new ControlError(404, `The simulator has no inbound lead ${in1Id}.`);
  return lead;
}
