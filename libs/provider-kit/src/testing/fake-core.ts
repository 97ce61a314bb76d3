import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Nats, answer } from '@occ-hub/bus';
import {
  type CrmUser,
  type DocumentReference,
  type Lookups,
  coreSubject,
  getDocument,
  keepCrmLists,
  keepCrmUsers,
  listUserLinks,
} from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';

/** Core as a provider meets it: links of users, and documents by id. */
export interface FakeCore {
  /** The CRM users with an active link, by connection. */
  link(connection: string, crmUserIds: Iterable<string | number>): void;
  /** Keeps a document and gives the reference that an event carries. */
  keep(document: { id: string; bytes: Buffer } & Partial<DocumentReference>): DocumentReference;
  /** Puts other bytes behind a kept document, or none at all (404). */
  replaceBytes(document: string, bytes: Buffer | undefined): void;
  /** What a run handed over, by connection. */
  readonly lists: ReadonlyMap<string, { readonly users: readonly CrmUser[]; readonly lookups: Lookups }>;
  /** How often bytes were fetched, by document. */
  readonly fetched: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Answers what providers ask core, and serves the bytes over HTTP. */
export async function startFakeCore(nats: Nats, subjectOf: (subject: string) => string): Promise<FakeCore> {
  const links = new Map<string, string[]>();
  const lists = new Map<string, { users: readonly CrmUser[]; lookups: Lookups }>();
  const coming = new Map<string, readonly CrmUser[]>();
  const references = new Map<string, DocumentReference>();
  const bytesOf = new Map<string, Buffer | undefined>();
  const fetched = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '');
    const bytes = bytesOf.get(id);
    fetched.set(id, (fetched.get(id) ?? 0) + 1);
    response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/pdf' }).end(bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answering = await Promise.all([
    answer(nats, {
      subject: subjectOf(coreSubject(listUserLinks)),
      command: listUserLinks,
      queue: 'core',
      handle: async ({ connection }) => ({ crm_user_ids: links.get(connection) ?? [] }),
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(keepCrmLists)),
      command: keepCrmLists,
      queue: 'core',
      handle: async ({ connection, reading, users, lookups }) => {
        lists.set(connection, { users: [...(coming.get(reading ?? '') ?? []), ...users], lookups });
        return { crm_user_ids: links.get(connection) ?? [] };
      },
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(keepCrmUsers)),
      command: keepCrmUsers,
      queue: 'core',
      handle: async ({ reading, from, users }) => {
        coming.set(reading, [...(coming.get(reading) ?? []).slice(0, from), ...users]);
        return {};
      },
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(getDocument)),
      command: getDocument,
      queue: 'core',
      handle: async ({ document: id }) => {
        const document = references.get(id);
        if (!document) throw new HubError({ kind: 'rejected', code: 'document.unknown', message: 'No such document.' });
        return { document, url: `${url}/documents/${encodeURIComponent(id)}` };
      },
    }),
  ]);
  return {
    link: (connection, ids) => void links.set(connection, [...ids].map(String)),
    keep({ id, bytes, ...facts }) {
      const reference: DocumentReference = {
        document_id: id,
        type: 'signed_agreement',
        title: 'Signed Agreement',
        content_type: 'application/pdf',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        ...facts,
      };
      references.set(id, reference);
      bytesOf.set(id, bytes);
      return reference;
    },
    replaceBytes: (document, bytes) => void bytesOf.set(document, bytes),
    lists,
    fetched,
    async stop() {
      await Promise.all(answering.map((each) => each.stop()));
      server.closeAllConnections();
      await new Promise<void>((closed) => void server.close(() => closed()));
    },
  };
}
