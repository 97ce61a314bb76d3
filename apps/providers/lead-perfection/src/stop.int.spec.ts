import { type SyncRun, listRuns, syncNow } from '@occ-hub/contracts';
import { eventually, type Child, startChild } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const main = new URL('main.ts', import.meta.url);

let hub: LpHub;
const children: Child[] = [];
beforeAll(async () => {
  hub = await openLpHub(serversOfThisRun());
});
afterEach(() => hub.control.clearFaults());
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await hub.close();
});
async function start(): Promise<Child> {
  const child = await startChild(main, hub.env);
  children.push(child);
  return child;
}
const runs = async (run: string): Promise<SyncRun> =>
  (await hub.ask(listRuns, { org: hub.org, connection: hub.connection, run })).runs[0]!;
const stored = async (_id: string) => hub.database.collection('runs').findOne({ _id: _id as never });

describe('a process told to end while the vendor does not answer a poll', () => {
  it('ends well within ten seconds, and the next one does at once what a person had asked for', async () => {
    const first = await start();
    hub.core.link(
      hub.connection,
      hub.control.lookups().reps.map(({ slrId }) => slrId),
    );
    await hub.connect(settings);
    hub.control.fault({ kind: 'delay', ms: 110_000, action: 'GetSalesApptDetailDateRange' });
    const { run } = await hub.ask(syncNow, { org: hub.org, connection: hub.connection, reason: 'person' });
    await eventually(
      () => runs(run),
      ({ state }) => state === 'running',
    );
    const toldAt = performance.now();
    expect(await first.terminate()).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(8_000);
    expect(await stored(run)).toMatchObject({ state: 'waiting', reason: 'person' });
    await start();
    const ended = await eventually(
      () => runs(run),
      ({ state }) => state === 'done' || state === 'failed',
    );
    expect([ended.state, ended.error]).toEqual(['done', undefined]);
    expect(ended.changed).toBeGreaterThan(0);
  });
});
