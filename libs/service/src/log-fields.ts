import { isHubError } from '@occ-hub/errors';

/** The facts a line may carry. The names are fixed: dashboards and `hub trace` search for them. */
export interface LogFields {
  readonly event?: string | undefined;
  readonly eventId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly provider?: string | undefined;
  readonly orgId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly externalId?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly runId?: string | undefined;
  readonly source?: string | undefined;
  readonly command?: string | undefined;
  readonly attempt?: number | undefined;
  readonly ms?: number | undefined;
  readonly count?: number | undefined;
  /** published | stored | skipped | retried | held | parked | written | failed … */
  readonly outcome?: string | undefined;
  readonly code?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly topic?: string | undefined;
  readonly partition?: number | undefined;
  readonly offset?: string | undefined;
  readonly group?: string | undefined;
  readonly subject?: string | undefined;
  /** A part of the process: `http`, `kafka`, `store`. */
  readonly part?: string | undefined;
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly status?: number | undefined;
  readonly port?: number | undefined;
  readonly signal?: string | undefined;
  /** Printed as kind, code, message and stack, with its causes. */
  readonly error?: unknown;
}

// `satisfies` makes the compiler refuse a name that the interface does not have.
const printed = new Set<string>([
  'event',
  'eventId',
  'traceId',
  'provider',
  'orgId',
  'connectionId',
  'externalId',
  'deliveryId',
  'runId',
  'source',
  'command',
  'attempt',
  'ms',
  'count',
  'outcome',
  'code',
  'kind',
  'state',
  'topic',
  'partition',
  'offset',
  'group',
  'subject',
  'part',
  'requestId',
  'method',
  'path',
  'status',
  'port',
  'signal',
] satisfies (keyof LogFields)[]);

const longestText = 300;
const deepestCause = 5;

/** What is left of the fields for a line: listed names with plain values, and the error. */
export function fieldsForPrint(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!printed.has(name)) continue;
    if (typeof value === 'string') kept[name] = value.slice(0, longestText);
    else if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
  }
  if (fields.error !== undefined) kept['error'] = errorForPrint(fields.error, deepestCause);
  return kept;
}

function errorForPrint(error: unknown, depth: number): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: `a thrown ${typeof error}` };
  const facts = isHubError(error)
    ? { kind: error.kind, code: error.code, message: error.message }
    : { name: error.name, code: codeOf(error), message: withoutQuotes(error.message) };
  const cause = error.cause === undefined || depth === 0 ? {} : { cause: errorForPrint(error.cause, depth - 1) };
  return { ...facts, stack: framesOf(error), ...cause };
}

function codeOf(error: Error): string | undefined {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}

/** Foreign messages quote what they met (a parser its text, a store its key), which may be a person's data. */
function withoutQuotes(message: string): string {
  return message
    .slice(0, longestText)
    .replace(/(["'`])(?:(?!\1).)*(?:\1|$)/gs, '$1…$1')
    .replace(/\S+@\S+/g, '…');
}

/** Only the frames: the head of a stack repeats the message. */
function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.map((line) => line.trim()).join('\n');
}
