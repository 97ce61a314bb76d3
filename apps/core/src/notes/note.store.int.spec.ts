import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { NoteRecord } from './note.ts';
import { type NoteStore, createNoteStore } from './note.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let notes: NoteStore;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  notes = createNoteStore(opened.store);
});
afterAll(() => opened.forget());

const note = (id: string, text: string): NoteRecord => ({
  _id: id,
  org: 'org-1',
  job: 'job-1',
  note: text,
  text_key: `key of ${text}`,
  origin: 'occ',
  metadata: {},
  written_by: 'mem-1',
  created_at: new Date(0),
});

describe('adding a note', () => {
  it('keeps all that come together, each once, and gives a repeat the note that it made', async () => {
    const many = Array.from({ length: 50 }, (_, n) => note(`note-${n}`, `text ${n}`));
    await Promise.all([...many, ...many].map((each) => notes.add(each)));
    expect((await notes.list('job-1', { limit: 100 })).items).toHaveLength(50);
    expect((await notes.add(note('note-7', 'text 7'))).note).toBe('text 7');
  });

  it('refuses another text under the id of a note, instead of dropping it silently', async () => {
    await expect(notes.add(note('note-8', 'something else'))).rejects.toMatchObject({
      kind: 'rejected',
      code: 'core.idempotency.other-request',
    });
  });
});
