import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { RequestBody } from './received-body.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { parsedJson } from './parsed-json.ts';

const LARGEST_FIELDS = 1024 ** 2;
const BINARY_PART = 'versiondata';

/**
 * Reads the fields and the content of an upload, in either order. The fields are the part that has no file name: without
 * such a part the vendor refuses the call. Rejects when the body ends too early.
 */
export async function multipartBody(request: IncomingMessage, fileLimit: number): Promise<RequestBody> {
  const parser = parserFor(request);
  let fields: string | undefined;
  let upload: Buffer | undefined;
  let tooLarge = false;
  const contents: Promise<void>[] = [];
  parser.on('field', (_, value) => {
    fields ??= value;
  });
  parser.on('file', (name, stream) => {
    contents.push(
      collected(stream, fileLimit).then((content) => {
        if (content === undefined) tooLarge = true;
        else if (name.toLowerCase() === BINARY_PART) upload = content;
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    parser.once('close', resolve);
    parser.once('error', reject);
    request.once('aborted', () => reject(new Error('The caller went away.')));
    request.pipe(parser);
  }).catch((error: unknown) => {
    request.unpipe(parser);
    request.resume();
    throw unreadable(error);
  });
  await Promise.all(contents);
  if (tooLarge) throw new SalesforceError('REQUEST_TOO_LARGE', 'The file is too large.', { status: 413 });
  if (fields === undefined) {
    throw new SalesforceError('INVALID_MULTIPART_REQUEST', 'Multipart message must include a non-binary part');
  }
  return { body: parsedJson(fields), upload };
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { fieldSize: LARGEST_FIELDS } });
  } catch (error) {
    throw unreadable(error);
  }
}

/** Undefined when there are more bytes than allowed; the rest is read and dropped. */
async function collected(stream: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

function unreadable(error: unknown): SalesforceError {
  const reason = error instanceof Error ? error.message : 'unreadable';
  return new SalesforceError('INVALID_MULTIPART_REQUEST', `Multipart message could not be read: ${reason}`);
}
