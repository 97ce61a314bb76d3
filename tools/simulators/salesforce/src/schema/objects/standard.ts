import type { ObjectDefinition } from '../definition.ts';
import { OWNER_FIELD } from '../system-fields.ts';

export const ACCOUNT: ObjectDefinition = {
  name: 'Account',
  label: 'Account',
  keyPrefix: '001',
  recordTypes: ['Customer', 'Vendor'],
  fields: [
    { name: 'Name', type: 'string', label: 'Account Name', required: true },
    OWNER_FIELD,
    { name: 'Phone', type: 'phone', label: 'Account Phone', length: 40 },
    { name: 'Website', type: 'url' },
    { name: 'Description', type: 'textarea', label: 'Account Description', length: 32_000 },
    {
      name: 'Type',
      type: 'picklist',
      label: 'Account Type',
      picklist: { restricted: false, entries: [{ value: 'Customer' }, { value: 'Prospect' }, { value: 'Vendor' }] },
    },
    { name: 'NumberOfEmployees', type: 'int', label: 'Employees' },
    { name: 'AnnualRevenue', type: 'currency', label: 'Annual Revenue' },
    { name: 'ExternalKey__c', type: 'string', label: 'External Key', length: 80, externalId: true },
  ],
};

export const CONTACT: ObjectDefinition = {
  name: 'Contact',
  label: 'Contact',
  keyPrefix: '003',
  fields: [
    { name: 'FirstName', type: 'string', label: 'First Name', length: 40 },
    { name: 'LastName', type: 'string', label: 'Last Name', length: 80, required: true },
    { name: 'Name', type: 'string', label: 'Full Name', length: 121, joined: ['FirstName', 'LastName'] },
    OWNER_FIELD,
    {
      name: 'AccountId',
      type: 'reference',
      label: 'Account ID',
      reference: { to: ['Account'], relationship: 'Account', children: 'Contacts' },
    },
    { name: 'Email', type: 'email', length: 80 },
    { name: 'Phone', type: 'phone', label: 'Business Phone', length: 40 },
    { name: 'MobilePhone', type: 'phone', label: 'Mobile Phone', length: 40 },
    { name: 'Birthdate', type: 'date' },
    { name: 'HasOptedOutOfEmail', type: 'boolean', label: 'Email Opt Out', default: false },
    { name: 'i360core__Phone_Numbers__c', type: 'textarea', label: 'Phone Numbers', length: 4000 },
  ],
};

export const USER: ObjectDefinition = {
  name: 'User',
  label: 'User',
  keyPrefix: '005',
  createable: false,
  deletable: false,
  fields: [
    { name: 'Username', type: 'string', required: true, length: 80 },
    { name: 'Name', type: 'string', label: 'Full Name' },
    { name: 'Email', type: 'email', length: 80 },
    { name: 'IsActive', type: 'boolean', label: 'Active', default: true },
  ],
};
