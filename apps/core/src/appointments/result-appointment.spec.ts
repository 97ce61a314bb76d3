import { describe, expect, it } from 'vitest';
import type { KeptEntry } from '../crm-lists/kept-lookups.ts';
import { appointmentRecord } from '../testing/records.ts';
import { ResultAppointment, resultAppointment } from './result-appointment.ts';

const results = [
  { id: 'SALE', description: 'Sale', position: 0 },
  { id: 'DNS', description: 'Demo No Sale', position: 1 },
];
const details = [{ id: 'PRICE', description: 'Too expensive', position: 0, result_id: 'DNS' }];
const occasion = { now: Date.UTC(2030, 0, 2), eventId: 'evt-1', traceparent: '00-aa-bb-01' };
const decide = (command: object, appointment = appointmentRecord(), listed: readonly KeptEntry[] = results) =>
  resultAppointment(
    ResultAppointment.parse(command),
    { appointment, lists: { results: listed, details }, member: 'mem-1' },
    occasion,
  );

describe('given an appointment without a result', () => {
  it('when a listed result is given, it is kept and an event names the job, the appointment and the result', () => {
    const decided = decide({ result: 'demo no sale', result_reason: 'too expensive' });
    expect(decided?.change).toEqual({
      result: 'DNS',
      result_reason: 'PRICE',
      resulted_at: new Date(occasion.now),
      resulted_by: 'mem-1',
      crm: { status: 'pending', event_id: 'evt-1', at: new Date(occasion.now) },
    });
    expect(decided?.entry.event).toMatchObject({
      attributes: {
        type: 'occ.appointment.resulted.v1',
        subject: 'org-1/example-crm/1001',
        origin: 'occ',
        traceparent: '00-aa-bb-01',
      },
      data: {
        job_external_id: '1001',
        appointment_external_id: 'a-1001',
        appointment_start_time: '2030-05-06T14:00:00.000Z',
        result: 'DNS',
        result_reason: 'PRICE',
      },
    });
  });

  it('when the CRM lists no details, the reason is free text', () => {
    const state = { appointment: appointmentRecord(), lists: { results, details: [] }, member: 'mem-1' };
    const command = ResultAppointment.parse({ result: 'DNS', result_reason: 'A second quote first' });
    expect(resultAppointment(command, state, occasion)?.change.result_reason).toBe('A second quote first');
  });

  it('when the reason is no detail of the result, it is refused with the field', () => {
    expect(() => decide({ result: 'SALE', result_reason: 'Too expensive' })).toThrow(
      expect.objectContaining({
        code: 'core.result.detail-unlisted',
        fields: [{ pointer: '/result_reason', message: expect.any(String) }],
      }),
    );
  });

  it('when the result sets something off at the CRM, the person is asked first', () => {
    const confirm = 'This sends a contract. Go on?';
    const listed = [{ id: 'SALE', description: 'Sale', position: 0, confirm }];
    expect(() => decide({ result: 'SALE' }, appointmentRecord(), listed)).toThrow(
      expect.objectContaining({ code: 'core.result.needs-confirmation', message: confirm }),
    );
    expect(decide({ result: 'SALE', confirmed: true }, appointmentRecord(), listed)?.change.result).toBe('SALE');
  });

  it('when the result has gone from the list, it is refused, insisted on or not', () => {
    const listed = [{ id: 'SALE', description: 'Sale', position: 0, gone: true as const }];
    for (const allow_unlisted of [false, true]) {
      expect(() => decide({ result: 'SALE', allow_unlisted }, appointmentRecord(), listed)).toThrow(
        expect.objectContaining({ kind: 'rejected', code: 'core.result.gone' }),
      );
    }
  });

  it('when the result is not on the list, it is refused with the field', () => {
    expect(() => decide({ result: 'Maybe' })).toThrow(
      expect.objectContaining({ kind: 'rejected', code: 'core.result.unlisted', fields: [expect.anything()] }),
    );
  });

  it('when the list was never read, or the person insists, any result passes', () => {
    expect(decide({ result: 'Maybe' }, appointmentRecord(), [])?.change.result).toBe('Maybe');
    expect(decide({ result: 'Maybe', allow_unlisted: true })?.change.result).toBe('Maybe');
  });

  it('when an id and a description of another entry are the same word, the id is meant', () => {
    const lists = [
      { id: 'A', description: 'B', position: 0 },
      { id: 'B', description: 'C', position: 1 },
    ];
    expect(decide({ result: 'b' }, appointmentRecord(), lists)?.change.result).toBe('B');
  });
});

describe('given an appointment with a result', () => {
  const resulted = (status: 'pending' | 'delivered' | 'rejected') =>
    appointmentRecord({
      result: 'SALE',
      result_reason: '',
      resulted_at: new Date(occasion.now + 5_000),
      crm: { status, event_id: 'evt-0', at: new Date(occasion.now) },
    });

  it('when the same is given again, nothing happens while it is on its way or there', () => {
    expect(decide({ result: 'Sale' }, resulted('pending'))).toBeUndefined();
    expect(decide({ result: 'Sale' }, resulted('delivered'))).toBeUndefined();
  });

  it('when the same is given again later than a second click, it is sent again, for the office may have changed it', () => {
    const before = (ms: number) => ({ ...resulted('delivered'), resulted_at: new Date(occasion.now - ms) });
    expect(decide({ result: 'Sale' }, before(29_999))).toBeUndefined();
    expect(decide({ result: 'Sale' }, before(30_000))?.change.crm.status).toBe('pending');
    const waiting = { ...resulted('pending'), resulted_at: new Date(occasion.now - 86_400_000) };
    expect(decide({ result: 'Sale' }, waiting)).toBeUndefined();
  });

  it('when the same is given again after a refusal, it is sent again', () => {
    expect(decide({ result: 'Sale' }, resulted('rejected'))?.change.crm.status).toBe('pending');
  });

  it('when another is given by a replica whose clock is behind, it still comes after the one held', () => {
    const decided = decide({ result: 'DNS' }, resulted('pending'));
    expect(decided?.change.resulted_at).toEqual(new Date(occasion.now + 5_001));
    expect(decided?.entry.at).toEqual(new Date(occasion.now + 5_001));
  });
});
