import type { Note } from '@occ-hub/contracts';
import { idOf } from '../store/id-of.ts';
import type { NoteRecord } from './note.ts';

/** The key of a text within a job. Line ends and outer blanks differ between systems and make no difference here. */
export function textKeyOf(job: string, text: string): string {
  return idOf('text', [job, text.replaceAll('\r\n', '\n').trim()]);
}

/**
 * Notes of a job as the CRM has them now, as records. A note's identity is its text with what the CRM says of it (its
 * metadata, which names the appointment): the same reading makes the same `_id` and is no second note, and a changed
 * text is a new note beside the old one, so nothing that a rep has read disappears. Blank notes are none.
 */
export function crmNotes(job: { _id: string; org: string }, notes: readonly Note[], now: Date): readonly NoteRecord[] {
  return notes
    .filter(({ note }) => note.trim() !== '')
    .map(({ note, metadata }) => {
      const key = textKeyOf(job._id, note);
      const said = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        _id: idOf('note', [key, JSON.stringify(said)]),
        org: job.org,
        job: job._id,
        note,
        text_key: key,
        origin: 'crm' as const,
        metadata,
        created_at: now,
      };
    });
}

/** Of the CRM's notes those that are news: not held, and not OCC's own words coming back. */
export function newNotes(
  read: readonly NoteRecord[],
  held: readonly Pick<NoteRecord, '_id' | 'text_key' | 'origin'>[],
): readonly NoteRecord[] {
  const ids = new Set(held.map(({ _id }) => _id));
  const ours = new Set(held.filter(({ origin }) => origin === 'occ').map(({ text_key }) => text_key));
  const fresh = new Map<string, NoteRecord>();
  for (const note of read) if (!ids.has(note._id) && !ours.has(note.text_key)) fresh.set(note._id, note);
  return [...fresh.values()];
}
