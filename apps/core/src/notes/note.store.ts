import { createJoinedWrites, duplicatesOf } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { createOutboxStore } from '../outbox/outbox.store.ts';
import { createCrmStatusStore } from '../settled/crm-status.store.ts';
import { collection } from '../store/collection.ts';
import { otherRequest } from '../store/other-request.ts';
import { pageOf } from '../store/page-of.ts';
import type { Page, PageQuery } from '../store/page.ts';
import { newNotes } from './crm-note.ts';
import type { NoteRecord } from './note.ts';

export type NoteStore = ReturnType<typeof createNoteStore>;

const chunkSize = 500;

export function createNoteStore(connection: Connection) {
  const notes = collection<NoteRecord>(connection, {
    name: 'notes',
    indexes: [
      [{ job: 1, created_at: 1, _id: 1 }],
      [{ text_key: 1 }],
      [{ 'crm.event_id': 1 }, { sparse: true }],
      [{ 'outbox.at': 1 }, { sparse: true }],
    ],
  });
  const inserts = createJoinedWrites<{ note: NoteRecord; isNew: boolean }>(async (group) => {
    const documents = group.map(({ note }) => note) as never;
    const taken = await notes.collection.insertMany(documents, { ordered: false }).then(() => [], duplicatesOf);
    for (const index of taken) group[index]!.isNew = false;
  });
  return {
    outbox: createOutboxStore('notes', notes),
    crm: createCrmStatusStore(notes),
    /**
     * The note and its event in one write; notes that come together are one command. A repeat of the same command finds
     * the note it made. Throws HubError(rejected) when an Idempotency-Key of an earlier note is used for another one.
     */
    async add(note: NoteRecord): Promise<NoteRecord> {
      const written = { note, isNew: true };
      await inserts.add(written);
      if (written.isNew) return note;
      const made = await notes.findById(note._id).lean<NoteRecord>();
      if (made?.text_key === note.text_key) return made;
      throw otherRequest();
    },
    /** Keeps what the CRM's notes bring that is new; answers how many. */
    async addFromCrm(read: readonly NoteRecord[]): Promise<number> {
      let added = 0;
      for (let start = 0; start < read.length; start += chunkSize) {
        const chunk = read.slice(start, start + chunkSize);
        const keys = [...new Set(chunk.map(({ text_key }) => text_key))];
        const held = await notes
          .find({ text_key: { $in: keys } }, { text_key: 1, origin: 1 })
          .lean<Pick<NoteRecord, '_id' | 'text_key' | 'origin'>[]>();
        const fresh = newNotes(chunk, held);
        if (fresh.length === 0) continue;
        const taken = await notes.collection
          .insertMany(fresh as never, { ordered: false })
          .then(() => [], duplicatesOf);
        added += fresh.length - taken.length;
      }
      return added;
    },
    async list(job: string, page: PageQuery): Promise<Page<NoteRecord>> {
      return pageOf(notes, { job }, { by: 'created_at', direction: 'newest-first', ...page });
    },
  };
}
