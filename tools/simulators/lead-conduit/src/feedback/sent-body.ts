import type { Request } from 'express';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Format } from './answer-format.ts';

/** What was sent: values of query and body in one, or why it cannot be read. */
export interface Sent {
  values: Record<string, unknown> | null;
  trouble: 'method' | 'no-type' | 'unknown-type' | 'broken' | null;
  methods: readonly string[];
}

export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

// Entities of a document's own making are not expanded; nobody needs them here.
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: true,
  ignoreDeclaration: true,
});

/** Reads a call whose body is at hand as text (`express.text`). */
export function readSent({ request, methods }: { request: Request; methods: readonly string[] }): Sent {
  const no = (trouble: Sent['trouble']): Sent => ({ values: null, trouble, methods });
  if (!methods.includes(request.method)) return no('method');
  const query = { ...request.query } as Record<string, unknown>;
  if (request.method === 'GET') return { values: query, trouble: null, methods };
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (!type) return no('no-type');
  const read = READERS[type];
  if (!read) return no('unknown-type');
  const body = read(typeof request.body === 'string' ? request.body : '');
  return body === null ? no('broken') : { values: { ...query, ...body }, trouble: null, methods };
}

/** The platform's answer to a call it cannot take; null when there is nothing wrong with it. */
export function refusalOf({ trouble, methods }: Sent, format: Format | null): Refusal | null {
  if (trouble === 'method') return { status: 405, headers: { Allow: methods.join(', ') }, body: 'Method not allowed.' };
  if (format === null)
    return { status: 406, headers: {}, body: 'Not capable of generating content according to the Accept header.' };
  if (trouble === 'no-type') return { status: 415, headers: {}, body: 'Content-Type header is required.' };
  if (trouble === 'unknown-type') return { status: 415, headers: {}, body: 'Content-Type must be form, JSON or XML.' };
  if (trouble === 'broken') return { status: 400, headers: {}, body: 'The body does not parse.' };
  return null;
}

type Reader = (text: string) => Record<string, unknown> | null;

const json: Reader = (text) => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
};

const form: Reader = (text) => Object.fromEntries(new URLSearchParams(text));

/** The fields of the one root element. */
const xml: Reader = (text) => {
  if (XMLValidator.validate(text) !== true) return null;
  const document = parser.parse(text) as Record<string, unknown>;
  const [root] = Object.values(document);
  return typeof root === 'object' && root !== null ? { ...root } : {};
};

const READERS: Readonly<Record<string, Reader>> = {
  'application/json': json,
  'text/json': json,
  'application/x-www-form-urlencoded': form,
  'application/xml': xml,
  'text/xml': xml,
};
