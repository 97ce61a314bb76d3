export { hasCardNumber, holdsCardNumber } from './card-numbers.ts';
export { systemClock, type Clock } from './clock.ts';
export { printEnvTable, readEnv, type Env } from './env.ts';
export { every } from './every.ts';
export { HttpProblem, type HttpProblemFacts, problemOf } from './http-problem.ts';
export { createHttpShell, problemHandler, rawBodyOf, type HttpShell, type HttpShellParts } from './http-shell.ts';
export { createIds, newId, type NewId } from './ids.ts';
export { kafkaAccess } from './kafka-access.ts';
export { createLife, type Life } from './life.ts';
export { listen, type Listening } from './listen.ts';
export { createLog, type Log, type LogLevel, type LogOptions } from './log.ts';
export type { LogFields } from './log-fields.ts';
export { createMetrics, type MetricFacts, type Metrics } from './metrics.ts';
export { faultsOf, parseInput } from './parse-input.ts';
export { insideCode, isInsideHost, isPublicAddress, publicLookup } from './public-address.ts';
export { createReadiness, type CheckResult, type Readiness, type ReadinessReport } from './readiness.ts';
export { runService, type ServiceFacts } from './run-service.ts';
export { Secret, secretText } from './secret.ts';
export { serviceEnv } from './service-env.ts';
export {
  childTraceparent,
  currentTraceparent,
  newTraceparent,
  traceIdOf,
  withTrace,
  type RandomBytes,
} from './trace.ts';
export { untilItWorks } from './until-it-works.ts';
