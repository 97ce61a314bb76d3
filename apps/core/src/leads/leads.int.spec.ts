import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../testing/eventually.ts';
import {
  appointmentEvent,
  exampleAppointment,
  exampleJob,
  jobEvent,
  leadEvent,
  leadFeedbackEvent,
  settledEvent,
} from '../testing/examples.ts';
import { publishAndWait } from '../testing/publish-and-wait.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { pageShape } from '../store/page.ts';
import { LeadView } from './lead.ts';

let core: TestCore;
let seeded: SeededOrg;
let source: { org: string; provider: string; connection: string };

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'lead-org');
  source = { org: 'lead-org', provider: 'a-source', connection: 'con-source' };
});
afterAll(() => core.stop());

type Events = Parameters<TestCore['publisher']['publish']>[0];
const publish = (...events: Events) => core.publisher.publish(events);
const list = async (query = '', token = seeded.user) =>
  (await core.call('GET', `/v1/orgs/lead-org/leads${query}`, { token })).as(pageShape(LeadView));
const known = async (logNumber: string) =>
  (await list('?limit=200')).items.find(({ log_number }) => log_number === logNumber);
/** The lead, once it is as it should be. */
const lead = async (logNumber: string, isThere: (seen: LeadView) => boolean = () => true): Promise<LeadView> => {
  const seen = await eventually(
    () => known(logNumber),
    (found) => found !== undefined && isThere(found),
  );
  if (seen === undefined) throw new Error('there is no such lead');
  return (await core.call('GET', `/v1/orgs/lead-org/leads/${seen.id}`, { token: seeded.user })).as(LeadView);
};
const later = (minutes: number) => new Date(Date.UTC(2031, 0, 1) + minutes * 60_000).toISOString();

