import type { EndpointAnswer, EndpointRequest } from '@occ-hub/provider-kit';

/** A post that cannot be read, with the answer that says so. */
export class PostRefused extends Error {
  override readonly name = 'PostRefused';
  readonly answer: EndpointAnswer;

  constructor(status: number, reason: string) {
    super(reason);
    const body = JSON.stringify({ outcome: 'error', reason });
    this.answer = { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
  }
}

/** The variables of a post, form or JSON. Fails as `PostRefused`: 415 without a type, 406 for one that is neither, 400 for what cannot be read. */
export function postedVariables({ headers, body }: EndpointRequest): unknown {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === '') throw new PostRefused(415, 'Content-Type header is required');
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  if (type !== 'application/json')
    throw new PostRefused(406, `MIME type in Content-Type header is not supported: ${type}`);
  const read = jsonOf(body);
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  throw new PostRefused(400, 'Body does not contain a JSON object');
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The caller says so.
    return undefined;
  }
}
