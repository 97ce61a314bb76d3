import { LeadFeedbackReceived, leadSubject } from '@occ-hub/contracts';
import type { Endpoint, EndpointAnswer, EndpointCall } from '@occ-hub/provider-kit';
import type { LeadConduitClient } from './client.ts';
import { crm } from './doors.ts';
import { digestOf, leadKeys, shortKey } from './lead-key.ts';
import type { Texts } from './lead-variables.ts';
import { feedbackModule } from './modules/feedback/feedback.ts';
import { HttpError } from './platform/http-error.ts';
import { flatten } from './platform/paths.ts';
import { plainOf } from './platform/typed-value.ts';
import type { Settings } from './settings.ts';

type Call = EndpointCall<LeadConduitClient, Settings>;

/** What LeadPerfection calls with what became of a lead. It is a fact on the bus; conversions and returns go on to LeadConduit. */
export const feedbackEndpoint: Endpoint<LeadConduitClient, Settings> = {
  path: '/feedback',
  methods: ['GET', 'POST'],
  scope: 'feedback',
  async handle(call) {
    const module = feedbackModule(call.settings.feedback_rules);
    try {
      const facts = textsOf(module.request(call.request));
      // Also what no rule knows is a fact; without an event id nobody could say of which lead.
      if (facts['eventid'] !== undefined) await pass(call, facts);
      return module.response(call.request, { ...facts, lead: { id: facts['lognumber'] ?? facts['prospectid'] } });
    } catch (error) {
      if (error instanceof HttpError) return answerOf(error);
      throw error;
    }
  },
};

/** Into the ledger, and no waiting: LeadPerfection only wants to know that it was heard. */
async function pass({ org, submit }: Call, facts: Texts): Promise<void> {
  const { type = 'none', reason = '', eventid = '', outcome: _outcome, ...rest } = facts;
  await submit({
    event: LeadFeedbackReceived,
    // LeadPerfection may call again with the very same: that is the same feedback.
    keys: [`feedback/${digestOf(facts)}`],
    subject: leadSubject({ org, provider: 'lead-conduit', key: shortKey(leadKeys(facts)[0]) }),
    origin: 'crm',
    data: {
      event_id: eventid,
      crm,
      type: type === 'conversion' || type === 'return' ? type : 'none',
      reason: reason.slice(0, 2000),
      facts: rest,
    },
    withinMs: 0,
  });
}

function textsOf(vars: Record<string, unknown>): Texts {
  const texts = flatten(vars).map(([name, value]) => [name, [plainOf(value)].flat().join(', ').trim()] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function answerOf({ status, headers, body }: HttpError): EndpointAnswer {
  return { status, headers, body };
}