describe('a lead that a source handed over', () => {
  it('is there with its variables, once, and without what was sealed', async () => {
    const event = leadEvent(source, 'LC-1', { sealed: 'sealed-secret' });
    await publish(event, event);
    const seen = await lead('LC-1');
    expect(seen).toMatchObject({
      ...{ provider: 'a-source', connection: 'con-source', door: 'add_lead', log_number: 'LC-1' },
      variables: { 'lead.first_name': 'Rosa' },
      crm_status: { status: 'pending', event_id: event.attributes.id },
      feedback: [],
    });
    expect((await list()).items).toHaveLength(1);
    expect(JSON.stringify(await core.database.collection('leads').find().toArray())).not.toContain('sealed-secret');
  });

  it('shows how its write ended, the latest news winning, also where the end comes before the lead', async () => {
    const event = leadEvent(source, 'LC-2');
    const delivered = settledEvent(event, 'delivered', { time: later(2), vendorIds: { lead_id: '384191' } });
    await publish(delivered, settledEvent(event, 'parked', { time: later(1) }));
    const other = leadEvent(source, 'LC-3');
    await publish(other, settledEvent(other, 'rejected', { time: later(1) }));
    await lead('LC-3', ({ crm_status }) => crm_status.status === 'rejected');
    expect(await known('LC-2')).toBeUndefined();
    await publish(event);
    const seen = await lead('LC-2', ({ crm_status }) => crm_status.status === 'delivered');
    expect(seen.crm_status).toMatchObject({ delivery_id: 'del-1', vendor_ids: { lead_id: '384191' } });
  });

  it('handed over anew is on its way again, whatever became of it before', async () => {
    const first = leadEvent(source, 'LC-4');
    await publish(first, settledEvent(first, 'rejected', { time: later(1) }));
    await lead('LC-4', ({ crm_status }) => crm_status.status === 'rejected');
    await publish(leadEvent(source, 'LC-4', { door: 'create_lead' }));
    const seen = await lead('LC-4', ({ door }) => door === 'create_lead');
    expect(seen.crm_status.status).toBe('pending');
    expect((await list()).items.filter(({ log_number }) => log_number === 'LC-4')).toHaveLength(1);
  });

  it('shows the end of its last handing over, also while one before it ends anew', async () => {
    const [first, second] = [leadEvent(source, 'LC-9'), leadEvent(source, 'LC-9')];
    await publish(first, settledEvent(first, 'rejected', { time: later(1) }));
    await lead('LC-9', ({ crm_status }) => crm_status.status === 'rejected');
    // The end of the second comes before it, as it may.
    await publish(settledEvent(second, 'delivered', { time: later(2), vendorIds: { lead_id: '9' } }));
    await publish(
      settledEvent(first, 'aborted', { time: later(3) }),
      settledEvent(first, 'parked', { time: later(2) }),
    );
    await lead('LC-9', ({ crm_status }) => crm_status.status === 'aborted');
    await publish(second);
    const seen = await lead('LC-9', ({ crm_status }) => crm_status.event_id === second.attributes.id);
    expect(seen.crm_status).toMatchObject({ status: 'delivered', vendor_ids: { lead_id: '9' } });
    await publish(settledEvent(first, 'rejected', { time: later(4) }));
    await eventually(
      () => core.database.collection('leads').findOne({ log_number: 'LC-9', 'ends.status': 'rejected' }),
      (found) => found !== null,
    );
    expect((await lead('LC-9')).crm_status).toEqual(seen.crm_status);
  });

  it('keeps ten ends, that of its last handing over among them', async () => {
    const event = leadEvent(source, 'LC-11');
    await publish(event, settledEvent(event, 'delivered', { time: later(1) }));
    await lead('LC-11', ({ crm_status }) => crm_status.status === 'delivered');
    const older = Array.from({ length: 12 }, () => leadEvent(source, 'LC-11'));
    await publish(...older.map((one, at) => settledEvent(one, 'rejected', { time: later(2 + at) })));
    const held = await eventually(
      () => core.database.collection('leads').findOne({ log_number: 'LC-11' }),
      (found) => (found?.['ends'] as { event_id: string }[]).some((each) => each.event_id === older[11]!.attributes.id),
    );
    const kept = (held?.['ends'] as { event_id: string }[]).map((each) => each.event_id);
    expect(kept).toEqual([...older.slice(3).map(({ attributes }) => attributes.id), event.attributes.id]);
    expect((await lead('LC-11')).crm_status.status).toBe('delivered');
  });

  it("shows what the CRM said of it, by log number or the source's event, newest first and each once", async () => {
    const early = leadFeedbackEvent(source, 'unknown', { event_id: 'e-5', facts: { dispo: 'Set' } });
    const sold = leadFeedbackEvent(source, 'LC-5', { type: 'conversion', reason: 'Sale' });
    await publish(early, sold, early, leadFeedbackEvent(source, 'LC-other'));
    await publish(leadEvent(source, 'LC-5', { variables: { lognumber: 'LC-5', 'event.id': 'e-5' } }));
    const seen = await lead('LC-5', ({ feedback }) => feedback.length >= 2);
    expect(seen.feedback.map(({ type, facts }) => [type, facts['dispo']])).toEqual([
      ['conversion', 'Set'],
      ['none', 'Set'],
    ]);
    expect(seen.job).toBeUndefined();
  });

  it('is listed newest first, page by page', async () => {
    const whole = (await list('?limit=200')).items.map(({ id }) => id);
    const first = await list('?limit=2');
    const second = await list(`?limit=200&cursor=${first.next_cursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(whole);
    expect(first.items).toHaveLength(2);
    const times = (await list('?limit=200')).items.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('of another org is not found', async () => {
    const other = await seedOrg(core, 'lead-other');
    const { id } = await lead('LC-1');
    const reply = await core.call('GET', `/v1/orgs/lead-other/leads/${id}`, { token: other.user });
    expect(reply.body).toMatchObject({ status: 404, code: 'core.lead.unknown' });
    const all = await core.call('GET', '/v1/orgs/lead-other/leads', { token: other.user });
    expect(all.as(pageShape(LeadView)).items).toEqual([]);
  });
});

describe('a lead that became an appointment', () => {
  const JobLead = z.object({ lead: LeadView.optional() });
  const jobLead = async (path = seeded.path) => (await core.call('GET', path, { token: seeded.user })).as(JobLead).lead;
  const bring = (id: string) => {
    const job = exampleJob({ external_id: id, notes: [] });
    const appointment = exampleAppointment({ external_id: `a-${id}`, job_external_id: id });
    const from = seeded.source;
    return publishAndWait(core, seeded, [jobEvent(from, job, 2_000), appointmentEvent(from, appointment, 2_000)]);
  };

  it('is shown with its job, and the job with it, when feedback names the appointment by its id', async () => {
    await publish(leadEvent(source, 'LC-6'));
    const named = { crm: seeded.source.provider, appointment_external_id: 'a-1001' };
    await publish(leadFeedbackEvent(source, 'LC-6', named));
    const seen = await lead('LC-6', ({ job }) => job !== undefined);
    expect(seen).toMatchObject({ job: seeded.job, appointment: seeded.appointment });
    expect(await jobLead()).toEqual(seen);
  });

  it('finds its job when that comes later, also by the ids of its write', async () => {
    const event = leadEvent(source, 'LC-7');
    const vendorIds = { appointment_external_id: 'a-2002' };
    await publish(event, settledEvent(event, 'delivered', { time: later(3), vendorIds }));
    const before = await lead('LC-7', ({ crm_status }) => crm_status.status === 'delivered');
    expect(before.job).toBeUndefined();
    await bring('2002');
    const { job } = await lead('LC-7', (seen) => seen.job !== undefined);
    expect((await jobLead(`/v1/orgs/lead-org/jobs/${job}`))?.log_number).toBe('LC-7');
  });

  describe('whose log number the record of the CRM names', () => {
    const naming = (id: string, logNumber: string | undefined, revision = 2_000) => {
      const job = exampleJob({ external_id: id, notes: [] });
      const named = logNumber === undefined ? {} : { lead_log_number: logNumber };
      const appointment = exampleAppointment({ external_id: `a-${id}`, job_external_id: id, ...named });
      const from = seeded.source;
      return publishAndWait(core, seeded, [
        jobEvent(from, job, revision),
        appointmentEvent(from, appointment, revision),
      ]);
    };
    const jobOf = async (id: string) => {
      const jobs = (await core.call('GET', '/v1/orgs/lead-org/jobs?limit=200', { token: seeded.user })).as(
        pageShape(z.object({ id: z.string(), external_id: z.string() })),
      );
      return `/v1/orgs/lead-org/jobs/${jobs.items.find(({ external_id }) => external_id === id)!.id}`;
    };

    it.each(['lead', 'appointment'])(
      'is shown with its job, and the job with it, where the %s comes first',
      async (first) => {
        const [id, logNumber] = first === 'lead' ? ['4001', 'LC-401'] : ['4002', 'LC-402'];
        const bringLead = () => publish(leadEvent(source, logNumber));
        if (first === 'lead') await bringLead().then(() => lead(logNumber));
        await naming(id, logNumber);
        if (first === 'appointment') await bringLead();
        const seen = await lead(logNumber, ({ job }) => job !== undefined);
        expect(`/v1/orgs/lead-org/jobs/${seen.job}`).toBe(await jobOf(id));
        expect(await jobLead(await jobOf(id))).toEqual(seen);
        const page = (await core.call('GET', await jobOf(id), { token: seeded.user })).as(
          z.object({ appointments: z.array(z.object({ id: z.string(), lead_log_number: z.string() })) }),
        );
        expect(page.appointments).toEqual([{ id: seen.appointment, lead_log_number: logNumber }]);
      },
    );

    it('is its lead no more when the record names it no more', async () => {
      await publish(leadEvent(source, 'LC-403'));
      await naming('4003', 'LC-403');
      await lead('LC-403', ({ job }) => job !== undefined);
      await naming('4003', undefined, 3_000);
      expect((await lead('LC-403')).job).toBeUndefined();
      expect(await jobLead(await jobOf('4003'))).toBeUndefined();
    });

    it.each([
      [
        'two leads have the number',
        'LC-404',
        '4004',
        () => publish(leadEvent({ ...source, provider: 'b-source' }, 'LC-404')),
      ],
      ['two jobs name it', 'LC-405', '4005', () => naming('4995', 'LC-405')],
    ])('is not linked where %s', async (_where, logNumber, id, more) => {
      await publish(leadEvent(source, logNumber));
      await naming(id, logNumber);
      await lead(logNumber, ({ job }) => job !== undefined);
      await more();
      expect((await lead(logNumber, ({ job }) => job === undefined)).job).toBeUndefined();
      expect(await jobLead(await jobOf(id))).toBeUndefined();
    });

    it('is not linked to the record of a CRM that it did not go to', async () => {
      await publish(leadEvent(source, 'LC-406', { crm: 'other-crm' }));
      await naming('4006', 'LC-406');
      expect((await lead('LC-406')).job).toBeUndefined();
      expect(await jobLead(await jobOf('4006'))).toBeUndefined();
    });
  });

  it('is never guessed: not by the number of a lead, another CRM, or a person of the same name', async () => {
    await bring('3003');
    const event = leadEvent(source, 'LC-8', { variables: { lognumber: 'LC-8', 'lead.first_name': 'Rosa' } });
    const facts = { lognumber: 'LC-8', leadnumber: 'a-3003', lead_number: 'a-3003', firstname: 'Rosa' };
    await publish(
      event,
      leadFeedbackEvent(source, 'LC-8', { facts }),
      leadFeedbackEvent(source, 'LC-8', { crm: 'other-crm', appointment_external_id: 'a-3003' }),
      settledEvent(event, 'delivered', { time: later(4), vendorIds: { lead_id: 'a-3003' } }),
    );
    const settled = ({ crm_status, feedback }: LeadView) => crm_status.status === 'delivered' && feedback.length === 2;
    expect((await lead('LC-8', settled)).job).toBeUndefined();
    const jobs = (await core.call('GET', '/v1/orgs/lead-org/jobs', { token: seeded.user })).as(
      pageShape(z.object({ id: z.string(), external_id: z.string() })),
    );
    const id = jobs.items.find(({ external_id }) => external_id === '3003')?.id;
    expect(await jobLead(`/v1/orgs/lead-org/jobs/${id}`)).toBeUndefined();
  });
});
