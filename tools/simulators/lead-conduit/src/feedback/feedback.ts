import type { LeadEvent } from '../platform/event.ts';
import type { FeedbackRules } from '../platform/flow.ts';
import type { Lead } from '../platform/lead.ts';
import type { Platform } from '../platform/platform.ts';

/** One feedback call and what the platform made of it. */
export interface ReceivedFeedback {
  number: number;
  at: string;
  /** `platform`, or the integration whose module read it. */
  by: string;
  eventId: string | null;
  leadId: string | null;
  type: string | null;
  /** What the recipient said. */
  feedbackReason: string | null;
  outcome: 'success' | 'failure';
  /** Why the platform did not take it. */
  reason: string | null;
}

/** What the recipient is told. */
export interface FeedbackAnswer {
  outcome: 'success' | 'failure';
  reason: string | null;
  lead: Record<string, string>;
}

const CONTACT = ['first_name', 'last_name', 'email', 'phone_1', 'address_1', 'city', 'state', 'postal_code'] as const;

/** Feedback as it came: unlimited per lead, and it never changes how the lead was delivered. */
export class Feedback {
  readonly #platform: Platform;
  readonly #now: () => number;
  #received: ReceivedFeedback[] = [];
  #total = 0;

  constructor(platform: Platform, now: () => number) {
    this.#platform = platform;
    this.#now = now;
  }

  /** Oldest first; the last thousand. */
  all(): ReceivedFeedback[] {
    return this.#received;
  }

  forget(): void {
    this.#received = [];
  }

  take(call: { by: string; eventId: unknown; type: unknown; reason: unknown }): FeedbackAnswer {
    const eventId = word(call.eventId);
    const event = eventId === null ? undefined : this.#platform.event(eventId);
    const lead = event && this.#platform.lead(event.leadId);
    const refusal = this.#refusal(eventId, word(call.type), event && lead && { event, lead });
    this.#total += 1;
    this.#received.push({
      number: this.#total,
      at: new Date(this.#now()).toISOString(),
      by: call.by,
      eventId,
      leadId: lead?.id ?? null,
      type: word(call.type),
      feedbackReason: word(call.reason),
      outcome: refusal === null ? 'success' : 'failure',
      reason: refusal,
    });
    if (this.#received.length > 1000) this.#received.shift();
    return { outcome: refusal === null ? 'success' : 'failure', reason: refusal, lead: contactOf(lead) };
  }

  #refusal(
    eventId: string | null,
    type: string | null,
    known: { event: LeadEvent; lead: Lead } | undefined,
  ): string | null {
    if (eventId === null) return 'event_id is required';
    if (type !== 'conversion' && type !== 'return') return "type must be 'conversion' or 'return'";
    if (!known) return `event '${eventId}' was not found`;
    const rules = this.#platform.stepOf(known.event)?.feedback;
    return rules ? refusedBy(rules, type, (this.#now() - known.lead.receivedMs) / 1000) : 'the step is gone';
  }
}

function refusedBy(rules: FeedbackRules, type: 'conversion' | 'return', ageSeconds: number): string | null {
  if (!(type === 'conversion' ? rules.conversions : rules.returns)) return `${type} feedback is not enabled`;
  const tooOld = rules.maxReturnAgeSeconds !== null && ageSeconds > rules.maxReturnAgeSeconds;
  return type === 'return' && tooOld ? 'lead is too old to be returned' : null;
}

function contactOf(lead: Lead | undefined): Record<string, string> {
  if (!lead) return {};
  const known = CONTACT.flatMap((name) =>
    lead.fields[name] === undefined ? [] : [[name, lead.fields[name]] as const],
  );
  return { id: lead.id, ...Object.fromEntries(known) };
}

function word(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}
