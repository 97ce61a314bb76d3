import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller } from '../testing/caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf, TUESDAY } from '../testing/caller.ts';

const APPOINTMENT = 'i360core__Sales_Appointment__c';
const OPPORTUNITY = 'i360core__Sales_Opportunity__c';
const JUNCTION = 'i360core__Sales_Appointment_Opportunity__c';
const LONG_AGO = TUESDAY - 10 * 86_400_000;

let simulator: SalesforceSimulator;
let caller: Caller;
let appointment: string;
let first: string;
let second: string;

/** The questions that an integration asks about appointments and their opportunities. */
beforeAll(async () => {
  simulator = await startSalesforceSimulator({ appointments: 0, now: () => TUESDAY });
  caller = callerOf(simulator);
  const old = { SystemModstamp: LONG_AGO, LastModifiedDate: LONG_AGO, CreatedDate: LONG_AGO };
  appointment = simulator.control.create(APPOINTMENT, old).Id;
  first = simulator.control.create(OPPORTUNITY, { ...old, i360core__Interested_In__c: 'Windows' }).Id;
  second = simulator.control.create(OPPORTUNITY, { ...old, i360core__Interested_In__c: 'Doors' }).Id;
  for (const opportunity of [first, second]) {
    simulator.control.create(JUNCTION, {
      ...old,
      i360core__Sales_Appointment__c: appointment,
      i360core__Sales_Opportunity__c: opportunity,
    });
  }
});

afterAll(() => simulator.stop());

const since = '2026-11-24T00:00:00Z';
const touched = async (): Promise<unknown[]> => {
  const { records } = await caller.query(
    `SELECT i360core__Sales_Appointment__c FROM ${JUNCTION} WHERE (SystemModstamp >= ${since}) OR (i360core__Sales_Opportunity__r.SystemModstamp >= ${since}) ORDER BY SystemModstamp, Id`,
  );
  return records.map((record) => record['i360core__Sales_Appointment__c']);
};

describe('appointments and opportunities', () => {
  it('an opportunity resulted alone is found through its link, and leaves the stamp of the appointment alone', async () => {
    expect(await touched()).toEqual([]);
    await caller.call('PATCH', `/sobjects/${OPPORTUNITY}/${first}`, { body: { i360core__Result__c: 'Quoted' } });
    expect(await touched()).toEqual([appointment]);
    const { totalSize } = await caller.query(`SELECT Id FROM ${APPOINTMENT} WHERE SystemModstamp >= ${since}`);
    expect(totalSize).toBe(0);
  });

  it('a link in the recycle bin is left out of a query and seen by queryAll', async () => {
    const link = simulator.control.records(JUNCTION)[1]?.Id ?? '';
    simulator.control.remove(JUNCTION, link);
    const soql = (where: string): string =>
      encodeURIComponent(
        `SELECT Id, (SELECT Id, IsDeleted FROM i360core__Sales_Appointment_Opportunities__r ${where}) FROM ${APPOINTMENT}`,
      );
    const children = async (path: string, where = ''): Promise<unknown> => {
      const { records } = (await caller.get(`/${path}?q=${soql(where)}`)).json() as {
        records: Record<string, unknown>[];
      };
      return (records[0]?.['i360core__Sales_Appointment_Opportunities__r'] as { totalSize: number } | null)?.totalSize;
    };
    expect(await children('query')).toBe(1);
    expect(await children('queryAll')).toBe(2);
    expect(await children('queryAll', 'WHERE IsDeleted = false')).toBe(1);
    simulator.control.undelete(JUNCTION, link);
  });

  it('a record is read by its id with chosen fields, formulas among them', async () => {
    const answer = await caller.get(
      `/services/data/v66.0/sobjects/${APPOINTMENT}/${appointment}?fields=Id,i360core__Contact_Name__c,SystemModstamp`,
    );
    expect(answer.json()).toEqual({
      attributes: { type: APPOINTMENT, url: `/services/data/v66.0/sobjects/${APPOINTMENT}/${appointment}` },
      Id: appointment,
      i360core__Contact_Name__c: null,
      SystemModstamp: '2026-11-14T15:00:00.000+0000',
    });
  });
});
