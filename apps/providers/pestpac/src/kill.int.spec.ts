import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, eventually, startChild } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, openPpHub, ready } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const main = new URL('main.ts', import.meta.url);

/** Every call of a run to PestPac: each is where the process is when it dies, once before PestPac did it and once after. */
const calls = [
  'GET /BillTos',
  'GET /Locations',
  'POST /Locations',
  'POST /Leads',
  'POST /Tasks',
  'POST /ServiceOrders',
  'POST /ServiceSetups',
  'GET /BillTos/{id}/paymentAccounts',
  'POST /BillTos/{billToId}/paymentAccounts',
  'PUT /ServiceSetups/{setupId}/paymentAccount',
];

let hub: PpHub;
let port: number;
const children: Child[] = [];
beforeAll(async () => {
  port = await freePort();
  hub = await openPpHub(serversOfThisRun(), {
    env: { DELIVERIES_PER_CONNECTION: '64', PORT: String(port) },
    start: false,
  });
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await hub.close();
});

async function start(): Promise<Child> {
  const child = await startChild(main, hub.env);
  children.push(child);
  return child;
}

describe('a process', () => {
  it('killed with a run at every step, before and after PestPac did it, doubles nothing and loses nothing', async () => {
    const first = await start();
    await ready(hub);
    const before = hub.company.control.sizes();
    const stuck: string[] = [];
    for (const when of ['before', 'after'] as const)
      for (const call of calls) {
        const fault = hub.company.control.fault({ kind: 'swallow', when, call });
        const disposition = aDisposition('Sold', { card: aCard });
        stuck.push(disposition.lead_id);
        void post(disposition);
        await eventually(
          () => hub.company.control.faults().some(({ id }) => id === fault.id),
          (waiting) => !waiting,
        );
        await nobodyCalls();
      }
    const inHand = await hub.database.collection('deliveries').countDocuments({ state: 'sending' });
    expect(inHand).toBe(stuck.length);
    await first.kill();
    await start();
    await eventually(
      () => hub.database.collection('deliveries').countDocuments({ state: 'delivered' }),
      (delivered) => delivered === stuck.length,
      60_000,
    );
    const more = stuck.length;
    const { billTos, locations, leads, tasks, orders, setups, cards, ...rest } = before;
    expect(hub.company.control.sizes()).toEqual({
      ...rest,
      ...{ billTos: billTos + more, locations: locations + more, leads: leads + more, tasks: tasks + more },
      ...{ orders: orders + 2 * more, setups: setups + more, cards: cards + more },
    });
    for (const lead of stuck) {
      const [location, ...doubles] = hub.company.control.records('locations', { InternalIdentifier: `cp:${lead}` });
      expect([location?.['LocationID'], doubles]).toEqual([expect.any(Number), []]);
      const at = { LocationID: location!['LocationID']! };
      const [setup] = hub.company.control.records('setups', at);
      const [card] = hub.company.control.records('cards', { BillToID: location!['BillToID']! });
      expect([
        hub.company.control.records('leads', at).length,
        hub.company.control.records('tasks', at).length,
        hub.company.control.records('orders', { ...at, Origin: 'OneTime' }).length,
        setup?.['CardID'],
      ]).toEqual([1, 1, 1, card?.['CardID']]);
    }
  }, 120_000);
});

/** As ClickPoint does; the answer is cut off when the process dies. */
async function post(disposition: object): Promise<void> {
  key ??= hub.key('dispositions');
  const headers = { authorization: `Bearer ${await key}`, 'idempotency-key': `k-${(posted += 1)}` };
  const url = `http://127.0.0.1:${port}/v1/orgs/${hub.org}/pestpac/dispositions`;
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(disposition) }).catch(() => undefined);
}

/** A run asks several things side by side: the next fault must not meet what is left of this one. */
async function nobodyCalls(): Promise<void> {
  const { control } = hub.company;
  for (let calls = -1; calls !== control.received().length;) {
    calls = control.received().length;
    await sleep(100);
  }
}

let key: Promise<string> | undefined;
let posted = 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return free;
}
