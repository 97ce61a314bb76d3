import { eventOf, WriteSettled } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppointmentView } from '../appointments/appointment.ts';
import { ResultOptions } from '../results/result-lists.ts';
import { eventually } from '../testing/eventually.ts';
import { connectExample, type ExampleProvider } from '../testing/connect-example.ts';
import { exampleLookups } from '../testing/example-provider.ts';
import { appointmentEvent, exampleAppointment } from '../testing/examples.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: ExampleProvider;
let ear: ReturnType<typeof hearOutbound>;
let base: string;
let connection: string;

const windows = { id: 'opp-1', name: 'Windows', result: '', result_detail: '' };
const doors = { id: 'opp/2 ?', name: 'Doors', result: 'No Sale', result_detail: 'Price' };

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'opp-org');
  ear = hearOutbound(core);
  const connected = await connectExample(core, seeded);
  ({ provider, connection } = connected);
  await core.call('POST', `${connected.base}/authorize`, { token: seeded.admin });
  base = `/v1/orgs/opp-org/appointments/${seeded.appointment}`;
  await poll(2_000, [windows, doors]);
});
afterAll(async () => {
  await ear.stop();
  await provider.stop();
  await core.stop();
});

/** What a poll brings, and the wait until core has it. */
async function poll(revision: number, sales_opportunities: (typeof windows)[]) {
  const summary = `read at ${revision}`;
  const source = { ...seeded.source, connection };
  await core.publisher.publish([
    appointmentEvent(source, exampleAppointment({ sales_opportunities, summary }), revision),
  ]);
  return eventually(look, (view) => view.summary === summary);
}
const look = async () => (await core.call('GET', base, { token: seeded.user })).as(AppointmentView);
const pathOf = (id: string) => `${base}/opportunities/${encodeURIComponent(id)}`;
const give = (id: string, body: unknown) => core.call('POST', `${pathOf(id)}/result`, { token: seeded.user, body });
const shownOf = (view: AppointmentView, id: string) => view.sales_opportunities.find((one) => one.id === id);

