import type { IncomingMessage } from 'node:http';

const LIMIT = 10 * 1024 * 1024;

/** A body as it came in. */
export type Body =
  | { kind: 'none' | 'too-large' | 'unsupported' | 'broken' }
  | { kind: 'form'; form: URLSearchParams }
  | { kind: 'json'; value: unknown };

/** Reads the whole body; what comes after the limit is thrown away as it arrives. Rejects when the caller goes away. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LIMIT) chunks.push(chunk);
  }
  if (size > LIMIT) return { kind: 'too-large' };
  if (size === 0) return { kind: 'none' };
  const text = Buffer.concat(chunks).toString('utf8');
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return { kind: 'form', form: new URLSearchParams(text) };
  // Every one of these is taken for every body, a plain POST included.
  if (!/^(text\/json|application\/(json|json-patch\+json|[\w.-]+\+json))$/.test(type)) return { kind: 'unsupported' };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'broken' };
  }
}
