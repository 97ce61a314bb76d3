import type { FieldDefinition, ObjectDefinition } from '../definition.ts';
import { OWNER_FIELD } from '../system-fields.ts';

export const STAFF: ObjectDefinition = {
  name: 'i360core__Staff__c',
  label: 'Staff',
  labelPlural: 'Staff',
  keyPrefix: 'a0T',
  fields: [
    { name: 'Name', type: 'string', label: 'Staff Name', length: 80, required: true },
    OWNER_FIELD,
    { name: 'i360core__Email__c', type: 'email', length: 80 },
    { name: 'i360core__Active__c', type: 'boolean', default: true },
  ],
};

export const ADDRESS: ObjectDefinition = {
  name: 'i360core__Address__c',
  label: 'Address',
  labelPlural: 'Addresses',
  keyPrefix: 'a0A',
  fields: [
    { name: 'Name', type: 'string', autoNumber: 'AD-' },
    parent('Account', 'Account', 'Addresses'),
    { name: 'i360core__Street__c', type: 'string', required: true },
    { name: 'i360core__City__c', type: 'string', length: 80 },
    { name: 'i360core__State__c', type: 'string', length: 80 },
    { name: 'i360core__Zip__c', type: 'string', length: 20, required: true },
  ],
};

export const SALES_OPPORTUNITY: ObjectDefinition = {
  name: 'i360core__Sales_Opportunity__c',
  label: 'Sales Opportunity',
  labelPlural: 'Sales Opportunities',
  keyPrefix: 'a0O',
  fields: [
    { name: 'Name', type: 'string', label: 'Sales Opportunity Number', autoNumber: 'SO-' },
    OWNER_FIELD,
    parent('Account', 'Account', 'Sales_Opportunities'),
    { name: 'i360core__Interested_In__c', type: 'string', length: 80 },
    {
      name: 'i360core__Result__c',
      type: 'picklist',
      picklist: {
        restricted: true,
        entries: [
          { value: 'Open' },
          { value: 'Pending' },
          { value: 'Quoted' },
          { value: 'Follow-up' },
          { value: 'Rehash' },
          { value: 'Credit Pending' },
          { value: 'Not Pitched' },
          { value: 'Canceled' },
          { value: 'Sold' },
          { value: 'Not Sold' },
        ],
      },
    },
    {
      name: 'i360core__Result_Detail__c',
      type: 'picklist',
      picklist: {
        restricted: true,
        controller: 'i360core__Result__c',
        entries: [
          { value: 'Cash', validFor: ['Sold'] },
          { value: 'Financed', validFor: ['Sold', 'Credit Pending'] },
          { value: 'Price', validFor: ['Not Sold'] },
          { value: 'Competitor', validFor: ['Not Sold'] },
          { value: 'Later, not now', validFor: ['Not Sold', 'Follow-up'] },
          { value: 'No Authority', validFor: ['Not Sold', 'Not Pitched', 'Rehash'] },
        ],
      },
    },
  ],
};

export const SALES_APPOINTMENT_OPPORTUNITY: ObjectDefinition = {
  name: 'i360core__Sales_Appointment_Opportunity__c',
  label: 'Sales Appointment Opportunity',
  keyPrefix: 'a0J',
  fields: [
    { name: 'Name', type: 'string', autoNumber: 'SAO-' },
    {
      ...parent('Sales_Appointment', 'i360core__Sales_Appointment__c', 'Sales_Appointment_Opportunities', true),
      required: true,
    },
    parent('Sales_Opportunity', 'i360core__Sales_Opportunity__c', 'Sales_Appointment_Opportunities', true),
  ],
};

export const SALE: ObjectDefinition = {
  name: 'i360core__Sale__c',
  label: 'Sale',
  keyPrefix: 'a0L',
  recordTypes: ['Sale', 'Cancelled Sale'],
  fields: [
    { name: 'Name', type: 'string', label: 'Sale Number', autoNumber: 'SL-' },
    OWNER_FIELD,
    parent('Account', 'Account', 'Sales'),
    parent('Sales_Opportunity', 'i360core__Sales_Opportunity__c', 'Sales'),
    { name: 'i360core__Sold_On__c', type: 'datetime' },
    { name: 'i360core__Product_Categories__c', type: 'string' },
  ],
};

function parent(name: string, to: string, children: string, cascade = false): FieldDefinition {
  return {
    name: `i360core__${name}__c`,
    type: 'reference',
    reference: { to: [to], relationship: `i360core__${name}__r`, children: `i360core__${children}__r`, cascade },
  };
}
