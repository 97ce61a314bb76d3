import { LeadFeedbackReceived } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { defineSink } from '@occ-hub/provider-kit';
import { z } from 'zod';
import type { LeadConduitClient } from '../client.ts';
import type { HttpResponse } from '../platform/contract.ts';
import type { Settings } from '../settings.ts';

const FeedbackAnswer = z.object({ outcome: z.string(), reason: z.string().nullish() });

/** Conversions and returns go on to LeadConduit; feedback of one lead is never limited there, so a doubtful one waits for a person. */
export const leadFeedback = defineSink<LeadConduitClient, Settings, typeof LeadFeedbackReceived>({
  event: LeadFeedbackReceived,
  unwanted: ({ type }) =>
    type === 'none' ? 'Neither a conversion nor a return: LeadConduit need not know.' : undefined,
  async write({ data, client, settings, step }) {
    return step('send-feedback', {
      do: async () => {
        const url = client.feedbackUrl(settings, data.event_id);
        const body = JSON.stringify({ type: data.type, ...(data.reason ? { reason: data.reason } : {}) });
        const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
        return idsOf(await client.send({ url, method: 'POST', headers, body }, `feedback ${data.type}`), data);
      },
    });
  },
});

function idsOf({ status, body }: HttpResponse, { type }: { type: string }): Record<string, string> {
  const answer = FeedbackAnswer.safeParse(jsonOf(body)).data;
  if (status < 300 && answer?.outcome === 'success') return { feedback: type };
  const reason = answer?.reason ?? `status ${status}`;
  const message = `LeadConduit did not take the feedback: ${reason}`;
  const refused = answer?.outcome === 'failure' || (status >= 400 && status < 500 && status !== 429);
  if (refused) throw new HubError({ kind: 'rejected', code: 'lead-conduit.feedback-refused', message });
  const mayHaveApplied = status !== 429;
  throw new HubError({ kind: 'transient', code: 'lead-conduit.feedback-answer-unknown', message, mayHaveApplied });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: told by its status.
    return undefined;
  }
}
