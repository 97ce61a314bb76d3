import type { Sent } from './lead-fields.ts';

/** A posted body: its text and, where it could be read, its parameters. */
export type PostedBody = { raw: string; sent: Sent } | { raw: string; sent: null; trouble: 'broken' | 'unsupported' };

const SECRETS = new Set(['txtpassword', 'password']);

export function readJson(bytes: Buffer, contentType: string): PostedBody {
  const raw = bytes.toString('utf8');
  if (!/^(application|text)\/json$/.test(mimeOf(contentType))) return { raw, sent: null, trouble: 'unsupported' };
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { raw, sent: null, trouble: 'broken' };
    }
    const sent = new Map<string, string>();
    for (const [name, one] of Object.entries(value)) sent.set(name.toLowerCase(), asText(one));
    return { raw, sent };
  } catch {
    return { raw, sent: null, trouble: 'broken' };
  }
}

/** A classic page takes its parameters from the query and the body alike; the body wins. */
export function readForm(bytes: Buffer, query: string): { raw: string; sent: Sent } {
  const sent = new Map<string, string>();
  const body = bytes.toString('utf8');
  for (const text of [query, body]) {
    for (const [name, value] of new URLSearchParams(text)) sent.set(name.toLowerCase(), value);
  }
  return { raw: maskedForm(body.length > 0 ? body : query), sent };
}

/** What may be kept and shown of the parameters. */
export function maskedSent(sent: Sent): Map<string, string> {
  return new Map([...sent].map(([name, value]) => [name, SECRETS.has(name) ? '•••' : value]));
}

function maskedForm(text: string): string {
  return text.replace(/(^|&)((?:txt)?password)=[^&]*/gi, '$1$2=•••');
}

function mimeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
