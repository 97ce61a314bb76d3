import { Address, Appointment, Job, Note } from '@occ-hub/contracts';
import { identity, localDateTime, localDateTimePlus, mapping, rowsOver, text } from '@occ-hub/mapping';
import { z } from 'zod';
import type { DayWindow } from '../poll/days.ts';
import { type ChangeWindow, changes, days } from '../poll/window.ts';
import { type Page, type Source, defineSource } from '../source.ts';

const fields = {
  id: z.union([z.string(), z.number()]),
  rep: z.string(),
  name: z.string(),
  household: z.string().optional(),
  at: z.string().nullable(),
  note: z.string().nullish(),
};

/** A visit as an invented CRM prints it. */
export const Visit = z.object(fields);
export type Visit = z.output<typeof Visit>;
const Placed = z.object({ ...fields, job_of: z.string() });

const { absent, each, fixed, from, setting } = rowsOver(Placed);
const address = mapping(
  { title: 'address', from: Placed, to: Address },
  { line_1: fixed(''), line_2: fixed(''), city: fixed(''), state: fixed(''), postal_code: fixed('') },
);
const note = mapping({ title: 'note', from: Placed, to: Note }, { note: from('note', text), metadata: fixed({}) });
const job = mapping(
  { title: 'job', from: Placed, to: Job },
  {
    external_id: from('job_of', identity),
    customer_name: from('name', text),
    name: from('name', text),
    email: fixed(''),
    lead_source: fixed(''),
    metadata: fixed({}),
    address: rowsOver(Placed).nested(address),
    phones: fixed([]),
    notes: each([note], 'note'),
  },
);
const appointment = mapping(
  { title: 'appointment', from: Placed, to: Appointment },
  {
    external_id: from('id', identity),
    job_external_id: from('job_of', identity),
    crm_user_id: from('rep', identity),
    summary: fixed(''),
    notes: from('note', text),
    start_time: from('at', localDateTime),
    end_time: from('at', localDateTimePlus({ hours: 2 })),
    time_zone: setting('timeZone'),
    sales_opportunities: fixed([]),
    lead_log_number: absent('It has no leads.'),
    metadata: fixed({}),
  },
);

/** What reads the visits of the invented CRM: pages, or an error in the place of one. */
export interface VisitClient {
  pages(): AsyncIterable<readonly unknown[]>;
}

/** What every source over the invented CRM says of its records. */
const visitFacts = {
  record: Visit,
  label: (raw: unknown) => String((raw as { id?: unknown } | null)?.id ?? '(no id)'),
  id: (visit: Visit) => String(visit.id),
  rep: (visit: Visit) => ({ id: visit.rep, name: `Rep ${visit.rep}` }),
  slice: (visit: Visit) => visit.at?.slice(0, 10) ?? 'no date',
  sameJob: (visit: Visit) => visit.household,
  placed: Placed,
  job,
  appointment,
  withoutAppointment: (visit: Visit) => (visit.at === null ? 'It has no date.' : undefined),
};

/** A source over the invented CRM: the same days every run. */
export const visits: Source<VisitClient, unknown> = defineSource<
  VisitClient,
  unknown,
  DayWindow,
  typeof Visit,
  typeof Placed
>({
  name: 'visits',
  schedule: '*/15 * * * *',
  window: days({ before: 1, after: 7 }),
  async *read(client) {
    for await (const rows of client.pages()) yield { rows };
  },
  ...visitFacts,
});

/** What reads changes of the invented CRM, by its own clock. */
export interface ChangedVisitClient {
  readonly now: number;
  changes(window: ChangeWindow): AsyncIterable<Page>;
}

/** A source over the invented CRM: what changed since the last run, lists before records. */
export const changedVisits: Source<ChangedVisitClient, unknown> = defineSource<
  ChangedVisitClient,
  unknown,
  ChangeWindow,
  typeof Visit,
  typeof Placed
>({
  name: 'changed-visits',
  schedule: '*/15 * * * *',
  window: changes({ days: 29, overlapMinutes: 10, fullPass: '30 8 * * *' }),
  listsFirst: true,
  vendorNow: (client) => client.now,
  read: (client, window) => client.changes(window),
  // Its notes stand for a stamp.
  stamp: (visit) => visit.note ?? '',
  ...visitFacts,
});

/** A visit of a linked rep, changed as a test needs it. */
export function aVisit(id: number, changes: Partial<Visit> = {}): Visit {
  return { id, rep: 'r1', name: 'Pat Moreno', at: '2026-03-09T14:00:00', note: 'Six windows', ...changes };
}
