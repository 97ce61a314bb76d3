import { z } from 'zod';
import type { AppointmentRecord } from '../appointments/appointment.ts';
import { AppointmentView } from '../appointments/appointment.ts';
import { appointmentViews, type ViewParts } from '../appointments/appointment-views.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { DocumentView, documentView } from '../documents/document.ts';
import type { DocumentStore } from '../documents/document.store.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { found } from '../store/found.ts';
import { InJob, InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { LeadView } from '../leads/lead.ts';
import { leadOfJob, type LeadViewParts } from '../leads/lead-views.ts';
import { NoteView, noteView } from '../notes/note.ts';
import type { NoteStore } from '../notes/note.store.ts';
import { assignedMembers } from '../user-links/assigned-members.ts';
import { JobView, jobView } from './job.ts';
import type { JobStore } from './job.store.ts';

const tag = 'Jobs';

const JobDetail = JobView.extend({
  appointments: z.array(AppointmentView).describe('Also those that the CRM has deleted'),
  notes: z.array(NoteView).describe('The newest hundred'),
  documents: z.array(DocumentView).describe('The newest hundred'),
  lead: LeadView.optional().describe('The newest lead that became one of the appointments'),
});

export interface JobRouteParts extends ViewParts, LeadViewParts {
  readonly jobs: JobStore;
  readonly appointments: AppointmentStore;
  readonly notes: NoteStore;
  readonly documents: DocumentStore;
}

export function jobRoutes(parts: JobRouteParts): readonly Route[] {
  const { jobs, appointments, notes, documents } = parts;
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/jobs',
      tag,
      summary: 'Jobs, newest first',
      access: ['org-user', 'org-admin'],
      params: InOrg,
      query: PageQuery.extend({
        search: z.string().trim().min(1).max(100).optional().describe("In the customer's or the job's name"),
      }),
      replies: { 200: pageShape(JobView) },
      handle: async ({ params: { org }, query }) => {
        const { items, ...rest } = await jobs.list(org, query);
        const newest = newestByJob(await appointments.ofJobs(items.map(({ _id }) => _id)));
        const assigned = await assignedMembers(parts, org, [...newest.values()]);
        return {
          status: 200,
          body: { ...rest, items: items.map((job) => jobView(job, assigned(newest.get(job._id)))) },
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/jobs/{job}',
      tag,
      summary: 'One job with its appointments, notes and documents',
      access: ['org-user', 'org-admin'],
      params: InJob,
      replies: { 200: JobDetail },
      handle: async ({ params: { org, job: id } }) => {
        const job = found(await jobs.find(org, id), 'job');
        const [own, noted, signed] = await Promise.all([
          appointments.ofJobs([id]),
          notes.list(id, { limit: 100 }),
          documents.list(id, { limit: 100 }),
        ]);
        const lead = await leadOfJob(parts, org, own);
        const newest = newestByJob(own).get(id);
        const assigned = await assignedMembers(parts, org, newest === undefined ? [] : [newest]);
        return {
          status: 200,
          body: {
            ...jobView(job, assigned(newest)),
            appointments: await appointmentViews(parts, org, own),
            notes: noted.items.map(noteView),
            documents: signed.items.map(documentView),
            ...(lead === undefined ? {} : { lead }),
          },
        };
      },
    }),
  ];
}

function newestByJob(appointments: readonly AppointmentRecord[]): ReadonlyMap<string, AppointmentRecord> {
  // Sorted by time: a later one takes the place of an earlier one.
  const there = appointments.filter(({ removed_at }) => !removed_at);
  return new Map(there.map((appointment) => [appointment.job, appointment]));
}
