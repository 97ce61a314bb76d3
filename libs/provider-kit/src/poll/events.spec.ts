import { describe, expect, it } from 'vitest';
import { type Appointment, AppointmentRemoved, type Job, JobUpserted } from '@occ-hub/contracts';
import { type Upserts, removalsOf, upsertsOf } from './events.ts';
import type { Translated } from './translate.ts';

let made = 0;
const facts = {
  ...{ org: 'org-1', connection: 'con-1', provider: 'some-crm', revision: Date.parse('2026-03-05T17:00:00Z') },
  newId: () => `id-${(made += 1)}`,
  traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
  partial: false,
  hasAppointment: (_id: string) => false,
};

function record(id: string, jobId: string, more: { appointment?: false; stamp?: string } = {}): Translated {
  const job = { external_id: jobId, customer_name: `as ${id} says`, notes: [{ note: `of ${id}`, metadata: {} }] };
  const appointment = { external_id: id, job_external_id: jobId };
  return {
    ...{ id, jobId, slice: '2026-03-09', hash: 'h', key: undefined, job: job as unknown as Job },
    stamp: more.stamp,
    appointment: more.appointment === false ? undefined : (appointment as unknown as Appointment),
  };
}
const eventsOf = ({ tellings }: Upserts) => tellings.flatMap(({ events }) => events);
const upserts = (all: readonly Translated[], changed: readonly string[], partial = false) =>
  eventsOf(upsertsOf(all, new Set(changed), { ...facts, partial })).map(({ attributes, data }) => {
    const { job, appointment } = data as { job?: Job; appointment?: Appointment };
    return {
      attributes,
      job,
      appointment,
      what: job ? `job ${job.external_id}` : `appointment ${appointment?.external_id}`,
    };
  });

describe('upsertsOf', () => {
  it('publishes a job once and before its appointments, all under its key', () => {
    const told = upserts([record('11', '7'), record('7', '7')], ['7', '11']);
    expect(told.map(({ what }) => what)).toEqual(['job 7', 'appointment 11', 'appointment 7']);
    expect(new Set(told.map(({ attributes }) => attributes.subject))).toEqual(new Set(['org-1/some-crm/7']));
  });

  it("tells a job by its own first appointment, with the notes of all, though only another's row changed", () => {
    const [job, appointment, ...rest] = upserts([record('7', '7'), record('11', '7')], ['11']);
    expect(job?.job).toMatchObject({ customer_name: 'as 7 says', notes: [{ note: 'of 7' }, { note: 'of 11' }] });
    expect([appointment?.what, rest]).toEqual(['appointment 11', []]);
  });

  it('lets the smallest appointment speak, by number, when the one that named the job has left the window', () => {
    expect(upserts([record('100', '7'), record('99', '7')], ['100'])[0]?.job?.customer_name).toBe('as 99 says');
  });

  it('lets the last changed appointment speak where a run sees but some of them: the others may be older', () => {
    const [job] = upserts([record('7', '7'), record('9', '7'), record('8', '7')], ['7', '9'], true);
    expect(job?.job).toMatchObject({ external_id: '7', customer_name: 'as 9 says' });
  });

  it('lets the newest by its stamp speak there, in whatever order they were read', () => {
    const [newer, older] = [
      record('9', '7', { stamp: '2026-03-05T16:00' }),
      record('8', '7', { stamp: '2026-03-05T15:00' }),
    ];
    const whoTells = (...all: Translated[]) => upserts(all, ['8', '9'], true)[0]?.job?.customer_name;
    expect([whoTells(newer, older), whoTells(older, newer)]).toEqual(['as 9 says', 'as 9 says']);
  });

  it('tells an appointment as removed that was told and is none any more, after its job, and no other', () => {
    const all = [record('7', '7', { appointment: false }), record('8', '8', { appointment: false })];
    const { tellings } = upsertsOf(all, new Set(['7', '8']), { ...facts, hasAppointment: (id) => id === '7' });
    expect(tellings.map(({ events }) => events.map(({ attributes }) => attributes.type))).toEqual([
      [JobUpserted.type, AppointmentRemoved.type],
      [JobUpserted.type],
    ]);
    expect(tellings.map(({ removals }) => removals)).toEqual([1, 0]);
    expect(tellings[0]?.events[1]?.data).toMatchObject({ external_id: '7', job_external_id: '7' });
  });

  it('publishes nothing for jobs without a change', () => {
    expect(upserts([record('7', '7'), record('8', '8')], ['8']).map(({ what }) => what)).toEqual([
      'job 8',
      'appointment 8',
    ]);
    expect(upserts([record('7', '7')], [])).toEqual([]);
  });

  it('publishes only the job of a record without an appointment', () => {
    expect(upserts([record('7', '7', { appointment: false })], ['7']).map(({ what }) => what)).toEqual(['job 7']);
  });

  it('says who, where from and when it was read, each event with an id of its own', () => {
    const told = upserts([record('7', '7')], ['7']);
    expect(told[0]?.attributes).toMatchObject({
      ...{ source: '/providers/some-crm', orgid: 'org-1', connectionid: 'con-1', provider: 'some-crm', origin: 'crm' },
      ...{ time: '2026-03-05T17:00:00.000Z', traceparent: facts.traceparent },
    });
    expect(new Set(told.map(({ attributes }) => attributes.id)).size).toBe(2);
  });

  it('sets aside what no event can carry, with the reason, and passes on the rest', () => {
    const long = { note: 'x'.repeat(900 * 1024), metadata: {} };
    const heavy = (each: Translated): Translated => ({ ...each, job: { ...each.job, notes: [long] } });
    const all = [record('7', '7'), heavy(record('8', '7')), record('9', '9')];
    const told = upsertsOf(all, new Set(['7', '8', '9']), facts);
    const { tooLarge } = told;
    expect(told.tellings.map(({ records }) => records.map(({ id }) => id))).toEqual([['9']]);
    expect(eventsOf(told).map(({ attributes }) => attributes.subject)).toEqual([
      'org-1/some-crm/9',
      'org-1/some-crm/9',
    ]);
    expect([...tooLarge.keys()]).toEqual(['7', '8']);
    expect(tooLarge.get('7')).toMatch(/^Job 7,.*larger than the hub can pass on.*Shorten its notes/);
  });

  it('publishes a job whose one appointment no event can carry', () => {
    const long = { ...record('7', '7').appointment!, notes: 'x'.repeat(900 * 1024) };
    const { tellings, tooLarge } = upsertsOf([{ ...record('7', '7'), appointment: long }], new Set(['7']), facts);
    expect(tellings.map(({ events, records }) => [events.length, records])).toEqual([[1, []]]);
    expect([...tooLarge.keys()]).toEqual(['7']);
  });
});

describe('removalsOf', () => {
  it('tells the appointment and its job, under the key of the job, as of the reading', () => {
    const [told, ...rest] = removalsOf([{ id: '11', jobId: '7' }], facts);
    expect(rest).toEqual([]);
    expect(told?.attributes).toMatchObject({
      type: AppointmentRemoved.type,
      subject: 'org-1/some-crm/7',
      origin: 'crm',
    });
    expect(AppointmentRemoved.data.parse(told?.data)).toEqual({
      ...{ external_id: '11', job_external_id: '7', revision: facts.revision },
    });
  });
});
