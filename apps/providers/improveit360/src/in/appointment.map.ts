import { Address, Appointment, Job, SalesOpportunity } from '@occ-hub/contracts';
import { emailList, identity, joined, mapping, rowsOver, text, textOr } from '@occ-hub/mapping';
import { z } from 'zod';
import { PlacedAppointment, SfOpportunity } from '../records.ts';
import { endTime, startTime } from './date-time.ts';
import { phoneList } from './phone-list.ts';
import { nameAndCategories, nameCategoriesAndType } from './title.ts';

const { absent, fixed, from, list, nested, setting, together } = rowsOver(PlacedAppointment);
const ofOpportunity = rowsOver(SfOpportunity);
const vendor = { from: PlacedAppointment };

// prettier-ignore
const address = mapping({ title: 'job address', ...vendor, to: Address }, {
  // OCC field     improveit360 field               conversion   note
  line_1:      from('i360core__Street_Address__c',  text),
  line_2:      fixed('',                                         'not used'),
  city:        from('i360core__City__c',            text),
  state:       from('i360core__State_Province__c',  text,        'differs from seed: its "app." is a slip'),
  postal_code: from('i360core__Zip_Postal_Code__c', text),
});

const ofJob = z.object({ i360_lightning_account: z.string(), i360_lightning_salesrep_id: z.string() });
// prettier-ignore
const jobMetadata = mapping({ title: 'metadata of job', ...vendor, to: ofJob }, {
  i360_lightning_account:     from('i360core__Account__c',     text),
  i360_lightning_salesrep_id: from('i360core__Sales_Rep_1__c', text),
});

// prettier-ignore
export const jobFromAppointment = mapping({ title: 'job', ...vendor, to: Job }, {
  external_id:   from('job_of',                                                       identity,          'the first appointment of the account at this address: several appointments are one job'),
  customer_name: from('i360core__Contact_Name__c',                                    text),
  name:          together(['i360core__Contact_Name__c', 'i360core__Product_Categories__c'], nameAndCategories,                     'differs from seed: its missing dot is a slip; several categories are joined by a comma, and no separator stands alone'),
  email:         together(['i360core__Contact_Email__c'],                             emailList),
  lead_source:   fixed('',                                                                               'there is no mapping'),
  address:       nested(address),
  phones:        together(['i360core__Contact_Phone__c', 'Contact_Phone__c'],         phoneList,         'differs from seed: it leaves the prefix out, the hub reads whichever the company has; the number is all behind the first colon'),
  notes:         fixed([],                                                                               'not used'),
  metadata:      nested(jobMetadata),
});

// prettier-ignore
const opportunity = mapping({ title: 'sales opportunity', from: SfOpportunity, to: SalesOpportunity }, {
  id:            ofOpportunity.from('Id',                                             identity),
  name:          ofOpportunity.together(['i360core__Interested_In__c', 'Name'],       joined(': ')),
  result:        ofOpportunity.from('i360core__Result__c',                            text),
  result_detail: ofOpportunity.from('i360core__Result_Detail__c',                     text),
});

const ofAppointment = z.object({ improveit360_appointment_id: z.string() });
// prettier-ignore
const appointmentMetadata = mapping({ title: 'metadata of appointment', ...vendor, to: ofAppointment }, {
  improveit360_appointment_id: from('Id', identity),
});

// prettier-ignore
export const appointmentFromAppointment = mapping({ title: 'appointment', ...vendor, to: Appointment }, {
  external_id:         from('Id',                                                     identity),
  job_external_id:     from('job_of',                                                 identity),
  crm_user_id:         from('i360core__Sales_Rep_1__c',                               textOr('unassigned'), 'differs from seed: its "i360__" is a slip; User.crm_id of the first sales rep'),
  summary:             together(['i360core__Contact_Name__c', 'i360core__Product_Categories__c', 'i360core__Type__c'], nameCategoriesAndType, 'differs from seed: several categories are joined by a comma, and no separator stands alone'),
  notes:               fixed('',                                                                         'not used'),
  start_time:          from('i360core__Appointment_Date_Time__c',                     startTime),
  end_time:            together(['i360core__Appointment_Date_Time__c', 'i360core__Appointment_End_Date_Time__c'], endTime, 'differs from seed: where the end is missing or not after the start, two hours after it'),
  time_zone:           setting('timeZone'),
  sales_opportunities: list('i360core__Sales_Appointment_Opportunities__r',           opportunity),
  lead_log_number:     absent('improveit360 names no number of a lead source'),
  metadata:            nested(appointmentMetadata),
});
