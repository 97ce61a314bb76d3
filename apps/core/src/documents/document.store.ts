import { isDuplicateKey } from '@occ-hub/store';
import type { Readable, Writable } from 'node:stream';
import { type Connection, mongo } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { createOutboxStore } from '../outbox/outbox.store.ts';
import { createCrmStatusStore } from '../settled/crm-status.store.ts';
import { collection } from '../store/collection.ts';
import { otherRequest } from '../store/other-request.ts';
import { pageOf } from '../store/page-of.ts';
import type { DocumentRecord } from './document.ts';

/** A file being written: pipe into `stream`; `discard` removes what was written of it. */
export interface NewFile {
  readonly file: string;
  readonly stream: Writable;
  discard(): Promise<void>;
}

export type DocumentStore = ReturnType<typeof createDocumentStore>;

export function createDocumentStore(connection: Connection) {
  const documents = collection<DocumentRecord>(connection, {
    name: 'documents',
    indexes: [
      [{ job: 1, created_at: 1, _id: 1 }],
      [{ file: 1 }],
      [{ 'crm.event_id': 1 }, { sparse: true }],
      [{ 'outbox.at': 1 }, { sparse: true }],
    ],
  });
  const bucket = () => {
    if (connection.db === undefined) throw new mongo.MongoNotConnectedError('The store is not connected');
    return new mongo.GridFSBucket(connection.db, { bucketName: 'document_files', chunkSizeBytes: 1_048_576 });
  };
  return {
    outbox: createOutboxStore('documents', documents),
    crm: createCrmStatusStore(documents),
    newFile(document: string): NewFile {
      const stream = bucket().openUploadStream(document);
      return {
        file: stream.id.toHexString(),
        stream,
        // A stream that ended is deleted as a file, one that did not is aborted with its chunks.
        discard: async () => {
          if (stream.writableFinished) await bucket().delete(stream.id);
          else await stream.abort();
        },
      };
    },
    openFile(record: DocumentRecord): Readable {
      return bucket().openDownloadStream(new mongo.ObjectId(record.file));
    },
    /** The document and its event in one write; its bytes are there before. `made` is false for a repeat. */
    async add(document: DocumentRecord): Promise<{ document: DocumentRecord; made: boolean }> {
      try {
        await documents.collection.insertOne(document as never);
        return { document, made: true };
      } catch (error) {
        const held = isDuplicateKey(error) ? await documents.findById(document._id).lean<DocumentRecord>() : null;
        if (held === null) throw error;
        if (held.sha256 !== document.sha256) throw otherRequest();
        return { document: held, made: false };
      }
    },
    async find(org: string, id: string): Promise<DocumentRecord | null> {
      return documents.findOne({ _id: id, org }).lean<DocumentRecord>();
    },
    /** For the holder of a token for this very document: its org was asked when the token was made. */
    async findForToken(id: string): Promise<DocumentRecord | null> {
      return documents.findById(id).lean<DocumentRecord>();
    },
    async list(job: string, page: PageQuery): Promise<Page<DocumentRecord>> {
      return pageOf(documents, { job }, { by: 'created_at', direction: 'newest-first', ...page });
    },
    /**
     * Removes bytes that no document names: uploads that a crash cut between bytes and record. Looks at files begun in
     * the window and answers how many it removed.
     */
    async sweepFiles(window: { from: Date; to: Date }): Promise<number> {
      const [from, to] = [objectIdAt(window.from), objectIdAt(window.to)];
      const chunks = connection.collection('document_files.chunks');
      const begun = await chunks
        .find({ files_id: { $gte: from, $lt: to }, n: 0 }, { projection: { files_id: 1 } })
        .toArray();
      const files = begun.map((chunk) => String(chunk['files_id']));
      const named = await documents.find({ file: { $in: files } }, { file: 1 }).lean<DocumentRecord[]>();
      const kept = new Set(named.map(({ file }) => file));
      const orphans = files.filter((file) => !kept.has(file)).map((file) => new mongo.ObjectId(file));
      if (orphans.length === 0) return 0;
      await connection.collection('document_files.files').deleteMany({ _id: { $in: orphans } });
      await chunks.deleteMany({ files_id: { $in: orphans } });
      return orphans.length;
    },
  };
}

function objectIdAt(date: Date): mongo.ObjectId {
  return mongo.ObjectId.createFromTime(Math.floor(date.getTime() / 1000));
}
