import { Appointment, Job } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import type { Location } from './records.ts';
import { toldOf } from './told.ts';
import type { Ready } from './transfer/transfer-types.ts';

const location = {
  ...{ FirstName: 'Ngozi', LastName: 'Okafor', Address: '12 Alder Way', City: 'Marlow', State: 'MA', Zip: '01000' },
  ...{ Phone: '4135550142', MobilePhone: '4135550177', EMail: 'ngozi@example.com', Source: 'WEB' },
};
const ready = (values: Ready['values']): Ready => ({
  ...{ ok: true, values, search: { on: false, phones: [], terms: [] }, link: { autoBill: false } },
  ...{ keys: [], unread: [], warnings: [] },
});
const ids = { location: '81234', billTo: '70012' };
const ask = (values: Ready['values'], more: object = {}) =>
  toldOf({ ready: ready(values), ids: { ...ids, ...more }, facts: { lead: '88123' }, timeZone: 'America/New_York' });

describe('the job of a run', () => {
  it('is the lead where one was made, else the location', () => {
    expect(ask({ Location: location }, { lead: '30911' }).job.external_id).toBe('30911');
    expect(ask({ Location: location }).job.external_id).toBe('location-81234');
  });

  it('has the customer in OCC’s shape, every phone once', () => {
    const { job } = ask({ Location: location, Lead: { Phone: '413-555-0142', Source: 'PHONE' } }, { lead: '30911' });
    expect(Job.parse(job)).toEqual({
      ...{ external_id: '30911', customer_name: 'Ngozi Okafor', name: 'Ngozi Okafor', email: 'ngozi@example.com' },
      lead_source: 'PHONE',
      address: { line_1: '12 Alder Way', line_2: '', city: 'Marlow', state: 'MA', postal_code: '01000' },
      phones: [
        { name: 'Phone', number: '4135550142' },
        { name: 'Mobile', number: '4135550177' },
      ],
      notes: [],
      metadata: { location_id: '81234', bill_to_id: '70012', lead_id: '30911', clickpoint_lead_id: '88123' },
    });
  });

  it('goes by the company where there is no person, and by PestPac where the run has no values', () => {
    expect(ask({ Location: { Company: 'Thornquist Dairy' } }).job.customer_name).toBe('Thornquist Dairy');
    const there = { ...location, LocationID: 81234 } as unknown as Location;
    const told = toldOf({ ready: ready({}), there, ids, facts: { lead: '88123' }, timeZone: 'UTC' });
    expect(told.job.customer_name).toBe('Ngozi Okafor');
  });
});

describe('the appointments of a run', () => {
  const task = { Subject: 'Call back', Description: 'Ants', TaskForUser: 'JDOE', StartDate: '2027-07-09T09:00:00' };

  it('are a task at its time until it is due, on the company’s wall clock', () => {
    const { appointments } = ask({ Task: { ...task, DueDate: '2027-07-09T09:30:00' } }, { task: '5', lead: '30911' });
    expect(appointments.map((each) => Appointment.parse(each))).toEqual([
      {
        ...{ external_id: 'task-5', job_external_id: '30911', crm_user_id: 'JDOE' },
        ...{ summary: 'Call back', notes: 'Ants', time_zone: 'America/New_York', sales_opportunities: [] },
        ...{ start_time: '2027-07-09T13:00:00.000Z', end_time: '2027-07-09T13:30:00.000Z', lead_log_number: '88123' },
        metadata: { kind: 'task', task_id: '5', location_id: '81234' },
      },
    ]);
  });

  it('are a one-time service as long as it takes, by its first technician', () => {
    const order = {
      ...{ WorkDate: '2027-01-10T14:30:00', Duration: 90, OrderType: 'ServiceOrder' },
      ...{ LineItems: [{ ServiceCode: 'PESTONCE' }], Technicians: [{ Position: 1, Code: 'RASHBY' }] },
    };
    const { appointments } = ask({ Service: order }, { order: '9' });
    expect(appointments).toMatchObject([
      {
        ...{ external_id: 'order-9', crm_user_id: 'RASHBY', summary: 'PESTONCE' },
        ...{ start_time: '2027-01-10T19:30:00.000Z', end_time: '2027-01-10T21:00:00.000Z' },
      },
    ]);
  });

  it('are the first visit of a recurring service where PestPac made one', () => {
    const setup = { InitialServiceOrder: { ServiceCode: 'PESTINIT', WorkDate: '2027-01-11T10:00:00' } };
    expect(ask({ RecurringService: setup }, { setup: '3', initialOrder: '11' }).appointments).toMatchObject([
      { external_id: 'order-11', crm_user_id: 'unassigned', summary: 'PESTINIT' },
    ]);
    expect(ask({ RecurringService: setup }, { setup: '3' }).appointments).toEqual([]);
  });

  it.each([
    ['was not made yet', { ...task }, {}],
    ['has no time', { ...task, StartDate: undefined }, { task: '5' }],
    ['has a day alone', { ...task, StartDate: '2027-07-09T00:00:00' }, { task: '5' }],
  ])('are none of what %s', (_what, body, made) => {
    expect(ask({ Task: body }, made).appointments).toEqual([]);
  });

  it('end after they began, whatever was entered as due', () => {
    const { appointments } = ask({ Task: { ...task, DueDate: '2027-07-08T09:00:00' } }, { task: '5' });
    expect(appointments[0]!.end_time).toBe('2027-07-09T14:00:00.000Z');
  });
});
