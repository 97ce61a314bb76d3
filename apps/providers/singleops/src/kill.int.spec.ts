import { LeadSubmitted, WriteSettled, chooseDelivery, eventOf, getDelivery, leadSubject } from '@occ-hub/contracts';
import { type TestHub, eventually, openTestHub, startChild } from '@occ-hub/provider-kit/testing';
import { type SingleOpsSimulator, startSingleOpsSimulator } from '@occ-hub/simulator-singleops';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { singleOps } from './provider.ts';
import { serversOfThisRun } from './testing/servers.ts';
import { aLead } from './testing/so-hub.ts';

const main = new URL('./main.ts', import.meta.url);
let company: SingleOpsSimulator;
let hub: TestHub;
beforeEach(async () => {
  company = await startSingleOpsSimulator();
  hub = await openTestHub(singleOps, {
    servers: serversOfThisRun(),
    env: { SINGLEOPS_URL: company.url, KAFKA_PARTITIONS: '1' },
  });
});
afterEach(async () => {
  await hub.close();
  await company.stop();
});

function usual(changes: object = {}) {
  const { email, token } = company.control.apiUser();
  return {
    ...{ user_email: email, user_token: token, operation_id: 41, time_zone: 'America/New_York' },
    ...{ lead_source_input_id: 501, lead_source_value: 'Website' },
    ...changes,
  };
}

function leadEvent(id: string, variables: Record<string, string>) {
  const key = variables['source_id']!;
  const about = { orgid: hub.org, connectionid: hub.connection, provider: 'singleops', origin: 'occ' as const };
  const subject = leadSubject({ org: hub.org, provider: 'singleops', key });
  const attributes = { ...about, id, source: '/core', subject, time: new Date().toISOString() };
  return eventOf(LeadSubmitted, attributes, { lead_key: key, crm: 'singleops', door: 'lead', variables });
}

/** The log of the simulator has a call when it ended; a swallowed one ends with its caller. */
const swallowed = () =>
  eventually(
    () => company.control.faults().length,
    (left) => left === 0,
    20_000,
  );

/** Publishes a lead to a process that dies as soon as SingleOps is at this call, and starts another one. */
async function killedAt(call: 'search' | 'jobs'): Promise<string> {
  const child = await startChild(main, hub.env);
  await hub.connect(usual());
  company.control.fault({ kind: 'swallow', call, when: 'after' });
  const id = `evt-${hub.org}`;
  await hub.publish([leadEvent(id, aLead() as Record<string, string>)]);
  await swallowed();
  await child.kill();
  await hub.start();
  return id;
}

const endOf = (id: string) =>
  eventually(
    () => hub.heardOf(WriteSettled.type).find(({ data }) => (data as { event_id: string }).event_id === id),
    (found) => found !== undefined,
    60_000,
  );

describe('a process that is killed', () => {
  it(
    'while SingleOps makes the lead: one lead there, a person here, no second call',
    { timeout: 120_000 },
    async () => {
      const id = await killedAt('jobs');
      expect((await endOf(id))!.data).toMatchObject({
        outcome: 'parked',
        code: 'ledger.uncertain',
        step: 'create-lead',
      });
      expect(company.control.leads()).toHaveLength(1);
      expect(company.control.received('jobs')).toHaveLength(1);
    },
  );

  it('while it searches: the next one goes on, and the lead arrives once', { timeout: 120_000 }, async () => {
    const id = await killedAt('search');
    expect((await endOf(id))!.data).toMatchObject({ outcome: 'delivered' });
    expect(company.control.leads()).toHaveLength(1);
  });

  it(
    'while it reads whom a person chose: the next one goes on, and the lead arrives once',
    { timeout: 120_000 },
    async () => {
      const first = await hub.start();
      await hub.connect(usual({ several_matches: 'ask' }));
      const id = `evt-${hub.org}`;
      await hub.publish([leadEvent(id, aLead({ email: 'ada@example.com' }) as Record<string, string>)]);
      const waits = async () => (await hub.ask(getDelivery, { org: hub.org, delivery: id })).delivery.state;
      await eventually(
        () => waits().catch(() => undefined),
        (state) => state === 'awaiting-choice',
        20_000,
      );
      await first.stop();
      const child = await startChild(main, hub.env);
      company.control.fault({ kind: 'swallow', call: 'search', when: 'after' });
      const choice = { org: hub.org, delivery: id, option: '9006', by: 'adm' };
      await eventually(
        () =>
          hub.ask(chooseDelivery, choice).then(
            () => true,
            () => false,
          ),
        (done) => done,
        30_000,
      );
      await swallowed();
      await child.kill();
      await hub.start();
      expect((await endOf(id))!.data).toMatchObject({ outcome: 'delivered', vendor_ids: { client_id: '9006' } });
      expect(company.control.leads()).toHaveLength(1);
    },
  );
});
