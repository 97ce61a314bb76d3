import type { AppointmentRow } from '../../data/appointment.ts';
import type { Action } from '../action.ts';
import type { Params } from '../request-body.ts';
import { result } from '../answers.ts';
import { text, whole } from '../request-body.ts';

/** Customers/UpdateProspectInfo: overwrites what is sent of a prospect, blanks included, on all of its appointments. */
export const updateProspectInfo: Action = {
  controller: 'Customers',
  name: 'UpdateProspectInfo',
  body: 'form',
  column: 'custnumber',
  run: ({ company, params }) => {
    const number = whole(params, 'custnumber');
    const visits = [...company.calendar.all()].filter((visit) => visit.cstId === number);
    if (visits.length === 0) return result(false, `Error: prospect ${text(params, 'custnumber') ?? ''} was not found`);
    for (const visit of visits) {
      Object.assign(visit.row, changes(params, visit.row));
      company.calendar.touched(visit);
    }
    return result(true, 'Prospect updated');
  },
};

function changes(params: Params, row: AppointmentRow): Partial<AppointmentRow> {
  const names = [text(params, 'firstname'), text(params, 'lastname')];
  const place = [text(params, 'city'), text(params, 'state'), text(params, 'zip')];
  const changed: Partial<AppointmentRow> = {};
  if (names.some((part) => part !== undefined)) changed.CustName = names.filter(Boolean).join(' ');
  if (place.some((part) => part !== undefined)) {
    const [city = '', state = '', zip = ''] = place;
    changed.CSZ = `${city}, ${state} ${zip}`.trim();
  }
  changed.Address1 = text(params, 'address1') ?? row.Address1;
  changed.Phone = text(params, 'phone') ?? row.Phone;
  changed.email = text(params, 'email') ?? row.email;
  return changed;
}
