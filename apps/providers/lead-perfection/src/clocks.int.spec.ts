import { AppointmentUpserted, type Appointment, type SyncRun, listRuns, syncNow } from '@occ-hub/contracts';
import { eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LpHub;
beforeAll(async () => {
  hub = await openLpHub(serversOfThisRun(), { env: { KAFKA_PARTITIONS: '1' } });
});
afterAll(() => hub.close());

const hour = 3_600_000;
async function poll(): Promise<SyncRun> {
  const { run } = await hub.ask(syncNow, { org: hub.org, connection: hub.connection, reason: 'person' });
  const { runs } = await eventually(
    () => hub.ask(listRuns, { org: hub.org, connection: hub.connection, run }),
    ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
  );
  return runs[0]!;
}
/** The revisions under which an appointment was published so far. */
async function revisionsOf(id: number): Promise<number[]> {
  await hub.mark();
  return hub
    .heardOf(AppointmentUpserted.type)
    .map(({ data }) => data as { appointment: Appointment; revision: number })
    .filter(({ appointment }) => appointment.external_id === String(id))
    .map(({ revision }) => revision);
}

describe('replicas whose clocks differ by an hour', () => {
  it('publish what changed later under a higher revision, so that core takes it, and write what is due', async () => {
    hub.core.link(
      hub.connection,
      hub.control.lookups().reps.map(({ slrId }) => slrId),
    );
    const today = hub.control.clock().today;
    const id = hub.control.add({ slr_id: 417, PresNotes: null, ApptDate: `${today}T09:00:00` }).row.ID;
    const first = await hub.start({}, { clock: () => Date.now() + hour });
    await hub.connect(settings);
    expect((await poll()).state).toBe('done');
    await first.stop();
    await hub.start({}, { clock: () => Date.now() - hour });
    hub.control.move(id, `${today}T10:00:00`);
    expect(await poll()).toMatchObject({ state: 'done', changed: 1 });
    const revisions = await revisionsOf(id);
    expect(revisions).toHaveLength(2);
    expect(revisions[1]).toBeGreaterThan(revisions[0]!);
    const note = hub.events.note({ appointment: id, startTime: `${today}T14:00:00.000Z` }, 'an hour ago');
    const [told] = await deliveriesOf(hub).settle([note]);
    expect(told?.outcome).toBe('delivered');
  });
});
