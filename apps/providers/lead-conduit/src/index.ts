export { addLeadModule } from './modules/add-lead/add-lead.ts';
export { createLeadModule } from './modules/create-lead/create-lead.ts';
export { feedbackModule } from './modules/feedback/feedback.ts';
export {
  defaultFeedbackRules,
  FeedbackRule,
  FeedbackRules,
  type Verdict,
  verdictOn,
} from './modules/feedback/rules.ts';
export { type Hosts, vendorHosts } from './modules/hosts.ts';
export type {
  Appended,
  HttpRequest,
  HttpResponse,
  InboundModule,
  InboundRequest,
  InboundResponse,
  Outcome,
  OutboundModule,
  Variable,
} from './platform/contract.ts';
export { HttpError } from './platform/http-error.ts';
export { isMetadata } from './platform/metadata.ts';
export { flatten, unflatten, valueAt } from './platform/paths.ts';
export { type Plain, plainOf } from './platform/typed-value.ts';
export { timeoutSecondsOf } from './platform/variables.ts';
