import { describe, expect, it } from 'vitest';
import { appointmentRecord, jobRecord } from '../testing/records.ts';
import { crmNotes, newNotes, textKeyOf } from './crm-note.ts';
import { writeNote } from './write-note.ts';

const job = { _id: 'job-1', org: 'org-1' };
const now = new Date(0);
const read = (note: string, metadata: Record<string, string> = { lead_id: '1' }) =>
  crmNotes(job, [{ note, metadata }], now);

describe("the CRM's notes", () => {
  it('are the same note when read again, whatever the order of what the CRM says of it', () => {
    const [one] = read('Six windows', { a: '1', b: '2' });
    const [two] = read('Six windows', { b: '2', a: '1' });
    expect(one?._id).toBe(two?._id);
    expect(newNotes([...read('x'), ...read('x')], [])).toHaveLength(1);
  });

  it('are another note when the text, the appointment or the job is another', () => {
    const ids = [
      read('a'),
      read('b'),
      read('a', { lead_id: '2' }),
      crmNotes({ ...job, _id: 'job-2' }, [{ note: 'a', metadata: { lead_id: '1' } }], now),
    ];
    expect(new Set(ids.map(([note]) => note?._id)).size).toBe(4);
  });

  it('are none when blank', () => {
    expect(read(' \n ')).toEqual([]);
  });

  it("are no news when held, or when they are OCC's own words coming back", () => {
    const [note] = read('Six windows');
    if (note === undefined) throw new Error('a note was read');
    expect(newNotes([note], [note])).toEqual([]);
    expect(newNotes([note], [{ _id: 'other', text_key: note.text_key, origin: 'occ' }])).toEqual([]);
    expect(newNotes([note], [{ _id: 'other', text_key: note.text_key, origin: 'crm' }])).toEqual([note]);
    expect(textKeyOf('job-1', 'one\r\ntwo ')).toBe(textKeyOf('job-1', 'one\ntwo'));
  });
});

describe('given a job with an appointment', () => {
  it('when a person writes a note, it is kept with its event inside', () => {
    const state = { id: 'note-1', job: jobRecord(), appointment: appointmentRecord(), member: 'mem-1' };
    const note = writeNote({ note: 'Bring samples' }, state, { now: 1_000, eventId: 'evt-1', traceparent: undefined });
    expect(note).toMatchObject({
      origin: 'occ',
      written_by: 'mem-1',
      appointment: 'apt-1',
      crm: { status: 'pending' },
    });
    expect(note.outbox?.[0]?.event).toMatchObject({
      attributes: { type: 'occ.note.added.v1', id: 'evt-1', connectionid: 'con-1' },
      data: { note_id: 'note-1', note: 'Bring samples', appointment_external_id: 'a-1001' },
    });
  });
});
