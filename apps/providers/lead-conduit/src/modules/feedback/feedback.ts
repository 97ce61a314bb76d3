import { applyMapping } from '@occ-hub/mapping';
import type { InboundModule, InboundRequest, Variable } from '../../platform/contract.ts';
import { appendedByFeedback } from '../appended.ts';
import { callbackFrom } from './callback.ts';
import { feedbackExamples, feedbackParams } from './examples.ts';
import { feedbackFields } from './feedback.map.ts';
import type { FeedbackFields } from './fields.ts';
import { keysIn } from './parse.ts';
import { replyTo } from './reply.ts';
import { type FeedbackRule, defaultFeedbackRules, verdictOn } from './rules.ts';
import { feedbackVariables } from './variables.ts';

// Times stay as they are given: the company's zone is not known here.
const context = { timeZone: 'UTC', warn: () => undefined };

/**
 * "Feedback": what LeadPerfection tells of a lead, as LeadConduit's variables. `type` and `reason` are those of the first
 * rule that fits; without a type there is nothing to tell the source. What no rule knows has the outcome failure.
 */
export function feedbackModule(rules: readonly FeedbackRule[] = defaultFeedbackRules): InboundModule {
  const request = (req: InboundRequest): Record<string, unknown> => {
    const { type: _type, reason: _reason, ...fields } = translated(req);
    const { fault, ...verdict } = verdictOn({ ...fields, type: _type, reason: _reason }, rules);
    if (fault === undefined) return { ...verdict, ...fields };
    return { ...fields, outcome: verdict.outcome, reason: fault, error_msg: fields.error_msg ?? fault };
  };
  return {
    request: Object.assign(request, {
      variables: (): Variable[] => [...feedbackVariables],
      params: () => [...feedbackParams],
      examples: feedbackExamples,
    }),
    response: Object.assign(replyTo, { variables: (): Variable[] => [...appendedByFeedback] }),
  };
}

const translated = (req: InboundRequest): FeedbackFields =>
  applyMapping(feedbackFields, callbackFrom(keysIn(req)), context);
