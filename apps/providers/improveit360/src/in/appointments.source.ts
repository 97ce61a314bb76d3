import { type ChangeWindow, changes, defineSource } from '@occ-hub/provider-kit';
import type { Improveit360Client } from '../client.ts';
import { PlacedAppointment, SfAppointment } from '../records.ts';
import type { Settings } from '../settings.ts';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';
import { pullAppointments } from './pull.ts';

const words = (...values: unknown[]) =>
  values.map((value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );

const startOf = (row: SfAppointment) => String(row.i360core__Appointment_Date_Time__c ?? '').trim();

/** Appointments of linked users that changed, every quarter of an hour: 29 days back at most, with 5 minutes of overlap (seed 002). */
export const appointments = defineSource<
  Improveit360Client,
  Settings,
  ChangeWindow,
  typeof SfAppointment,
  typeof PlacedAppointment
>({
  name: 'appointments',
  schedule: '7,22,37,52 * * * *',
  // The night of the United States.
  window: changes({ days: 29, overlapMinutes: 5, fullPass: '0 8 * * *' }),
  listsFirst: true,
  vendorNow: (client) => client.now(),
  read: pullAppointments,
  record: SfAppointment,
  label: (raw) => String((raw as { Id?: unknown } | null)?.Id ?? '(no id)'),
  id: (row) => row.Id,
  rep: (row) => ({ id: row.i360core__Sales_Rep_1__c ?? '', name: '' }),
  stamp: (row) => row.SystemModstamp,
  slice: (row) => startOf(row).slice(0, 10) || 'no date',
  // One account can have several houses.
  sameJob: (row) => {
    const [account, street] = words(row.i360core__Account__c, row.i360core__Street_Address__c);
    return account && street ? [account, street, ...words(row.i360core__Zip_Postal_Code__c)].join('|') : undefined;
  },
  placed: PlacedAppointment,
  job: jobFromAppointment,
  appointment: appointmentFromAppointment,
  withoutAppointment: (row) => (startOf(row) ? undefined : 'It has no start: the job is made without an appointment.'),
});
