import type { InboundRequest } from '../../platform/contract.ts';
import { HttpError } from '../../platform/http-error.ts';
import { unflatten } from '../../platform/paths.ts';
import { readXml } from './xml.ts';
import { formatFor, headerOf } from './reply.ts';

type Sent = Record<string, unknown>;

/** Stops at once, with a line of plain text that says what is wrong with the request. */
function refuse(status: number, says: string, headers: Readonly<Record<string, string>> = {}): HttpError {
  const type = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': String(Buffer.byteLength(says)) };
  return new HttpError(status, { ...headers, ...type }, says);
}

/**
 * Every key and value of a request: what the body says first, then the query of the address. GET and POST are taken; form,
 * JSON and XML. Throws `HttpError` 405, 406, 415 or 400 as LeadConduit's own default module does.
 */
export function keysIn(req: InboundRequest): [string, unknown][] {
  const method = req.method.toUpperCase();
  if (method !== 'GET' && method !== 'POST') {
    throw refuse(405, 'Feedback is sent by GET or POST.', { Allow: 'GET, POST' });
  }
  if (formatFor(req) === undefined) throw refuse(406, 'The answer can be application/json or text/xml.');
  const query = unflatten(new URLSearchParams(req.uri.split('#')[0]!.split('?').slice(1).join('?')));
  const body = method === 'POST' ? unwrapped(bodyOf(req)) : {};
  return [...Object.entries(body), ...Object.entries(query)];
}

const readers: Readonly<Record<string, (body: string) => Sent | undefined>> = {
  'application/x-www-form-urlencoded': (body) => unflatten(new URLSearchParams(body)),
  'application/json': readJson,
  'application/xml': readXml,
  'text/xml': readXml,
};

function bodyOf(req: InboundRequest): Sent {
  const declared = headerOf(req, 'content-type');
  if (declared === '') throw refuse(415, 'A POST must say what it holds: Content-Type is missing.');
  const type = declared.split(';')[0]!.trim().toLowerCase();
  const read = Object.hasOwn(readers, type) ? readers[type]! : undefined;
  if (read === undefined) throw refuse(406, `Feedback can be ${Object.keys(readers).join(', ')}.`);
  const sent = read(req.body ?? '');
  if (sent === undefined) throw refuse(400, `The body cannot be read as ${type}.`);
  return sent;
}

/** JSON with line breaks inside its texts is common; the second try leaves them out. */
function readJson(body: string): Sent | undefined {
  for (const text of [body.replace(/^\uFEFF/, ''), body.replace(/[\r\n\t\uFEFF]/g, '')]) {
    try {
      const read: unknown = JSON.parse(text);
      return isSent(read) ? read : undefined;
    } catch {
      // The next text, or nothing: the caller answers 400.
    }
  }
  return undefined;
}

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `<feedback>` and the like around everything say nothing. An envelope with a body around that has two more. */
function unwrapped(sent: Sent): Sent {
  let inner = sent;
  for (let level = 0; level < 3; level += 1) {
    const values = Object.values(inner);
    if (values.length !== 1 || !isSent(values[0])) break;
    inner = values[0];
  }
  return inner;
}
