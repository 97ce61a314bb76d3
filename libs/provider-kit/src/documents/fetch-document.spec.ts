import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DocumentReference } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchDocument } from './fetch-document.ts';

const bytes = Buffer.from('%PDF-1.7 signed');
const reference: DocumentReference = {
  ...{ document_id: 'doc-1', type: 'signed_agreement', title: 'Agreement', content_type: 'application/pdf' },
  ...{ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
};

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(({ url: path }, response) => {
    if (path === '/whole') response.end(bytes);
    else if (path === '/forged') response.end('%PDF-1.7 forged');
    else if (path === '/cut')
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    else response.writeHead(path === '/gone' ? 404 : 503).end('<html>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const failure = async (path: string) => {
  const error: unknown = await fetchDocument(path.startsWith('http') ? path : url + path, reference).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? [error.kind, error.code] : error;
};

describe('fetchDocument', () => {
  it('gives the bytes that the reference names', async () => {
    expect((await fetchDocument(`${url}/whole`, reference)).equals(bytes)).toBe(true);
  });

  it('refuses other bytes: nothing must be sent that was not signed', async () => {
    expect(await failure('/forged')).toEqual(['unreadable', 'document.digest-mismatch']);
  });

  it.each(['/gone', '/failing', '/cut', 'http://127.0.0.1:1/whole'])('takes %s for an outage of core', async (path) => {
    expect(await failure(path)).toEqual(['transient', 'document.unavailable']);
  });
});
