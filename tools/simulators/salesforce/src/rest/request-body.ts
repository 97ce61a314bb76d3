import type { IncomingMessage } from 'node:http';
import type { RequestBody } from './received-body.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { multipartBody } from './multipart-body.ts';
import { parsedJson } from './parsed-json.ts';

/** Most that a JSON body may hold: 50 MB of base64 and its fields. */
const LARGEST_JSON = 51 * 1024 ** 2;

/** Reads the body of a call. Throws the vendor's refusal for what it cannot read. */
export async function requestBody(request: IncomingMessage, fileLimit: number): Promise<RequestBody> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(type)) return multipartBody(request, fileLimit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_JSON) chunks.push(chunk);
  }
  if (size > LARGEST_JSON) throw new SalesforceError('REQUEST_TOO_LARGE', 'Request body too large', { status: 413 });
  if (size === 0) return { body: undefined, upload: undefined };
  if (!/^application\/json\b/i.test(type)) {
    throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', `Content type '${type}' is not supported.`, { status: 415 });
  }
  return { body: parsedJson(Buffer.concat(chunks).toString('utf8')), upload: undefined };
}
