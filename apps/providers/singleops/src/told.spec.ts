import { Appointment, Job } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { leadOf } from './lead-variables.ts';
import { readyLead } from './ready-lead.ts';
import { catalogue, settingsWith } from './testing/account.ts';
import { toldOf } from './told.ts';

const posted = {
  ...{ first_name: 'Mina', last_name: 'Sato', email: 'mina@example.com', phone: '6785550155', mobile: '678-555-0156' },
  ...{ line_1: '8 Birch Lane', city: 'Marlow', state: 'Georgia', postal_code: '30000', source: 'Mailer' },
  ...{ summary: 'Stump removal', notes: 'Behind the house', source_id: 'cp-1' },
};
const told = (changes: object, ids: Record<string, string> = { lead_id: '148901', client: 'new' }) =>
  toldOf({
    lead: readyLead(leadOf({ ...posted, ...changes }), { key: 'k', settings: settingsWith() }),
    ...{ operation: catalogue.operations[0]!, ids, timeZone: 'America/New_York' },
  });

describe('what the other services are told of a lead', () => {
  it('is a job under the lead’s id', () => {
    const { job, appointments } = told({});
    expect(Job.parse(job)).toEqual({
      ...{ external_id: '148901', customer_name: 'Mina Sato', name: 'Stump removal', email: 'mina@example.com' },
      lead_source: 'Mailer',
      address: { line_1: '8 Birch Lane', line_2: '', city: 'Marlow', state: 'GA', postal_code: '30000' },
      phones: [
        { name: 'Phone', number: '678-555-0155' },
        { name: 'Mobile', number: '678-555-0156' },
      ],
      notes: [{ note: 'Behind the house', metadata: {} }],
      metadata: { source_id: 'cp-1', division: 'Tree care', client: 'new' },
    });
    expect(appointments).toEqual([]);
  });

  it('names the client that the lead went to', () => {
    const { job } = told({}, { lead_id: '1', client: 'existing', client_id: '9001' });
    expect(job.metadata).toMatchObject({ client: 'existing', client_id: '9001' });
  });

  it('has the task as an appointment where it has a time, and only then', () => {
    const times = { wanted_start: '2027-05-04T09:00', wanted_end: '2027-05-04T09:30' };
    expect(told({ task: true }).appointments).toEqual([]);
    expect(told(times).appointments).toEqual([]);
    const [appointment] = told({ ...times, task: true }).appointments;
    expect(Appointment.parse(appointment)).toMatchObject({
      ...{ external_id: 'task-148901', job_external_id: '148901', crm_user_id: 'unassigned' },
      ...{ start_time: '2027-05-04T13:00:00Z', end_time: '2027-05-04T13:30:00Z', lead_log_number: 'cp-1' },
    });
  });
});
