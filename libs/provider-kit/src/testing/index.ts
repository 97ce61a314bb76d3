export { aWrite } from './a-write.ts';
export { startChild, type Child } from './child.ts';
export { deliveriesOf, type Settled } from './deliveries.ts';
export { eventually } from './eventually.ts';
export { captureLog, type CapturedLog } from './captured-log.ts';
export { type FakeCore } from './fake-core.ts';
export { outboundEvents, type OutboundEvents } from './outbound-events.ts';
export { quietClock } from './quiet-clock.ts';
export { openTestHub, type Started, type TestHub, type TestHubOptions, type TestServers } from './test-hub.ts';
