import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Upload, uploadCall } from './upload.ts';

const upload: Upload = {
  fields: { Title: 'Agreement', PathOnClient: 'Agreement.pdf', FirstPublishLocationId: 'a0S5e00000Appt1EAB' },
  ...{ fileName: 'Agreement.pdf', bytes: Buffer.from('%PDF-1.7 body'), boundary: 'occ-0123' },
};
const chunksOf = (given: Upload) => [...(uploadCall(given).body as Iterable<Uint8Array>)];
const bodyOf = (given: Upload) => Buffer.concat(chunksOf(given));

interface Part {
  readonly head: string;
  readonly body: Buffer;
}
/** The parts as a receiver finds them: by the boundary alone. */
function partsOf({ boundary, ...rest }: Upload): Part[] {
  const text = bodyOf({ boundary, ...rest }).toString('latin1');
  expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(text.endsWith(`\r\n--${boundary}--\r\n`)).toBe(true);
  return `\r\n${text}`
    .split(`\r\n--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const end = part.indexOf('\r\n\r\n');
      return { head: part.slice(2, end), body: Buffer.from(part.slice(end + 4), 'latin1') };
    });
}

describe('uploadCall', () => {
  it('puts the JSON part first, with its type and without a file name: with one it is refused', () => {
    const [json, file, ...more] = partsOf(upload);
    expect(json!.head.split('\r\n')).toEqual([
      ...['Content-Disposition: form-data; name="entity_content"', 'Content-Type: application/json'],
    ]);
    expect(JSON.parse(json!.body.toString())).toEqual(upload.fields);
    expect(file!.head.split('\r\n')).toEqual([
      'Content-Disposition: form-data; name="VersionData"; filename="Agreement.pdf"',
      'Content-Type: application/pdf',
    ]);
    expect(file!.body).toEqual(upload.bytes);
    expect(more).toEqual([]);
  });

  it('is a POST that writes, to be waited for longer than a small one', () => {
    expect(uploadCall(upload)).toMatchObject({ method: 'POST', writes: true, timeoutMs: 120_000 });
    expect(uploadCall(upload).headers).toMatchObject({
      'content-type': 'multipart/form-data; boundary=occ-0123',
      accept: 'application/json',
    });
  });

  it('says how long it is, and is so long, whatever letters the title has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 2000 }), (title, bytes) => {
        const given = { ...upload, fields: { Title: title }, fileName: `${title}.pdf`, bytes: Buffer.from(bytes) };
        expect(uploadCall(given).headers?.['content-length']).toBe(String(bodyOf(given).length));
      }),
    );
  });

  it.each([0, 1, 256 * 1024, 256 * 1024 + 1, 1_000_000])('carries a file of %i bytes unchanged', (size) => {
    const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, n) => (n * 31) % 256));
    const digest = (of: Buffer) => createHash('sha256').update(of).digest('hex');
    const given = { ...upload, bytes, boundary: `occ-${digest(bytes)}` };
    expect(digest(partsOf(given)[1]!.body)).toBe(digest(bytes));
  });

  it('goes out in pieces that are no copies of the file', () => {
    const bytes = Buffer.alloc(1_000_000, 7);
    const pieces = chunksOf({ ...upload, bytes }).slice(1, -1);
    expect(pieces.every((piece) => piece.length <= 256 * 1024)).toBe(true);
    expect(pieces.every((piece) => piece.buffer === bytes.buffer)).toBe(true);
  });

  it('can be gone through again, for it may be sent again with another token', () => {
    const body = uploadCall(upload).body as Iterable<Uint8Array>;
    expect(Buffer.concat([...body])).toEqual(Buffer.concat([...body]));
    expect([...body]).toHaveLength(3);
  });

  it('lets no title and no file name write a header or another part', () => {
    const hostile = fc.string({ unit: fc.constantFrom('\r', '\n', '"', '\\', '--', 'occ-0123', ': ', 'é', '🏠', 'a') });
    fc.assert(
      fc.property(hostile, hostile, (title, name) => {
        const given = { ...upload, fields: { Title: title }, fileName: name, boundary: 'occ-4567' };
        const [json, file, ...more] = partsOf(given);
        expect(JSON.parse(json!.body.toString())).toEqual({ Title: title });
        expect(file!.head).toMatch(/^Content-Disposition: form-data; name="VersionData"; filename="[\x20-\x7e]*"\r\n/);
        expect(file!.head.split('\r\n')).toHaveLength(2);
        expect(file!.head.match(/"/g)).toHaveLength(4);
        expect(more).toEqual([]);
      }),
    );
  });

  it('keeps all letters of the title in the JSON part, where the file name keeps what a header can hold', () => {
    const [json, file] = partsOf({ ...upload, fields: { Title: 'Vertrag „Zoë" 🏠' }, fileName: 'Vertrag „Zoë".pdf' });
    expect(JSON.parse(json!.body.toString('utf8'))).toEqual({ Title: 'Vertrag „Zoë" 🏠' });
    expect(file!.head).toContain('filename="Vertrag _Zo__.pdf"');
  });

  it('shows of itself names of fields and a size, no title and no word of the file', () => {
    const { shown } = uploadCall({ ...upload, fields: { Title: 'Dana Whitfield' }, bytes: Buffer.from('Dana') });
    expect(shown).toBe('Title (4 bytes)');
  });
});
