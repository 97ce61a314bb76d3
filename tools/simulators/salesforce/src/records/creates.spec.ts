import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OneAppointment } from '../testing/one-appointment.ts';
import { APPOINTMENT, oneAppointment, refusal } from '../testing/one-appointment.ts';

const OPPORTUNITY = 'i360core__Sales_Opportunity__c';
let simulator: OneAppointment['simulator'];
let caller: OneAppointment['caller'];
let contact: string;
let appointment: string;
let patch: OneAppointment['patch'];

beforeEach(async () => {
  ({ simulator, caller, contact, appointment, patch } = await oneAppointment());
});

afterEach(() => simulator.stop());

describe('Sold', () => {
  const sell = async (id: string): Promise<number> =>
    (await patch({ i360core__Result__c: 'Sold', i360core__Result_Detail__c: null }, OPPORTUNITY, id)).status;

  it('makes a Sale, and a second one when it is written twice', async () => {
    const { Id } = simulator.control.create(OPPORTUNITY, { i360core__Interested_In__c: 'Windows' });
    expect(await sell(Id)).toBe(204);
    expect(simulator.control.records('i360core__Sale__c')).toMatchObject([
      { i360core__Sales_Opportunity__c: Id, i360core__Product_Categories__c: 'Windows' },
    ]);
    await sell(Id);
    expect(simulator.control.records('i360core__Sale__c')).toHaveLength(2);
  });

  it('makes none when the package does not, and none for other writes to a sold opportunity', async () => {
    const { Id } = simulator.control.create(OPPORTUNITY, { i360core__Result__c: 'Quoted' });
    simulator.control.configure({ saleOnSold: false });
    await sell(Id);
    simulator.control.configure({ saleOnSold: true });
    await patch({ i360core__Interested_In__c: 'Doors' }, OPPORTUNITY, Id);
    expect(simulator.control.records('i360core__Sale__c')).toEqual([]);
  });
});

describe('a new record', () => {
  it('gets its number, its owner, its defaults and its stamps, whole seconds only', async () => {
    simulator.control.advance(1750);
    const answer = await caller.call('POST', `/sobjects/${APPOINTMENT}`, { body: { i360core__Contact__c: contact } });
    expect(answer.status).toBe(201);
    const { id } = answer.json() as { id: string };
    expect(answer.headers.get('location')).toBe(`/services/data/v62.0/sobjects/${APPOINTMENT}/${id}`);
    expect(simulator.control.record(APPOINTMENT, id)).toMatchObject({
      Name: 'SA-000002',
      i360core__Status__c: 'Scheduled',
      i360core__Contact_Name__c: 'Dana Whitfield',
      OwnerId: expect.stringMatching(/^005/),
      SystemModstamp: '2026-11-24T15:00:01.000+0000',
    });
  });

  it('cannot be made of what only the org makes, nor without what is required', async () => {
    const user = caller.call('POST', '/sobjects/User', { body: { Username: 'x@example.com' } });
    expect(await refusal(user)).toMatchObject([400, { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }]);
    expect(await refusal(caller.call('POST', '/sobjects/Contact', { body: { FirstName: 'Dana' } }))).toEqual([
      400,
      { errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'] },
    ]);
    const mail = { LastName: 'x', Email: 'not an address' };
    expect(await refusal(caller.call('POST', '/sobjects/Contact', { body: mail }))).toMatchObject([
      400,
      { errorCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] },
    ]);
  });

  it('of the office gets an id of its own also among the users', () => {
    const { Id } = simulator.control.create('User', { Username: 'second@example.com', Name: 'Second' });
    expect(simulator.control.records('User').map((row) => row.Id)).toContain(Id);
    expect(simulator.control.records('User')).toHaveLength(2);
  });
});

describe('several writes in one', () => {
  it('are all taken back when one of a composite call fails', async () => {
    const { Id } = simulator.control.create(OPPORTUNITY, {});
    const part = (type: string, id: string, body: object): object => ({
      method: 'PATCH',
      url: `/services/data/v62.0/sobjects/${type}/${id}`,
      referenceId: type,
      body,
    });
    const answer = await caller.call('POST', '/composite', {
      body: {
        allOrNone: true,
        compositeRequest: [
          part(OPPORTUNITY, Id, { i360core__Result__c: 'Sold' }),
          part(APPOINTMENT, appointment, { i360core__Status__c: 'No such status' }),
        ],
      },
    });
    const { compositeResponse } = answer.json() as { compositeResponse: { httpStatusCode: number; body: unknown }[] };
    expect(compositeResponse).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }] },
    ]);
    expect(simulator.control.record(OPPORTUNITY, Id)['i360core__Result__c'] ?? null).toBeNull();
    expect(simulator.control.records('i360core__Sale__c')).toEqual([]);
    expect(simulator.control.writes()).toEqual([]);
  });

  it('leave no file behind when they are taken back', async () => {
    const file = { attributes: { type: 'ContentVersion' }, PathOnClient: 'a.txt', VersionData: 'aGVsbG8=' };
    const body = { allOrNone: true, records: [file, { ...file, Nope__c: 1 }] };
    const answer = await caller.call('POST', '/composite/sobjects', { body });
    expect(answer.json()).toMatchObject([
      { errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { errors: [{ statusCode: 'INVALID_FIELD' }] },
    ]);
    expect([simulator.control.files(), simulator.control.records('ContentDocument')]).toEqual([[], []]);
  });

  it('go with their parent into the recycle bin and out of it', async () => {
    const { Id } = simulator.control.create(OPPORTUNITY, {});
    simulator.control.create('i360core__Sales_Appointment_Opportunity__c', {
      i360core__Sales_Appointment__c: appointment,
      i360core__Sales_Opportunity__c: Id,
    });
    const links = (): number => simulator.control.records('i360core__Sales_Appointment_Opportunity__c').length;
    await caller.call('DELETE', `/sobjects/${APPOINTMENT}/${appointment}`);
    expect(links()).toBe(0);
    simulator.control.undelete(APPOINTMENT, appointment);
    expect(links()).toBe(1);
  });
});
