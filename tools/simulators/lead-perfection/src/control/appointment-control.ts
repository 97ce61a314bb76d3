import { ControlError } from '@occ-hub/simulator-stage';
import type { Appointment, AppointmentRow } from '../data/appointment.ts';
import type { Company } from '../company/company.ts';
import { inventVisit } from '../data/appointments.ts';
import { inventHousehold } from '../data/households.ts';
import { listHashes } from '../data/lookups.ts';
import { dayOf, displayOf } from '../data/wall-clock.ts';

/** What the office can do to its appointments behind the API's back. Every result is a copy. */
export interface AppointmentControl {
  /** Every appointment, by day; only those of one rep or between two days (`YYYY-MM-DD`, included) when asked. */
  appointments(filter?: { from?: string; to?: string; slrId?: number | string | null }): Appointment[];
  /** One appointment with its history of writes; throws when nobody knows the id. */
  appointment(id: number): Appointment;
  /** Adds an appointment with the given fields; the rest is invented. Returns it with its new id. */
  add(fields?: Partial<Omit<AppointmentRow, 'ID'>>): Appointment;
  /** Takes an appointment off the calendar, as a cancelled or re-issued lead. */
  remove(id: number): void;
  /** Moves an appointment to another wall time, `YYYY-MM-DDTHH:MM[:SS]`. */
  move(id: number, apptDate: string): Appointment;
  /** Gives an appointment to another rep; the name follows from the user list, null for a rep it does not know. */
  assign(id: number, slrId: number | string | null): Appointment;
  /** Changes any printed fields. A new ApptDate with a real day also moves the appointment to that day. */
  change(id: number, fields: Partial<Omit<AppointmentRow, 'ID'>>): Appointment;
}

export function appointmentControl(company: Company): AppointmentControl {
  const wanted = (id: number): Appointment => {
    const found = company.calendar.get(Number(id));
    if (!found) throw new ControlError(404, `The simulator has no appointment ${id}.`);
    return found;
  };
  const change: AppointmentControl['change'] = (id, fields) => {
    const appointment = wanted(id);
    checkFields(appointment.row, fields);
    Object.assign(appointment.row, fields);
    if ('ApptDate' in fields && !('ApptDateDisplay' in fields)) {
      appointment.row.ApptDateDisplay = displayOf(appointment.row.ApptDate);
    }
    const day = 'ApptDate' in fields ? dayOf(appointment.row.ApptDate) : null;
    if (day && day !== appointment.day) company.calendar.refile(appointment, day);
    else company.calendar.touched(appointment);
    return structuredClone(appointment);
  };
  return {
    appointments: (filter = {}) =>
      company.calendar
        .between(filter.from ?? '0000', filter.to ?? '9999')
        .filter((one) => filter.slrId === undefined || String(one.row.slr_id) === String(filter.slrId))
        .map((one) => structuredClone(one)),
    appointment: (id) => structuredClone(wanted(id)),
    add: (fields = {}) => add(company, fields),
    remove: (id) => company.calendar.remove(wanted(id)),
    move: (id, apptDate) => {
      if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(apptDate) || !dayOf(apptDate)) {
        throw new ControlError(400, `"${apptDate}" is not a wall time such as 2026-03-09T14:00:00.`);
      }
      return change(id, { ApptDate: apptDate.length === 16 ? `${apptDate}:00` : apptDate });
    },
    assign: (id, slrId) => {
      const rep = company.lookups.reps.find((one) => String(one.slrId) === String(slrId));
      return change(id, { slr_id: rep ? rep.slrId : slrId, SalesRepName: rep?.name ?? null });
    },
    change,
  };
}

function add(company: Company, fields: Partial<Omit<AppointmentRow, 'ID'>>): Appointment {
  const id = company.calendar.nextId;
  const { random, lookups, clock } = company;
  const plan = { random, lookups, today: clock.today(), count: company.calendar.size, hashes: listHashes(lookups) };
  const day = dayOf(fields.ApptDate ?? null) ?? plan.today;
  const visit = inventVisit(plan, {
    household: inventHousehold(random, id),
    rep: random.pick(lookups.reps),
    day,
    time: '14:00:00',
  });
  checkFields(visit.row, fields);
  const row: AppointmentRow = { ...visit.row, ...fields, ID: id };
  if (!('ApptDateDisplay' in fields)) row.ApptDateDisplay = displayOf(row.ApptDate);
  const appointment: Appointment = { ...visit, row };
  company.calendar.add(appointment);
  return structuredClone(appointment);
}

function checkFields(row: AppointmentRow, fields: object): void {
  const unknown = Object.keys(fields).filter((field) => !(field in row) || field === 'ID');
  if (unknown.length > 0) {
    throw new ControlError(
      400,
      `An appointment row has no changeable field ${unknown.map((f) => `"${f}"`).join(', ')}.`,
    );
  }
}
