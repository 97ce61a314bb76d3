import type { Appointment } from '../../data/appointment.ts';
import type { Action, Call } from '../action.ts';
import type { Answer } from '../answers.ts';
import { refused, UPDATED } from '../answers.ts';
import { text, whole } from '../request-body.ts';
import { readUpdate } from './update-fields.ts';

/** The three revisions differ only in the extra values they know; each later one knows those of the one before. */
export const updateSalesApptDetail = updateAction('UpdateSalesApptDetail', 1);
export const updateSalesApptDetail2 = updateAction('UpdateSalesApptDetail2', 2);
export const updateSalesApptDetail3 = updateAction('UpdateSalesApptDetail3', 3);

/** SalesApi/UpdateSalesAck: the rep has seen the lead. */
export const updateSalesAck: Action = {
  controller: 'SalesApi',
  name: 'UpdateSalesAck',
  body: 'form',
  column: 'issuedleadid',
  run: (call) => {
    const appointment = wanted(call);
    if ('status' in appointment) return appointment;
    appointment.acknowledged = true;
    noteWrite(call, appointment, { acknowledged: true });
    return UPDATED;
  },
};

function updateAction(name: string, revision: 1 | 2 | 3): Action {
  return { controller: 'SalesApi', name, body: 'form', column: 'issuedleadid', run: (call) => update(call, revision) };
}

/** Overwrites the result of an appointment. With the `overwrite` switch on, what is left out is cleared. */
function update(call: Call, revision: 1 | 2 | 3): Answer {
  const appointment = wanted(call);
  if ('status' in appointment) return appointment;
  if (appointment.row.CanUpdateIndicator === 'N') {
    return refused(`Issued lead ${appointment.row.ID} can no longer be updated.`);
  }
  const read = readUpdate(call, revision);
  if (typeof read === 'string') return refused(read);
  Object.assign(appointment.row, read.fields);
  Object.assign(appointment.extra, read.extra);
  call.company.calendar.touched(appointment);
  noteWrite(call, appointment, { ...read.fields, ...read.extra });
  return UPDATED;
}

function wanted(call: Call): Appointment | Answer {
  const given = text(call.params, 'issuedleadid');
  const id = whole(call.params, 'issuedleadid');
  if (given === undefined) return refused("Procedure expects parameter '@issuedleadid', which was not supplied.");
  const appointment = id === null ? undefined : call.company.calendar.get(id);
  return appointment ?? refused(`Issued lead ${given} was not found.`);
}

const WRITES_KEPT = 25;

/** Adds to the appointment's own history; the oldest entries give way. */
function noteWrite(call: Call, appointment: Appointment, changed: Record<string, unknown>): void {
  const at = new Date(call.company.machineNow()).toISOString();
  appointment.writes.push({ at, action: call.action, user: call.user, changed });
  if (appointment.writes.length > WRITES_KEPT) appointment.writes.shift();
  appointment.writeCount += 1;
}
