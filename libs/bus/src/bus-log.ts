/** The facts that a line of the bus carries; the log of `@occ-hub/service` takes them all. Never a payload. */
export interface BusLogFields {
  readonly part?: string | undefined;
  readonly topic?: string | undefined;
  readonly partition?: number | undefined;
  readonly offset?: string | undefined;
  readonly group?: string | undefined;
  readonly event?: string | undefined;
  readonly eventId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly subject?: string | undefined;
  readonly command?: string | undefined;
  readonly attempt?: number | undefined;
  readonly count?: number | undefined;
  readonly ms?: number | undefined;
  readonly outcome?: string | undefined;
  readonly code?: string | undefined;
  readonly kind?: string | undefined;
  readonly error?: unknown;
}

/** Where the bus tells what it does. Handed in; the log of `@occ-hub/service` is one. */
export interface BusLog {
  debug(fields: BusLogFields, message: string): void;
  info(fields: BusLogFields, message: string): void;
  warn(fields: BusLogFields, message: string): void;
  error(fields: BusLogFields, message: string): void;
}

/** The 32 hex digits of a W3C traceparent, for log lines. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.split('-')[1];
}
