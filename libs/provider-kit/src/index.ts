export { defineProvider, type Provider, type Warn } from './provider.ts';
export { defineSource, type Page, type Rep, type Source, type Warning } from './source.ts';
export { changes, days, type ChangeWindow } from './poll/window.ts';
export {
  defineSink,
  type ChoiceOption,
  type Question,
  type Sibling,
  type Sink,
  type StandingChoice,
  type StepRunner,
  type Upserted,
  type VendorIds,
  type Write,
} from './sink.ts';
export type { Consent, ConsentFault, ConsentServer } from './consent.ts';
export type {
  Endpoint,
  EndpointAnswer,
  EndpointCall,
  EndpointProblem,
  EndpointRequest,
  Submission,
  Submitted,
} from './endpoint.ts';
export { jsonAnswer, keyUsed, runAnswer, standingAnswer } from './run-answer.ts';
export { idempotencyKeyOf, waitMsOf } from './run-request.ts';
export {
  defineConfiguration,
  type ConfigurationPart,
  type PreviewAsk,
  type ReadConfiguration,
} from './configuration.ts';
export { secret } from './settings.ts';
export { secretText } from '@occ-hub/service';
export { dayOf, daysAround, type DayWindow } from './poll/days.ts';
export { refusedStatus, type VendorName } from './http/classify.ts';
export { hideSecrets, maskPeople } from './http/describe-body.ts';
export type { Grant, GrantKeeper, Login, TokenKeeper, VendorAnswer, VendorCall, VendorIo } from './http/vendor-io.ts';
export { KitEnv } from './run/env.ts';
export { within } from './within.ts';
export { runProvider, startProvider, type RunningProvider } from './run/start-provider.ts';
