import { afterEach, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { ObjectDefinition } from './definition.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf } from '../testing/caller.ts';
import { SALES_APPOINTMENT } from './objects/sales-appointment.ts';

let simulator: SalesforceSimulator;

afterEach(() => simulator.stop());

const PROJECT: ObjectDefinition = {
  name: 'Project__c',
  label: 'Project',
  keyPrefix: 'a1P',
  fields: [
    { name: 'Name', type: 'string', autoNumber: 'P-' },
    {
      name: 'Account__c',
      type: 'reference',
      reference: { to: ['Account'], relationship: 'Account__r', children: 'Projects__r' },
    },
    { name: 'Account_Name__c', type: 'string', formula: ['Account__r.Name'] },
    { name: 'Urgent__c', type: 'boolean' },
    {
      name: 'Reason__c',
      type: 'picklist',
      picklist: {
        restricted: true,
        controller: 'Urgent__c',
        entries: [
          { value: 'Leak', validFor: ['true'] },
          { value: 'Wish', validFor: ['false'] },
        ],
      },
    },
  ],
};

describe('a schema of one’s own', () => {
  it('works like the org’s: formulas, children, numbers and lists that depend on a checkbox', async () => {
    simulator = await startSalesforceSimulator({ appointments: 0, objects: [PROJECT] });
    const caller = callerOf(simulator);
    const account = simulator.control.create('Account', { Name: 'Owner of it' });
    const send = async (body: object): Promise<number> =>
      (await caller.call('POST', '/sobjects/Project__c', { body: { Account__c: account.Id, ...body } })).status;
    expect([await send({ Urgent__c: true, Reason__c: 'Leak' }), await send({ Reason__c: 'Leak' })]).toEqual([201, 400]);
    const { records } = await caller.query(
      "SELECT (SELECT Name, Account_Name__c FROM Projects__r) FROM Account WHERE Name LIKE 'Owner%'",
    );
    expect(records[0]).toMatchObject({
      Projects__r: { records: [{ Name: 'P-000001', Account_Name__c: 'Owner of it' }] },
    });
    const { fields } = (await caller.get('/sobjects/Project__c/describe')).json() as {
      fields: { name: string; picklistValues: { validFor: string }[] }[];
    };
    const reason = fields.find((field) => field.name === 'Reason__c');
    expect(reason?.picklistValues.map((entry) => entry.validFor)).toEqual(['QAAA', 'gAAA']);
  });

  it('can replace an object by one with other names, as an older package has', async () => {
    const fields = SALES_APPOINTMENT.fields
      .filter((field) => field.name !== 'i360core__Type__c')
      .map((field) => (field.name === 'i360core__Contact_Phone__c' ? { ...field, name: 'Contact_Phone__c' } : field));
    simulator = await startSalesforceSimulator({ appointments: 3, objects: [{ ...SALES_APPOINTMENT, fields }] });
    const caller = callerOf(simulator);
    const { records } = await caller.query(`SELECT Contact_Phone__c FROM ${SALES_APPOINTMENT.name}`);
    expect(records).toHaveLength(3);
    await expect(caller.query(`SELECT i360core__Contact_Phone__c FROM ${SALES_APPOINTMENT.name}`)).rejects.toThrow(
      "No such column 'i360core__Contact_Phone__c'",
    );
  });
});
