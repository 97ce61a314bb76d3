export { HubError, isHubError, kinds, type FieldFault, type HubErrorFacts, type Kind } from './hub-error.ts';
export { backoffMs, bugAttempts, verdictFor, writePolicy, type RetryPolicy, type Verdict } from './verdict.ts';
