import { createHash } from 'node:crypto';
import type { DocumentReference } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { request } from 'undici';

/** Fetches a document's bytes from core and checks them against the reference. Fails as `transient`, or `unreadable` when the bytes are not those. */
export async function fetchDocument(url: string, reference: DocumentReference): Promise<Buffer> {
  const bytes = await download(url);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest === reference.sha256 && bytes.length === reference.size) return bytes;
  throw new HubError({
    kind: 'unreadable',
    code: 'document.digest-mismatch',
    message: 'The document in OCC is not the one that was signed: its digest differs. Nothing was sent.',
  });
}

async function download(url: string): Promise<Buffer> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: 10_000, bodyTimeout: 30_000 });
    if (statusCode === 200) return Buffer.from(await body.arrayBuffer());
    await body.dump();
    throw away(`it answered ${statusCode}`);
  } catch (error) {
    throw error instanceof HubError ? error : away('it cannot be reached', error);
  }
}

function away(why: string, cause?: unknown): HubError {
  const message = `The document could not be fetched from OCC core: ${why}. The hub tries again by itself.`;
  return new HubError({ kind: 'transient', code: 'document.unavailable', message, cause });
}
