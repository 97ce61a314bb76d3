import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Listener } from '@occ-hub/simulator-stage';
import { createListener } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control/control.ts';
import type { SimulatorOptions } from './settings.ts';
import { createAccess } from './access/access.ts';
import { usersOf } from './access/users.ts';
import { createApp } from './app.ts';
import { createClock } from './clock.ts';
import { createControl } from './control/control.ts';
import { inventOrg } from './data/invent-org.ts';
import { createFaults } from './faults/faults.ts';
import { createLimits } from './limits/limits.ts';
import { createOrg, seatUsers } from './records/create-org.ts';
import { createQueries } from './soql/pages.ts';

/** Room for addresses and headers that the vendor refuses: the refusal has to be the API's, not the server's. */
const LARGEST_HEAD = 128 * 1024;

/** A running simulator. */
export interface SalesforceSimulator {
  /** Base address without a slash at its end: login host and first `instance_url` in one. */
  url: string;
  port: number;
  control: SimulatorControl;
  /** Ends every connection, answered or not, and frees the ports. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated Salesforce org with invented data on plain HTTP, and on a second port that `instance_url` can move
 * to. Rejects when the port is taken. Nothing is kept on disk: a stopped simulator is forgotten.
 */
export async function startSalesforceSimulator(options: SimulatorOptions = {}): Promise<SalesforceSimulator> {
  const clock = createClock(options.now ?? Date.now);
  const org = createOrg(options, clock);
  const users = usersOf(options);
  seatUsers(org, users);
  inventOrg(org, options);
  const faults = createFaults(clock, options.logSize === undefined ? {} : { logSize: options.logSize });
  org.onLock((ids) => faults.lockRow(ids));
  const limits = createLimits(options, clock);
  const newSecret = options.newSecret ?? ((): string => randomBytes(24).toString('base64url'));
  const access = createAccess({ options, clock, newSecret, faults });
  const control = createControl({ access, faults, limits, org, clock });
  const app = createApp({ org, queries: createQueries(org), access, limits, faults }, control);
  const door = (port: number): Listener => {
    const server = createServer({ keepAliveTimeout: 30_000, maxHeaderSize: LARGEST_HEAD }, app);
    return createListener(server, { port, host: options.host ?? '127.0.0.1' });
  };
  const [first, second] = [door(options.port ?? 0), door(0)];
  await first.listen();
  await second.listen();
  access.instances.open([first.url, second.url]);
  return {
    url: first.url,
    port: first.port,
    control,
    stop: async () => {
      await Promise.all([first.end(), second.end()]);
    },
  };
}
