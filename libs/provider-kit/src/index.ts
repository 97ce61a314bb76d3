export { defineProvider, type Provider } from './provider.ts';
export { defineSource, type DayWindow, type Source } from './source.ts';
export { defineSink, type Sink, type StepRunner, type VendorIds } from './sink.ts';
export { secret } from './settings.ts';
export { secretText } from '@occ-hub/service';
export { dayOf, daysAround } from './poll/days.ts';
export { networkFault, refusedStatus, type VendorName } from './http/classify.ts';
export type { Login, TokenKeeper, VendorAnswer, VendorCall, VendorIo } from './http/vendor-io.ts';
export { runProvider, startProvider, type RunningProvider } from './run/start-provider.ts';
