import type { ObjectDefinition } from '../definition.ts';
import { OWNER_FIELD } from '../system-fields.ts';

const RAN = ['Ran'];
const RAN_OR_NOT = ['Ran', 'Not Ran'];

/** Eleven statuses, so that the bits of the details lie beyond the first byte. */
export const SALES_APPOINTMENT: ObjectDefinition = {
  name: 'i360core__Sales_Appointment__c',
  label: 'Sales Appointment',
  keyPrefix: 'a0S',
  fields: [
    { name: 'Name', type: 'string', label: 'Sales Appointment Number', autoNumber: 'SA-' },
    OWNER_FIELD,
    lookup('Sales_Rep_1', 'i360core__Staff__c', 'Sales_Appointments'),
    lookup('Sales_Rep_2', 'i360core__Staff__c'),
    lookup('Account', 'Account', 'Sales_Appointments'),
    lookup('Contact', 'Contact', 'Sales_Appointments'),
    lookup('Address', 'i360core__Address__c', 'Sales_Appointments'),
    { name: 'i360core__Contact_Name__c', type: 'string', formula: ['i360core__Contact__r.Name'] },
    { name: 'i360core__Contact_Email__c', type: 'string', formula: ['i360core__Contact__r.Email'] },
    {
      name: 'i360core__Contact_Phone__c',
      type: 'string',
      length: 1300,
      formula: ['i360core__Contact__r.i360core__Phone_Numbers__c', 'i360core__Account__r.Phone'],
    },
    { name: 'i360core__Street_Address__c', type: 'string', formula: ['i360core__Address__r.i360core__Street__c'] },
    { name: 'i360core__City__c', type: 'string', formula: ['i360core__Address__r.i360core__City__c'] },
    { name: 'i360core__State_Province__c', type: 'string', formula: ['i360core__Address__r.i360core__State__c'] },
    { name: 'i360core__Zip_Postal_Code__c', type: 'string', formula: ['i360core__Address__r.i360core__Zip__c'] },
    {
      name: 'i360core__Product_Categories__c',
      type: 'multipicklist',
      picklist: { restricted: false, entries: ['Windows', 'Doors', 'Siding', 'Roofing', 'Gutters', 'Bath'].map(entry) },
    },
    {
      name: 'i360core__Type__c',
      type: 'picklist',
      picklist: { restricted: false, entries: ['First Visit', 'Second Visit', 'Rehash', 'Virtual'].map(entry) },
    },
    { name: 'i360core__Appointment_Date_Time__c', type: 'datetime' },
    { name: 'i360core__Appointment_End_Date_Time__c', type: 'datetime' },
    { name: 'i360core__Confirmed_On__c', type: 'date' },
    { name: 'i360core__Comments__c', type: 'textarea', length: 32_000 },
    {
      name: 'i360core__Status__c',
      type: 'picklist',
      picklist: {
        restricted: true,
        entries: [
          { value: 'Scheduled', default: true },
          { value: 'Confirmed' },
          { value: 'Unconfirmed' },
          { value: 'Issued' },
          { value: 'En Route', label: 'On the way' },
          { value: 'Rescheduled' },
          { value: 'On Hold' },
          { value: 'Needs Rehash' },
          { value: 'Canceled' },
          { value: 'Ran' },
          { value: 'Not Ran' },
        ],
      },
    },
    {
      name: 'i360core__Status_Detail__c',
      type: 'picklist',
      picklist: {
        restricted: true,
        controller: 'i360core__Status__c',
        entries: [
          { value: 'Sold', validFor: RAN },
          { value: 'Demoed, Not Sold', validFor: RAN },
          { value: 'Follow-up', validFor: RAN },
          { value: 'No Show', validFor: RAN_OR_NOT },
          { value: 'Not Demoed', validFor: RAN_OR_NOT },
          { value: 'One Leg', validFor: RAN_OR_NOT },
          { value: 'Canceled', validFor: ['Canceled', 'Not Ran'] },
          { value: 'Customer asked', validFor: ['Rescheduled', 'On Hold', 'Canceled'] },
        ],
      },
    },
  ],
};

function lookup(name: string, to: string, children?: string): ObjectDefinition['fields'][number] {
  const list = children === undefined ? {} : { children: `i360core__${children}__r` };
  return {
    name: `i360core__${name}__c`,
    type: 'reference',
    reference: { to: [to], relationship: `i360core__${name}__r`, ...list },
  };
}

function entry(value: string): { value: string } {
  return { value };
}
