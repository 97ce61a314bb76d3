import { type DayWindow, days, defineSource } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import { LpAppointment, PlacedAppointment } from '../records.ts';
import type { Settings } from '../settings.ts';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';

const words = (...values: unknown[]) =>
  values.map((value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );

/** Blank, or a year that databases put where there is no date (1899, 1900, 1). Any other text must be a date that can be read. */
const noDate = /^\s*($|[01]\d{3}-)/;

/** Appointments of two days ago to thirty days ahead, every quarter of an hour (seed 000). */
export const appointments = defineSource<
  LeadPerfectionClient,
  Settings,
  DayWindow,
  typeof LpAppointment,
  typeof PlacedAppointment
>({
  name: 'appointments',
  schedule: '5,20,35,50 * * * *',
  window: days({ before: 2, after: 30 }),
  async *read(client, window) {
    for await (const rows of client.appointments(window)) yield { rows };
  },
  record: LpAppointment,
  label: (raw) =>
    String((raw as { ID?: unknown; id?: unknown } | null)?.ID ?? (raw as { id?: unknown } | null)?.id ?? '(no id)'),
  id: (row) => String(row.ID),
  rep: (row) => ({ id: String(row.slr_id ?? ''), name: String(row.SalesRepName ?? '') }),
  slice: (row) => String(row.ApptDate ?? '').slice(0, 10) || 'no date',
  // LeadPerfection names no customer in its appointments: the same household and product in one pull is one job.
  sameJob: (row) => {
    const [name, address] = words(row.CustName, row.Address1);
    return name && address ? words(row.CustName, row.Address1, row.CSZ, row.ProductID).join('|') : undefined;
  },
  placed: PlacedAppointment,
  job: jobFromAppointment,
  appointment: appointmentFromAppointment,
  withoutAppointment: (row) =>
    noDate.test(String(row.ApptDate ?? '')) ? 'It has no date: the job is made without an appointment.' : undefined,
});
