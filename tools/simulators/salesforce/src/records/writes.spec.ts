import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OneAppointment } from '../testing/one-appointment.ts';
import { APPOINTMENT, oneAppointment, refusal } from '../testing/one-appointment.ts';

let simulator: OneAppointment['simulator'];
let caller: OneAppointment['caller'];
let contact: string;
let appointment: string;
let patch: OneAppointment['patch'];

beforeEach(async () => {
  ({ simulator, caller, contact, appointment, patch } = await oneAppointment());
});

afterEach(() => simulator.stop());

const now = (): Record<string, unknown> => simulator.control.record(APPOINTMENT, appointment);

describe('a result', () => {
  it('is written with an empty answer and moves both stamps', async () => {
    simulator.control.advance(60_000);
    const answer = await patch({ i360core__Status__c: 'Ran', i360core__Status_Detail__c: 'Demoed, Not Sold' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(now()).toMatchObject({
      i360core__Status__c: 'Ran',
      i360core__Status_Detail__c: 'Demoed, Not Sold',
      CreatedDate: '2026-11-24T15:00:00.000+0000',
      LastModifiedDate: '2026-11-24T15:01:00.000+0000',
      SystemModstamp: '2026-11-24T15:01:00.000+0000',
    });
    expect(simulator.control.writes({ id: appointment })).toMatchObject([{ kind: 'update', type: APPOINTMENT }]);
  });

  it('is refused when the detail does not belong to it, unless the list is open', async () => {
    const wrong = { i360core__Status__c: 'Scheduled', i360core__Status_Detail__c: 'Sold' };
    expect(await refusal(patch(wrong))).toEqual([
      400,
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Status Detail: bad value for restricted picklist field: Sold',
        fields: ['i360core__Status_Detail__c'],
      },
    ]);
    simulator.control.setRestricted(APPOINTMENT, 'i360core__Status_Detail__c', false);
    expect((await patch(wrong)).status).toBe(204);
  });

  it('leaves the old detail alone when only the result is written', async () => {
    await patch({ i360core__Status__c: 'Ran', i360core__Status_Detail__c: 'Sold' });
    expect((await patch({ i360core__Status__c: 'Not Ran' })).status).toBe(204);
    expect(now()).toMatchObject({ i360core__Status__c: 'Not Ran', i360core__Status_Detail__c: 'Sold' });
  });

  it('leaves an undeclared value of an open list behind as an inactive entry', async () => {
    expect((await patch({ i360core__Type__c: 'Drone Visit' })).status).toBe(204);
    const { fields } = (await caller.get(`/sobjects/${APPOINTMENT}/describe`)).json() as {
      fields: { name: string; picklistValues: { value: string; active: boolean }[] }[];
    };
    const type = fields.find((field) => field.name === 'i360core__Type__c');
    expect(type?.picklistValues.at(-1)).toMatchObject({ value: 'Drone Visit', active: false });
  });

  it('is refused by a rule of the customer', async () => {
    const rule = {
      message: 'Say why.',
      when: { i360core__Status__c: 'Canceled' },
      missing: 'i360core__Status_Detail__c',
    };
    simulator.control.addRule(APPOINTMENT, { ...rule, at: 'i360core__Status_Detail__c' });
    expect(await refusal(patch({ i360core__Status__c: 'Canceled' }))).toEqual([
      400,
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Say why.', fields: ['i360core__Status_Detail__c'] },
    ]);
    expect(
      (await patch({ i360core__Status__c: 'Canceled', i360core__Status_Detail__c: 'Customer asked' })).status,
    ).toBe(204);
  });
});

describe('stamps', () => {
  it('of the machinery move SystemModstamp only', () => {
    simulator.control.advance(60_000);
    simulator.control.update(APPOINTMENT, appointment, { system: true });
    expect(now()).toMatchObject({
      LastModifiedDate: '2026-11-24T15:00:00.000+0000',
      SystemModstamp: '2026-11-24T15:01:00.000+0000',
    });
  });

  it('do not move when the source of a formula changes, though the value does', async () => {
    simulator.control.advance(60_000);
    await patch({ i360core__Phone_Numbers__c: 'Mobile: 555-0199' }, 'Contact', contact);
    const { records } = await caller.query(`SELECT i360core__Contact_Phone__c, SystemModstamp FROM ${APPOINTMENT}`);
    expect(records[0]).toMatchObject({
      i360core__Contact_Phone__c: 'Mobile: 555-0199',
      SystemModstamp: '2026-11-24T15:00:00.000+0000',
    });
  });
});

describe('a refused write', () => {
  it.each([
    ['an unknown field', { Nope__c: 1 }, 'INVALID_FIELD', `No such column 'Nope__c' on sobject of type ${APPOINTMENT}`],
    [
      'a formula',
      { i360core__Contact_Name__c: 'x' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: i360core__Contact_Name__c',
    ],
    ['a stamp', { SystemModstamp: '2026-01-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'SystemModstamp'],
    ['a number for an instant', { i360core__Appointment_Date_Time__c: 5 }, 'JSON_PARSER_ERROR', 'datetime'],
    ['no id', { i360core__Account__c: 'nonsense' }, 'MALFORMED_ID', 'Account: id value of incorrect type: nonsense'],
    [
      'an id of nothing',
      { i360core__Account__c: '001Hs0000000ZZZ' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    ['too long a text', { i360core__Comments__c: 'x'.repeat(32_001) }, 'STRING_TOO_LONG', 'max length=32000'],
    ['its own id', { Id: 'a0S' }, 'INVALID_FIELD', 'The Id field should not be specified'],
  ])('for %s says why and changes nothing', async (_, body, errorCode, message) => {
    const before = now();
    const answer = await patch(body);
    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual([expect.objectContaining({ errorCode, message: expect.stringContaining(message) })]);
    expect(now()).toEqual(before);
  });

  it('for a hidden field says that it cannot be written', async () => {
    simulator.control.hideField(APPOINTMENT, 'i360core__Status__c');
    expect(await refusal(patch({ i360core__Status__c: 'Ran' }))).toEqual([
      400,
      expect.objectContaining({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['i360core__Status__c'] }),
    ]);
  });

  it('for a record that is gone tells a deleted one from one that never was', async () => {
    simulator.control.remove(APPOINTMENT, appointment);
    expect(await refusal(patch({}))).toEqual([
      404,
      { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] },
    ]);
    simulator.control.undelete(APPOINTMENT, appointment);
    expect((await patch({})).status).toBe(204);
    simulator.control.hardDelete(APPOINTMENT, appointment);
    expect(await refusal(patch({}))).toEqual([404, expect.objectContaining({ errorCode: 'NOT_FOUND' })]);
  });

  it('for a locked record says so, also inside a collection', async () => {
    simulator.control.lockRow({ record: appointment, count: 2 });
    expect(await refusal(patch({ i360core__Status__c: 'Ran' }))).toEqual([
      400,
      expect.objectContaining({ errorCode: 'UNABLE_TO_LOCK_ROW' }),
    ]);
    const records = [{ attributes: { type: APPOINTMENT }, id: appointment, i360core__Status__c: 'Ran' }];
    const answer = await caller.call('PATCH', '/composite/sobjects', { body: { records } });
    expect(answer.json()).toMatchObject([{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] }]);
    expect((await patch({ i360core__Status__c: 'Ran' })).status).toBe(204);
  });
});
