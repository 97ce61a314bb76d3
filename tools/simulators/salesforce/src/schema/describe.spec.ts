import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller } from '../testing/caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf } from '../testing/caller.ts';
import { validForBitmap } from './valid-for.ts';

interface Entry {
  value: string;
  label: string;
  active: boolean;
  validFor: string | null;
}

interface Field {
  name: string;
  type: string;
  calculated: boolean;
  updateable: boolean;
  dependentPicklist: boolean;
  controllerName: string | null;
  restrictedPicklist: boolean;
  picklistValues: Entry[];
}

const APPOINTMENT = 'i360core__Sales_Appointment__c';
let simulator: SalesforceSimulator;
let caller: Caller;

beforeEach(async () => {
  simulator = await startSalesforceSimulator({ appointments: 0 });
  caller = callerOf(simulator);
});

afterEach(() => simulator.stop());

const fieldsOf = async (object = APPOINTMENT): Promise<Map<string, Field>> => {
  const { fields } = (await caller.get(`/sobjects/${object}/describe`)).json() as { fields: Field[] };
  return new Map(fields.map((field) => [field.name, field]));
};

/** Written from the vendor's rule: bit n, from the most significant, belongs to the n-th controlling entry. */
const detailsFor = (fields: Map<string, Field>, status: string): string[] => {
  const index = fields.get('i360core__Status__c')?.picklistValues.findIndex((entry) => entry.value === status) ?? -1;
  const details = fields.get('i360core__Status_Detail__c')?.picklistValues ?? [];
  return details
    .filter(({ validFor }) => {
      const bits = [...Buffer.from(validFor ?? '', 'base64')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      return bits[index] === '1';
    })
    .map((entry) => entry.value);
};

describe('describe', () => {
  it('puts the bits of dependent values where the vendor does', () => {
    expect(validForBitmap([2], 4)).toBe('IAAA');
    expect(validForBitmap([3], 4)).toBe('EAAA');
    expect(validForBitmap([2, 3], 4)).toBe('MAAA');
    expect(validForBitmap([0], 1)).toBe('gAAA');
    expect(validForBitmap([24], 25)).toBe('AAAAgAAA');
  });

  it('tells results and their details, beyond the eighth result and with a comma', async () => {
    const fields = await fieldsOf();
    expect(
      fields.get('i360core__Status__c')?.picklistValues.findIndex((entry) => entry.value === 'Ran'),
    ).toBeGreaterThan(8);
    expect(detailsFor(fields, 'Ran')).toEqual([
      'Sold',
      'Demoed, Not Sold',
      'Follow-up',
      'No Show',
      'Not Demoed',
      'One Leg',
    ]);
    expect(detailsFor(fields, 'Not Ran')).toEqual(['No Show', 'Not Demoed', 'One Leg', 'Canceled']);
    expect(detailsFor(fields, 'Scheduled')).toEqual([]);
    expect(fields.get('i360core__Status_Detail__c')).toMatchObject({
      dependentPicklist: true,
      controllerName: 'i360core__Status__c',
      restrictedPicklist: true,
    });
  });

  it('can leave inactive values out, and then counts bits without them', async () => {
    const values = ['Scheduled', 'Confirmed', 'Ran', 'Not Ran', 'Canceled'];
    simulator.control.setPicklist(
      APPOINTMENT,
      'i360core__Status__c',
      values.map((value) => ({ value, active: value !== 'Confirmed' })),
    );
    const listed = await fieldsOf();
    expect(listed.get('i360core__Status__c')?.picklistValues.map((entry) => entry.active)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    simulator.control.configure({ listInactive: false });
    const short = await fieldsOf();
    expect(short.get('i360core__Status__c')?.picklistValues).toHaveLength(4);
    expect(detailsFor(short, 'Ran')).toEqual(detailsFor(listed, 'Ran'));
  });

  it('tells formulas from fields that can be written', async () => {
    const fields = await fieldsOf();
    expect(fields.get('i360core__Contact_Phone__c')).toMatchObject({ calculated: true, updateable: false });
    expect(fields.get('i360core__Status__c')).toMatchObject({ calculated: false, updateable: true });
  });

  it('has the relation of appointments to opportunities', async () => {
    const answer = await caller.get(`/sobjects/${APPOINTMENT}/describe`);
    const { childRelationships } = answer.json() as { childRelationships: unknown[] };
    expect(childRelationships).toContainEqual(
      expect.objectContaining({
        childSObject: 'i360core__Sales_Appointment_Opportunity__c',
        field: 'i360core__Sales_Appointment__c',
        relationshipName: 'i360core__Sales_Appointment_Opportunities__r',
      }),
    );
  });

  it('does not show what is hidden or gone', async () => {
    simulator.control.hideField(APPOINTMENT, 'i360core__Type__c');
    simulator.control.dropField(APPOINTMENT, 'i360core__Contact_Email__c');
    const fields = await fieldsOf();
    expect(fields.has('i360core__Type__c')).toBe(false);
    expect(fields.has('i360core__Contact_Email__c')).toBe(false);
    simulator.control.dropObject('i360core__Sale__c');
    expect((await caller.get('/sobjects/i360core__Sale__c/describe')).status).toBe(404);
  });

  it('is not sent again to a caller that has it, until something changes', async () => {
    const first = await caller.get(`/sobjects/${APPOINTMENT}/describe`);
    const since = { 'if-modified-since': first.headers.get('last-modified') ?? '' };
    expect((await caller.get(`/sobjects/${APPOINTMENT}/describe`, since)).status).toBe(304);
    simulator.control.advance(5000);
    simulator.control.hideField(APPOINTMENT, 'i360core__Type__c');
    expect((await caller.get(`/sobjects/${APPOINTMENT}/describe`, since)).status).toBe(200);
  });

  it('agrees with the picklists of the UI API, which counts in plain numbers', async () => {
    const path = `/ui-api/object-info/${APPOINTMENT}/picklist-values/012000000000000AAA/i360core__Status_Detail__c`;
    const { controllerValues, values } = (await caller.get(path)).json() as {
      controllerValues: Record<string, number>;
      values: { value: string; validFor: number[] }[];
    };
    const ran = controllerValues['Ran'] ?? -1;
    const named = values.filter((entry) => entry.validFor.includes(ran)).map((entry) => entry.value);
    expect(named).toEqual(detailsFor(await fieldsOf(), 'Ran'));
  });
});
