// The simulator is the other side of these tests; nothing that ships may enter its room.
import {
  DEFAULT_APP,
  type SalesforceSimulator,
  type SimulatorOptions,
  startSalesforceSimulator,
} from '@occ-hub/simulator-salesforce';
import { type SyncRun, listRuns, saveSettings, syncNow } from '@occ-hub/contracts';
import {
  type Started,
  type TestHub,
  type TestServers,
  eventually,
  openTestHub,
  quietClock,
} from '@occ-hub/provider-kit/testing';
import { improveit360 } from '../provider.ts';
import { objects } from '../records.ts';
import { allow } from './browser.ts';

/** What an org admin of the simulated company enters. */
export const settings = {
  consumer_key: DEFAULT_APP.key,
  consumer_secret: DEFAULT_APP.secret,
  time_zone: 'America/New_York',
};

export interface I360Hub extends TestHub {
  readonly simulator: SalesforceSimulator;
  readonly control: SalesforceSimulator['control'];
  readonly clock: () => number;
  /** Starts an instance and registers its callback at Salesforce (that of `PUBLIC_URL` where given). */
  start(more?: Readonly<Record<string, string>>): Promise<Started>;
  /** Ids of the company's Staff. */
  reps(): readonly string[];
  /** Saves settings, links reps and presses Allow; ends when the sync that this starts has ended. */
  consent(connection: string, reps: readonly string[], more?: object): Promise<SyncRun>;
  sync(connection: string, reason?: 'person' | 'link-made'): Promise<SyncRun>;
}

/** A simulated Salesforce company with improveit360, and a hub around its provider; `start()` runs the provider. */
export async function openI360Hub(
  servers: TestServers,
  options: { simulator?: SimulatorOptions; env?: Readonly<Record<string, string>>; now?: () => number } = {},
): Promise<I360Hub> {
  // The schedule polls seven minutes past, spread over two: the next time is twelve minutes away.
  const clock = options.now ?? quietClock(10);
  const simulator = await startSalesforceSimulator({ now: clock, ...options.simulator });
  const { control } = simulator;
  const hub = await openTestHub(improveit360, {
    servers,
    clock,
    env: { IMPROVEIT360_LOGIN_URL: simulator.url, KAFKA_PARTITIONS: '1', ...options.env },
  });

  async function ended(connection: string, run: string): Promise<SyncRun> {
    const { runs } = await eventually(
      () => hub.ask(listRuns, { org: hub.org, connection, run }),
      ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
    );
    return runs[0]!;
  }

  return {
    ...hub,
    simulator,
    control,
    clock,
    async start(more: Readonly<Record<string, string>> = {}): Promise<Started> {
      const started = await hub.start(more);
      const callback = `${more['PUBLIC_URL'] ?? started.url}/auth/improveit360/callback`;
      control.changeApp(DEFAULT_APP.key, { callbacks: [callback] });
      return started;
    },
    reps: () => control.records(objects.staff).map(({ Id }) => Id),
    async consent(connection: string, reps: readonly string[], more: object = {}): Promise<SyncRun> {
      hub.core.link(connection, reps);
      await hub.ask(saveSettings, { org: hub.org, connection, settings: { ...settings, ...more } });
      const page = await allow(hub, connection);
      if (page.status !== 200) throw new Error(`no consent: ${page.text}`);
      const { runs } = await eventually(
        () => hub.ask(listRuns, { org: hub.org, connection }),
        (answer) => answer.runs.length > 0,
      );
      return ended(connection, runs[0]!.id);
    },
    async sync(connection: string, reason: 'person' | 'link-made' = 'link-made'): Promise<SyncRun> {
      return ended(connection, (await hub.ask(syncNow, { org: hub.org, connection, reason })).run);
    },
    async close() {
      await hub.close();
      await simulator.stop();
    },
  };
}
