import { describe, expect, it } from 'vitest';
import { jobRecord } from '../testing/records.ts';
import type { LeadRecord } from './lead.ts';
import { sendJob } from './send-job.ts';

const to = { provider: 'b-crm', connection: 'con-b', door: 'lead' };
const occasion = { now: Date.UTC(2030, 0, 1), eventId: 'evt-1', traceparent: undefined };
const command = { connection: 'con-b', task: false };
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

  it.each(['rejected', 'aborted'] as const)('goes anew after it was %s', (status) => {
    const { lead } = sendJob(command, { job, to, held: heldAs(status) }, { ...occasion, eventId: 'evt-2' });
    expect(lead.submitted_by).toBe('evt-2');
  });
});

function heldAs(status: 'pending' | 'delivered' | 'parked' | 'rejected' | 'aborted'): LeadRecord {
  const { lead } = sendJob(command, { job, to, held: null }, { ...occasion, eventId: 'evt-0' });
  return { ...lead, crm: { status, event_id: 'evt-0', at: new Date(occasion.now) } };
}
