import {
  LeadSubmitted,
  WriteSettled,
  eventOf,
  leadSubject,
  replayDeliveries,
  searchDeliveries,
} from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun());
});
afterAll(() => hub.close());

/** One sending of one of OCC's own jobs, as core publishes it. */
function sending(job: string, nth: number) {
  const variables = { source_id: job, customer_name: 'Sol Marsh', email: `${job}@example.com`, summary: 'Hedge' };
  const about = { orgid: hub.org, connectionid: hub.connection, provider: 'singleops', origin: 'occ' as const };
  return eventOf(
    LeadSubmitted,
    {
      ...{ ...about, id: `evt-${job}-${nth}`, source: '/core', time: new Date().toISOString() },
      subject: leadSubject({ org: hub.org, provider: 'singleops', key: job }),
    },
    { lead_key: job, crm: 'singleops', door: 'lead', variables: { ...variables, task: 'no' } },
  );
}

const madeOf = (job: string) => hub.company.control.leads().filter(({ notes }) => notes.includes(job));
const stateOf = async (id: string) => {
  const { deliveries } = await hub.ask(searchDeliveries, { org: hub.org, filter: {}, limit: 50 });
  return deliveries.find((each) => each.id === id)?.state;
};
const until = (id: string, state: string) =>
  eventually(
    () => stateOf(id),
    (is) => is === state,
  );
const replay = (id: string) =>
  hub.ask(replayDeliveries, { org: hub.org, deliveries: [id], by: 'adm', plan: false, send_again: false });
const endOf = (id: string) =>
  eventually(
    () => hub.heardOf(WriteSettled.type).findLast(({ attributes }) => attributes.causationid === id),
    (told) => (told?.data as { outcome?: string } | undefined)?.outcome === 'delivered',
  );

describe('a job of OCC’s that was refused and sent anew', () => {
  it('is one lead when the first sending is replayed after the second is there: it says so, and gives its ids', async () => {
    const job = `job-anew-${process.pid}`;
    const [first, second] = [sending(job, 1), sending(job, 2)];
    hub.company.control.fault({ kind: 'refused', call: 'jobs' });
    await hub.publish([first]);
    await until(first.attributes.id, 'parked');
    await hub.publish([second]);
    await until(second.attributes.id, 'delivered');
    await replay(first.attributes.id);
    const told = await endOf(first.attributes.id);
    const [made, ...more] = madeOf(job);
    expect(more).toEqual([]);
    expect(told?.data).toMatchObject({
      vendor_ids: { lead_id: String(made?.id), client: 'new', remark: expect.stringMatching(/there already/) },
    });
  });

  it('is one lead when the first sending is replayed before the second comes', async () => {
    const job = `job-replayed-${process.pid}`;
    const [first, second] = [sending(job, 1), sending(job, 2)];
    hub.company.control.fault({ kind: 'refused', call: 'jobs' });
    await hub.publish([first]);
    await until(first.attributes.id, 'parked');
    await replay(first.attributes.id);
    await until(first.attributes.id, 'delivered');
    await hub.publish([second]);
    const told = await endOf(second.attributes.id);
    expect(madeOf(job)).toHaveLength(1);
    expect(told?.data).toMatchObject({ vendor_ids: { lead_id: String(madeOf(job)[0]?.id) } });
  });
});

describe('leads that are not the same', () => {
  it('are two where two sources have one id, or an idempotency key is another’s id', async () => {
    const id = `same-${process.pid}`;
    const sent = [
      await hub.post(aLead({ source_id: id, source: 'Website' })),
      await hub.post(aLead({ source_id: id, source: 'Mailer' })),
      await hub.post(aLead({ source_id: undefined }), { headers: { 'idempotency-key': id } }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(sent.map(({ body }) => body['lead_id'])).size).toBe(3);
  });
});
