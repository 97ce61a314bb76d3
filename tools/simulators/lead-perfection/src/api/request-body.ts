import type { IncomingMessage } from 'node:http';

/** Parameters by lower-case name: ASP.NET matches names in any case. The last of a repeated name wins. */
export type Params = ReadonlyMap<string, unknown>;

/** A read body. `kind` is what the sender called it; `none` is an empty body. */
export type Body =
  { kind: 'form' | 'json' | 'none'; params: Params } | { kind: 'broken' | 'unsupported' | 'too-large' };

/** Reads the whole body, up to `limit` bytes; what comes after the limit is thrown away as it arrives. */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      if (size > limit) resolve('too-large');
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the caller went away while sending')));
  });
}

export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const bytes = await readBytes(request, limit);
  if (bytes === 'too-large') return { kind: 'too-large' };
  if (bytes.length === 0) return { kind: 'none', params: new Map() };
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return { kind: 'form', params: formParams(bytes) };
  if (type === 'application/json' || type === 'text/json') return jsonBody(bytes);
  return { kind: 'unsupported' };
}

function formParams(bytes: Buffer): Params {
  const params = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) params.set(name.toLowerCase(), value);
  return params;
}

function jsonBody(bytes: Buffer): Body {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'broken' };
    return { kind: 'json', params: new Map(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one])) };
  } catch {
    return { kind: 'broken' };
  }
}

/** A parameter as text; undefined when it was left out. A sent null counts as blank, as form senders mean it. */
export function text(params: Params, name: string): string | undefined {
  const value = params.get(name.toLowerCase());
  if (value === undefined) return undefined;
  return value === null ? '' : String(value);
}

/** A parameter as a whole number; null when it is missing or anything else. */
export function whole(params: Params, name: string): number | null {
  const value = text(params, name)?.trim() ?? '';
  return /^-?\d{1,15}$/.test(value) ? Number(value) : null;
}
