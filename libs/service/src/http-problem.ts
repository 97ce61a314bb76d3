import { STATUS_CODES } from 'node:http';
import { type FieldFault, HubError, isHubError, type Kind } from '@occ-hub/errors';

export interface HttpProblemFacts {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 428 | 429 | 503;
  /** Dotted and stable: `core.job.not-found`. */
  readonly code: string;
  /** For people: what happened and what to do. */
  readonly message: string;
  readonly fields?: readonly FieldFault[];
  /** Further response headers, as `www-authenticate` or `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that only HTTP knows (who are you, not yours, not there). Elsewhere in the hub a refusal is a HubError. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly facts: HttpProblemFacts;

  constructor(facts: HttpProblemFacts) {
    super(facts.message);
    this.facts = facts;
  }
}

/** A problem document of RFC 9457 and the headers that go with it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldFault[];
  readonly retryable: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const statusOf: Readonly<Record<Kind, number>> = {
  config: 500,
  transient: 503,
  credential: 424,
  rejected: 422,
  unreadable: 400,
  stale: 409,
};
const defaultRetryAfterMs = 5_000;

/** What an answer says about a thrown error. What nobody foresaw is `hub.bug` and tells nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem) return fromHttpProblem(error.facts);
  if (isHubError(error)) return fromHubError(error);
  return fromHttpLibrary(error) ?? bug;
}

/** The members of the document. `instance` is the path asked, without its query. */
export function problemDocument(problem: Problem, where: { instance: string; traceId: string | undefined }) {
  return {
    type: `urn:occ-hub:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    instance: where.instance,
    code: problem.code,
    errors: problem.errors,
    retryable: problem.retryable,
    ...(where.traceId === undefined ? {} : { traceId: where.traceId }),
  };
}

const bug: Problem = {
  status: 500,
  code: 'hub.bug',
  detail: 'Something went wrong on our side. It is logged; if it happens again, tell us the traceId.',
  errors: [],
  retryable: false,
  headers: {},
};

function fromHttpProblem(facts: HttpProblemFacts): Problem {
  return {
    status: facts.status,
    code: facts.code,
    detail: facts.message,
    errors: facts.fields ?? [],
    retryable: facts.status === 408 || facts.status === 429 || facts.status === 503,
    headers: facts.headers ?? {},
  };
}

function fromHubError(error: HubError): Problem {
  const retryable = error.kind === 'transient';
  const waitSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? defaultRetryAfterMs) / 1000));
  return {
    status: statusOf[error.kind],
    code: error.code,
    detail: error.message,
    errors: error.fields,
    retryable,
    headers: retryable ? { 'retry-after': String(waitSeconds) } : {},
  };
}

// Express and its body parsers throw errors with a status and, mostly, a type. Their messages quote the body: not ours to repeat.
const libraryWords: Readonly<Record<number, { code: string; detail: string }>> = {
  400: {
    code: 'http.request-unreadable',
    detail: 'The request cannot be read: its path, headers or body are malformed.',
  },
  413: { code: 'http.body-too-large', detail: 'The body is larger than this address takes.' },
  415: {
    code: 'http.media-type-unsupported',
    detail: 'The body has a type, charset or encoding that is not taken here.',
  },
};

function fromHttpLibrary(error: unknown): Problem | undefined {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  const words = typeof status === 'number' ? libraryWords[status] : undefined;
  if (words === undefined) return undefined;
  const notJson = type === 'entity.parse.failed';
  return {
    status: status as number,
    code: notJson ? 'http.body-unreadable' : words.code,
    detail: notJson ? 'The body is not what its content type says: send well-formed JSON.' : words.detail,
    errors: [],
    retryable: false,
    headers: {},
  };
}
