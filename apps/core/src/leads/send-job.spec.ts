import { describe, expect, it } from 'vitest';
import { jobRecord } from '../testing/records.ts';
import type { LeadRecord } from './lead.ts';
import { sendJob } from './send-job.ts';

const to = { provider: 'b-crm', connection: 'con-b', door: 'lead' };
const occasion = { now: Date.UTC(2030, 0, 1), eventId: 'evt-1', traceparent: undefined };
const command = { connection: 'con-b', task: false, send_again: false };
const job = jobRecord({
  email: 'rosa@example.test,second@example.test',
  phones: [
    { name: 'Cell', number: '937-555-0102' },
    { name: 'Home', number: '937-555-0101' },
  ],
});

describe('a job that goes to another CRM', () => {
  it('is a lead there, in the names of a lead, with its event inside', () => {
    const { lead, entry } = sendJob(command, { job, to, held: null }, occasion);
    expect(lead).toMatchObject({ provider: 'b-crm', connection: 'con-b', door: 'lead', lead_key: job._id });
    expect(entry.event).toMatchObject({
      attributes: { type: 'occ.lead.submitted.v1', origin: 'occ', provider: 'b-crm', subject: lead.subject },
      data: { door: 'lead', variables: { source_id: job._id, customer_name: job.customer_name, task: 'no' } },
    });
    expect(lead.variables).toMatchObject({
      ...{ email: 'rosa@example.test', mobile: '937-555-0102', phone: '937-555-0101' },
      summary: job.name,
      notes: `Lead source: ${job.lead_source}`,
    });
    expect(lead.variables).not.toHaveProperty('source');
  });

  it('leaves out what is not known', () => {
    const bare = jobRecord({ email: '', phones: [], address: { ...job.address, line_2: '' } });
    const { lead } = sendJob(command, { job: bare, to, held: null }, occasion);
    expect(Object.keys(lead.variables)).not.toEqual(expect.arrayContaining(['email']));
    expect(Object.values(lead.variables)).not.toContain('');
  });

  it.each(['pending', 'delivered', 'parked'] as const)('is not sent twice while it is %s there', (status) => {
    expect(() => sendJob(command, { job, to, held: heldAs(status) }, occasion)).toThrow(/not sent twice/);
  });

  it('goes anew after it was refused', () => {
    const { lead } = sendJob(command, { job, to, held: heldAs('rejected') }, { ...occasion, eventId: 'evt-2' });
    expect(lead.submitted_by).toBe('evt-2');
  });

  it('goes anew after a person ended it only when it is said that it is not there', () => {
    const state = { job, to, held: heldAs('aborted') };
    expect(() => sendJob(command, state, occasion)).toThrow(/"send_again": true/);
    const { lead } = sendJob({ ...command, send_again: true }, state, { ...occasion, eventId: 'evt-2' });
    expect(lead.submitted_by).toBe('evt-2');
  });

  it('does not go anew after it was refused where an earlier sending is there, whatever is said', () => {
    const held = heldAs('rejected', end('evt-early', 'delivered'));
    expect(() => sendJob({ ...command, send_again: true }, { job, to, held }, occasion)).toThrow(/is delivered/);
  });

  it('says that it may be there where an earlier sending was parked or ended since', () => {
    const held = heldAs('rejected', end('evt-early', 'parked'));
    expect(() => sendJob(command, { job, to, held }, occasion)).toThrow(/may be there: it is parked/);
  });

  it('is not sent with a card number, be it the person’s or the job’s own, and nothing of it is repeated', () => {
    const card = '4111 1111 1111 1111';
    const named = jobRecord({ name: `paid with ${card}` });
    for (const send of [
      () => sendJob({ ...command, notes: card }, { job, to, held: null }, occasion),
      () => sendJob(command, { job: named, to, held: null }, occasion),
    ]) {
      expect(send).toThrow(expect.objectContaining({ code: 'card-number.refused' }));
      expect(send).not.toThrow(/4111/);
    }
  });
});

type Status = 'pending' | 'delivered' | 'parked' | 'rejected' | 'aborted';

function end(event: string, status: Status) {
  return { status, event_id: event, at: new Date(occasion.now) };
}

function heldAs(status: Status, ...others: ReturnType<typeof end>[]): LeadRecord {
  const { lead } = sendJob(command, { job, to, held: null }, { ...occasion, eventId: 'evt-0' });
  return { ...lead, ends: [...others, end('evt-0', status)] };
}
