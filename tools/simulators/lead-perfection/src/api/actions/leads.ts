import type { Action, Call } from '../action.ts';
import { noSales } from '../../data/appointments.ts';
import { displayOf, parseDay } from '../../data/wall-clock.ts';
import { accepted, refused } from '../answers.ts';
import { text, whole } from '../request-body.ts';

/** Leads/SetAppointment: gives a lead without a future appointment a new one. Form only; JSON fails as a missing column. */
export const setAppointment: Action = {
  controller: 'Leads',
  name: 'SetAppointment',
  body: 'form',
  column: 'lds_id',
  run: (call) => {
    const ldsId = whole(call.params, 'lds_id');
    const day = parseDay(text(call.params, 'appt_date') ?? '');
    const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec((text(call.params, 'appt_time') ?? '').trim());
    if (!day || !time) return refused('Conversion failed when converting date and/or time from character string.');
    const visits = [...call.company.calendar.all()].filter((visit) => visit.ldsId === ldsId);
    const last = visits.at(-1);
    if (!last) return refused(`Lead ${text(call.params, 'lds_id') ?? ''} was not found.`, 'Lead not found');
    if (visits.some((visit) => visit.day >= call.company.clock.today())) {
      return refused('Lead already has a future appointment.', 'Appointment not set');
    }
    addVisit(call, last, { day, apptDate: `${day}T${(time[1] ?? '').padStart(2, '0')}:${time[2]}:00` });
    return accepted('Appointment set');
  },
};

type Visit = NonNullable<ReturnType<Call['company']['calendar']['get']>>;

function addVisit({ company }: Call, last: Visit, when: { day: string; apptDate: string }): void {
  const row = {
    ...last.row,
    ...noSales,
    ID: company.calendar.nextId,
    ApptDate: when.apptDate,
    ApptDateDisplay: displayOf(when.apptDate),
    PresNotes: null,
    Disposition: null,
    DispositionComments: null,
    CanUpdateIndicator: 'Y' as const,
    ApptStatusCode: 'I',
  };
  const fresh = { oddity: null, acknowledged: false, extra: {}, writes: [], writeCount: 0 };
  company.calendar.add({ ...last, ...fresh, row, day: when.day });
}
