import { Address, Appointment, Job, Note, Phone } from '@occ-hub/contracts';
import {
  emailList,
  identity,
  joined,
  localDateTime,
  localDateTimePlus,
  mapping,
  rowsOver,
  text,
  textOr,
} from '@occ-hub/mapping';
import { z } from 'zod';
import { PlacedAppointment } from '../records.ts';
import { cszCity, cszPostalCode, cszState } from './csz.ts';
import { logNumberIn } from './log-number.ts';

const { each, fixed, from, nested, setting, together } = rowsOver(PlacedAppointment);
const vendor = { from: PlacedAppointment };

// prettier-ignore
const address = mapping({ title: 'job address', ...vendor, to: Address }, {
  // OCC field     LeadPerfection field   conversion       note
  line_1:      from('Address1',           text),
  line_2:      fixed('',                                   'not used'),
  city:        from('CSZ',                cszCity),
  state:       from('CSZ',                cszState),
  postal_code: from('CSZ',                cszPostalCode),
});

// prettier-ignore
const phone = mapping({ title: 'job phone', ...vendor, to: Phone }, {
  name:        fixed('Phone'),
  number:      from('Phone',              text),
});

// prettier-ignore
const altPhone1 = mapping({ title: 'job phone (alternate 1)', ...vendor, to: Phone }, {
  name:        from('AltPhone1Type',      textOr('Alternate')),
  number:      from('AltPhone1',          text),
});

// prettier-ignore
const altPhone2 = mapping({ title: 'job phone (alternate 2)', ...vendor, to: Phone }, {
  name:        from('AltPhone2Type',      textOr('Alternate')),
  number:      from('AltPhone2',          text),
});

const ofAppointment = z.object({ lead_perfection_id: z.string() });
// prettier-ignore
const appointmentMetadata = mapping({ title: 'metadata of appointment and note', ...vendor, to: ofAppointment }, {
  lead_perfection_id: from('ID',          identity),
});

// prettier-ignore
const note = mapping({ title: 'note', ...vendor, to: Note }, {
  note:        from('Notes',              text),
  metadata:    nested(appointmentMetadata),
});

const ofJob = z.object({ lead_perferction_id: z.string(), lead_perfection_salesperson: z.string() });
// prettier-ignore
const jobMetadata = mapping({ title: 'metadata of job', ...vendor, to: ofJob }, {
  lead_perferction_id:         from('job_of',       identity, 'differs from seed: Appointment.id of the first appointment of the job; spelt as OCC spells it'),
  lead_perfection_salesperson: from('SalesRepName', text),
});

// prettier-ignore
export const jobFromAppointment = mapping({ title: 'job', ...vendor, to: Job }, {
  external_id:   from('job_of',                       identity,     'the first appointment of the household: several appointments are one job'),
  customer_name: from('CustName',                     text),
  name:          together(['CustName', 'ProductID'],  joined(': ')),
  email:         together(['email', 'email2'],        emailList),
  lead_source:   together(['Source', 'SubSource'],    joined(': ')),
  metadata:      nested(jobMetadata),
  address:       nested(address),
  phones:        each([phone, altPhone1, altPhone2],  'number',     'those that are there'),
  notes:         each([note],                         'note'),
});

// prettier-ignore
export const appointmentFromAppointment = mapping({ title: 'appointment', ...vendor, to: Appointment }, {
  external_id:     from('ID',        identity),
  job_external_id: from('job_of',    identity),
  crm_user_id:     from('slr_id',    identity,                        'User.key'),
  summary:         fixed('',                                          'not used'),
  notes:           from('Notes',     text),
  start_time:      from('ApptDate',  localDateTime),
  end_time:        from('ApptDate',  localDateTimePlus({ hours: 2 }), 'start_time + 2 hours on the wall clock'),
  time_zone:       setting('timeZone'),
  sales_opportunities: fixed([],                                      'LeadPerfection has none'),
  lead_log_number: from('Notes',     logNumberIn,                     'where the office lets its notes name it; assumed'),
  metadata:        nested(appointmentMetadata),
});
