import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { found } from '../store/found.ts';
import { InJob } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { JobStore } from '../jobs/job.store.ts';
import { findTarget } from '../jobs/target.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { NoteView, noteView } from './note.ts';
import type { NoteStore } from './note.store.ts';
import { WriteNote, writeNote } from './write-note.ts';

const tag = 'Notes';

export interface NoteRouteParts {
  readonly jobs: JobStore;
  readonly appointments: AppointmentStore;
  readonly notes: NoteStore;
  readonly occasion: () => Occasion;
  readonly wake: () => void;
}

export function noteRoutes(parts: NoteRouteParts): readonly Route[] {
  const { jobs, notes, occasion, wake } = parts;
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/jobs/{job}/notes',
      tag,
      summary: 'Notes of a job, newest first: those of the CRM and those written in OCC',
      access: ['org-user', 'org-admin'],
      params: InJob,
      query: PageQuery,
      replies: { 200: pageShape(NoteView) },
      handle: async ({ params: { org, job }, query }) => {
        found(await jobs.find(org, job), 'job');
        return { status: 200, body: mapPage(await notes.list(job, query), noteView) };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/jobs/{job}/notes',
      tag,
      summary: 'Write a note; it goes to the CRM',
      access: ['org-user', 'org-admin'],
      creates: true,
      params: InJob,
      body: WriteNote,
      replies: { 201: NoteView },
      handle: async ({ params, body, caller, newId }) => {
        const target = await findTarget(parts, { ...params, appointment: body.appointment });
        const state = { ...target, id: newId('note'), member: caller.member };
        const note = await notes.add(writeNote(body, state, occasion()));
        wake();
        return { status: 201, body: noteView(note) };
      },
    }),
  ];
}
