// The simulator is the other side of these tests; nothing that ships may enter its room.
import { type SimulatorOptions, startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import { type TestServers, openTestHub, quietClock } from '@occ-hub/provider-kit/testing';
import { leadPerfection } from '../provider.ts';

const appKey = '00000000-0000-0000-0000-000000000000';

/** What an org admin of the simulated company enters. */
export const settings = {
  client_id: 'demo1',
  user_name: 'OneClick',
  password: 'secret',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
};

/** A simulated LeadPerfection and a hub around its provider; `start()` runs the provider. */
export async function openLpHub(
  servers: TestServers,
  options: { simulator?: SimulatorOptions; env?: Readonly<Record<string, string>> } = {},
) {
  // The schedule polls five minutes past, spread over two: the next time is twelve minutes away.
  const clock = quietClock(8);
  const simulator = await startLeadPerfectionSimulator({ now: clock, ...options.simulator });
  const hub = await openTestHub(leadPerfection, {
    servers,
    clock,
    env: { LEAD_PERFECTION_URL: simulator.url, LEAD_PERFECTION_APP_KEY: appKey, ...options.env },
  });
  return {
    ...hub,
    simulator,
    control: simulator.control,
    async close() {
      await hub.close();
      await simulator.stop();
    },
  };
}

export type LpHub = Awaited<ReturnType<typeof openLpHub>>;
