import type { VendorCall } from '@occ-hub/provider-kit';

export interface Upload {
  /** The fields of the ContentVersion. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Must not occur in the file: the caller takes a digest. */
  readonly boundary: string;
}

const chunk = 256 * 1024;

/**
 * A file as Salesforce takes it: the JSON part first and without a file name (with one it is refused), then the bytes.
 * Written by hand, for no form library sends a part with a type and no name; and in chunks, so that no second copy is made.
 */
export function uploadCall({ fields, fileName, bytes, boundary }: Upload): Omit<VendorCall, 'url'> {
  const head = Buffer.from(
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="entity_content"',
      'Content-Type: application/json',
      '',
      JSON.stringify(fields),
      `--${boundary}`,
      `Content-Disposition: form-data; name="VersionData"; filename="${asciiName(fileName)}"`,
      'Content-Type: application/pdf',
      '',
      '',
    ].join('\r\n'),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + bytes.length + tail.length),
      accept: 'application/json',
    },
    body: parts(head, bytes, tail),
    writes: true,
    timeoutMs: 120_000,
    shown: `${Object.keys(fields).join(', ')} (${bytes.length} bytes)`,
  };
}

/** Can be gone through more than once: a call is repeated with another token. */
function parts(head: Buffer, bytes: Buffer, tail: Buffer): Iterable<Uint8Array> {
  return {
    *[Symbol.iterator]() {
      yield head;
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
      yield tail;
    },
  };
}

/** A header holds ASCII; the title with all its letters is in the JSON part. */
function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\]/g, '_');
}
