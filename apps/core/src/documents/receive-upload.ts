import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '@occ-hub/errors';
import { HttpProblem } from '@occ-hub/service';
import busboy from 'busboy';
import type { NewFile } from './document.store.ts';

/** Bytes that are stored, with what was measured while they passed. */
export interface Received {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
}

export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: Received;
  /** Removes the bytes again: for an upload that came to nothing. */
  discard(): Promise<void>;
}

export const maxFileBytes = 25 * 1_048_576;
const magic = Buffer.from('%PDF-');

/**
 * Reads a form with one `file`, streaming the bytes to where `open` says. Never holds the file in memory. Refuses what is
 * no form (415), what is larger than 25 MiB (413) and what is no PDF (422), and leaves no bytes behind then.
 */
export async function receiveUpload(request: IncomingMessage, open: () => NewFile): Promise<Upload> {
  const parser = parserFor(request);
  const fields: Record<string, string> = {};
  let storing: Promise<Stored> | undefined;
  parser.on('field', (name, value) => void (fields[name] = value));
  const read = new Promise<void>((resolve, reject) => {
    parser.on('file', (name, bytes) => {
      if (name !== 'file' || storing !== undefined) return void bytes.resume();
      storing = store(bytes, open());
      storing.catch(reject);
    });
    parser.once('close', resolve);
    parser.once('error', (cause) => reject(unreadable(cause)));
    request.once('close', () => request.complete || reject(cutOff()));
  });
  try {
    request.pipe(parser);
    await read;
    if (storing === undefined) throw noFile();
    const stored = await storing;
    return { fields, file: stored.received, discard: stored.discard };
  } catch (error) {
    // The rest is read and dropped, so that the client hears the answer instead of a broken connection.
    request.unpipe(parser);
    request.resume();
    parser.destroy();
    await storing?.then((stored) => stored.discard()).catch(() => undefined);
    throw error;
  }
}

interface Stored {
  readonly received: Received;
  discard(): Promise<void>;
}

async function store(bytes: Readable & { truncated?: boolean }, file: NewFile): Promise<Stored> {
  const discard = () => file.discard().catch(() => undefined);
  try {
    const measure = measuring();
    await pipeline(bytes, measure.pass, file.stream);
    if (bytes.truncated === true) throw tooLarge();
    return { received: { file: file.file, ...measure.result() }, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Passes bytes on while it counts and hashes them; throws on the first bytes of what is no PDF. */
function measuring() {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  return {
    async *pass(source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        if (head.length < magic.length) {
          head = Buffer.concat([head, chunk.subarray(0, magic.length - head.length)]);
          if (!magic.subarray(0, head.length).equals(head)) throw noPdf();
        }
        size += chunk.length;
        hash.update(chunk);
        yield chunk;
      }
      if (head.length < magic.length) throw noPdf();
    },
    result: () => ({ size, sha256: hash.digest('hex') }),
  };
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxFileBytes + 100_000) throw tooLarge();
  try {
    const limits = { files: 1, fields: 10, fieldSize: 10_000, fileSize: maxFileBytes, parts: 12 };
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new HttpProblem({
      status: 415,
      code: 'core.document.form',
      message: 'Send a multipart/form-data form with the fields type and title and the part file.',
    });
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'core.document.too-large',
    message: 'The file is larger than 25 MiB. Make it smaller and send it again.',
    headers: { connection: 'close' },
  });
}

function noPdf(): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.document.no-pdf',
    message: 'The file is no PDF (it does not begin with %PDF-). Send the signed PDF.',
    fields: [{ pointer: '/file', message: 'no PDF' }],
  });
}

function noFile(): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.document.no-file',
    message: 'The form has no part named file. Add the signed PDF under that name.',
    fields: [{ pointer: '/file', message: 'missing' }],
  });
}

function unreadable(cause: unknown): HttpProblem {
  const detail = cause instanceof Error ? 'It ends too early or its parts are malformed.' : '';
  return new HttpProblem({
    status: 400,
    code: 'core.document.form',
    message: `The form cannot be read. ${detail}`.trim(),
  });
}

function cutOff(): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'core.document.cut-off',
    message: 'The upload was cut off. Send it again.',
  });
}