describe('the opportunities of an appointment', () => {
  it('are shown as the CRM has them, with its results and what goes with each', async () => {
    expect((await look()).sales_opportunities).toEqual([windows, doors]);
    const reply = await core.call('GET', `${pathOf('opp-1')}/result-options`, { token: seeded.user });
    expect(reply.as(ResultOptions).options).toMatchObject([
      { id: 'Sold', confirm: expect.any(String), details: [] },
      { id: 'No Sale', details: [{ id: 'Price' }, { id: 'Thinking' }] },
    ]);
    const other = await core.call('GET', `${pathOf('opp-9')}/result-options`, { token: seeded.user });
    expect(other.body).toMatchObject({ status: 404, code: 'core.opportunity.unknown' });
    expect((await give('opp-9', { result: 'No Sale' })).body).toMatchObject({ status: 404 });
  });

  it('take a result each, which goes to the CRM once, however often it is clicked', async () => {
    const body = { result: 'no sale today', result_detail: 'Thinks it over' };
    const replies = await Promise.all(Array.from({ length: 6 }, () => give('opp-1', body)));
    for (const reply of replies) {
      expect(shownOf(reply.as(AppointmentView), 'opp-1')).toMatchObject({
        result: '',
        given: { result: 'No Sale', result_detail: 'Thinking', resulted_by: 'opp-org-user' },
      });
    }
    await give('opp/2 ?', { result: 'No Sale' });
    const events = await ear.until('opp-org', 2);
    expect(events.map(({ attributes: { type }, data }) => [type, data])).toMatchObject([
      [
        'occ.opportunity.resulted.v1',
        {
          job_external_id: '1001',
          appointment_external_id: 'a-1001',
          opportunity_external_id: 'opp-1',
          result: 'No Sale',
          result_detail: 'Thinking',
          confirmed: false,
        },
      ],
      ['occ.opportunity.resulted.v1', { opportunity_external_id: 'opp/2 ?', result: 'No Sale', result_detail: '' }],
    ]);
  });

  it('end with the result that goes to the CRM last when people disagree at the same moment', async () => {
    const before = ear.of('opp-org').length;
    const bodies = ['Price', 'Thinking', ''].flatMap((result_detail) => [
      { result: 'No Sale', result_detail },
      { result: 'Sold', confirmed: true },
    ]);
    const replies = await Promise.all(bodies.map((body) => give('opp-1', body)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const given = shownOf(await look(), 'opp-1')?.given;
    const events = await eventually(
      async () => ear.of('opp-org'),
      (all) => all.some(({ attributes }) => attributes.id === given?.crm_status?.event_id),
    );
    expect(events.length).toBeGreaterThan(before);
    expect(events.at(-1)).toMatchObject({ data: { result: given?.result, result_detail: given?.result_detail } });
    const times = events.map(({ attributes }) => attributes.time);
    expect(times).toEqual(times.toSorted());
    await give('opp-1', { result: 'No Sale', result_detail: 'Thinking' });
  });

  it("keep what was given in OCC when a poll brings the CRM's own results", async () => {
    const view = await poll(3_000, [{ ...windows, result: 'Sold' }, doors]);
    expect(shownOf(view, 'opp-1')).toMatchObject({ result: 'Sold', given: { result: 'No Sale' } });
    expect(shownOf(view, 'opp/2 ?')).toMatchObject({ result: 'No Sale', given: { result: 'No Sale' } });
  });

  it('show how the write ended, each its own', async () => {
    const asked = shownOf(await look(), 'opp-1')?.given?.crm_status?.event_id;
    const cause = await eventually(
      async () => ear.of('opp-org').find(({ attributes }) => attributes.id === asked),
      (heard) => heard !== undefined,
    );
    if (cause === undefined) throw new Error('no event was heard');
    const { id, type, subject, orgid, connectionid, provider: name } = cause.attributes;
    const facts = {
      subject,
      orgid,
      connectionid,
      provider: name,
      source: `/providers/${name}`,
      origin: 'crm',
    } as const;
    await core.publisher.publish([
      eventOf(
        WriteSettled,
        { ...facts, id: newId('evt'), time: '2031-01-01T00:00:00.000Z', causationid: id },
        { delivery_id: 'del-1', event_id: id, event_type: type, outcome: 'rejected', attempts: 1, vendor_ids: {} },
      ),
    ]);
    const view = await eventually(look, (seen) => shownOf(seen, 'opp-1')?.given?.crm_status?.status !== 'pending');
    expect(shownOf(view, 'opp-1')?.given?.crm_status).toMatchObject({ status: 'rejected', delivery_id: 'del-1' });
    expect(shownOf(view, 'opp/2 ?')?.given?.crm_status?.status).toBe('pending');
    const job = (await core.call('GET', seeded.path, { token: seeded.user })).as(
      z.object({ appointments: z.array(AppointmentView) }),
    );
    expect(job.appointments).toEqual([view]);
  });

  it('refuse before anything is sent what the CRM would refuse or what a person must confirm', async () => {
    const before = ear.of('opp-org').length;
    const refused = async (body: unknown) => (await give('opp-1', body)).body;
    expect(await refused({ result: 'Maybe' })).toMatchObject({ status: 422, code: 'core.result.unlisted' });
    expect(await refused({ result: 'No Sale', result_detail: 'Weather' })).toMatchObject({
      code: 'core.result.detail-unlisted',
      detail: expect.stringContaining('"Too expensive", "Thinks it over"'),
      errors: [{ pointer: '/result_detail' }],
    });
    expect(await refused({ result: 'Sold' })).toMatchObject({
      code: 'core.result.needs-confirmation',
      detail: exampleLookups['opportunity_results']?.[0]?.confirm,
    });
    const sold = await give('opp-1', { result: 'Sold', confirmed: true });
    expect(shownOf(sold.as(AppointmentView), 'opp-1')?.given?.crm_status?.status).toBe('pending');
    const events = await ear.until('opp-org', before + 1);
    expect(events.at(-1)?.data).toMatchObject({ result: 'Sold', confirmed: true });
    expect(events).toHaveLength(before + 1);
  });

  it('refuse a result that went from the list, until it is there again', async () => {
    const kept = exampleLookups['opportunity_results'] ?? [];
    provider.held.lookups = { ...exampleLookups, opportunity_results: kept.filter(({ id }) => id === 'Sold') };
    const refresh = () =>
      core.call('POST', `/v1/orgs/opp-org/connections/${connection}/lookups/refresh`, { token: seeded.admin });
    await refresh();
    expect((await give('opp-1', { result: 'No Sale' })).body).toMatchObject({ code: 'core.result.gone' });
    const options = await core.call('GET', `${pathOf('opp-1')}/result-options`, { token: seeded.user });
    expect(options.as(ResultOptions).options.map(({ id, gone }) => [id, gone])).toEqual([
      ['Sold', undefined],
      ['No Sale', true],
    ]);
    provider.held.lookups = exampleLookups;
    await refresh();
    expect((await give('opp-1', { result: 'No Sale' })).status).toBe(200);
  });
});
