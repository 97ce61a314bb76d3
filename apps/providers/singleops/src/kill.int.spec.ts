import { LeadSubmitted, WriteSettled, eventOf, leadSubject } from '@occ-hub/contracts';
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

/** Publishes a lead to a process that dies as soon as SingleOps is at this call, and starts another one. */
async function killedAt(call: 'search' | 'jobs'): Promise<{ id: string; key: string }> {
  const child = await startChild(main, hub.env);
  const { email, token } = company.control.apiUser();
  await hub.connect({
    ...{ user_email: email, user_token: token, operation_id: 41, time_zone: 'America/New_York' },
    ...{ lead_source_input_id: 501, lead_source_value: 'Website' },
  });
  company.control.fault({ kind: 'swallow', call, when: 'after' });
  const variables = aLead() as Record<string, string>;
  const [key, id] = [variables['source_id']!, `evt-${hub.org}`];
  const attributes = {
    ...{
      id,
      source: '/core',
      subject: leadSubject({ org: hub.org, provider: 'singleops', key }),
      origin: 'occ' as const,
    },
    ...{ time: new Date().toISOString(), orgid: hub.org, connectionid: hub.connection, provider: 'singleops' },
  };
  await hub.publish([eventOf(LeadSubmitted, attributes, { lead_key: key, crm: 'singleops', door: 'lead', variables })]);
  // The log of the simulator has a call when it ended; a swallowed one ends with its caller.
  await eventually(
    () => company.control.faults().length,
    (left) => left === 0,
    20_000,
  );
  await child.kill();
  await hub.start();
  return { id, key };
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
      const { id } = await killedAt('jobs');
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
    const { id } = await killedAt('search');
    expect((await endOf(id))!.data).toMatchObject({ outcome: 'delivered' });
    expect(company.control.leads()).toHaveLength(1);
  });
});
