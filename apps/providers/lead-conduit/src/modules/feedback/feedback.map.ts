import { mapping, rowsOver } from '@occ-hub/mapping';
import { words } from '../conversions.ts';
import { Callback } from './callback.ts';
import { FeedbackFields, number, truth } from './fields.ts';

const { from } = rowsOver(Callback);

// prettier-ignore
export const feedbackFields = mapping({ title: 'feedback', from: Callback, to: FeedbackFields }, {
  // LeadConduit     LeadPerfection                  conversion  note
  type:              from('type',                    words,      'then by the table of rules'),
  reason:            from('reason',                  words,      'then by the table of rules'),
  error_msg:         from('error_msg',               words),
  prospectid:        from('ProspectID',              words),
  eventid:           from('EventID',                 words,      "in the body or in the address's query"),
  leadnumber:        from('LeadNumber',              words),
  lognumber:         from('LogNumber',               words),
  firstname:         from('FirstName',               words),
  lastname:          from('LastName',                words),
  address1:          from('Address1',                words),
  city:              from('City',                    words),
  state:             from('State',                   words),
  zip:               from('Zip',                     words),
  phone:             from('Phone',                   words),
  email:             from('Email',                   words),
  datereceived:      from('DateReceived',            words),
  entrydate:         from('EntryDate',               words),
  salesrep:          from('SalesRep',                words),
  setter:            from('Setter',                  words),
  prod:              from('Prod',                    words),
  source:            from('Source',                  words),
  subsource:         from('SubSource',               words),
  srs_id:            from('SRS_ID',                  words,      'text: leading zeros stay'),
  dispo:             from('Dispo',                   words),
  callscount:        from('CallsCount',              number),
  apptdate:          from('ApptDate',                words,      "the company's wall clock, as given"),
  everset:           from('EverSet',                 truth),
  evergrossissue:    from('EverGrossIssue',          truth),
  everdemo:          from('EverDemo',                truth),
  sold:              from('Sold',                    truth),
  gross:             from('Gross',                   number),
  primaryjobstatus:  from('PrimaryJobStatus',        words),
  method:            from('Method',                  words),
  ikr_id:            from('ikr_id',                  words),
  ikrdescr:          from('ikrdescr',                words),
  inq_id:            from('inq_id',                  words),
  rectype:           from('RecType',                 words),
});
