import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createListener } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control/control.ts';
import type { SimulatorOptions } from './settings.ts';
import { createWorld } from './account/world.ts';
import { CallLog } from './api/call-log.ts';
import { createApp } from './app.ts';
import { createControl } from './control/control.ts';
import { createDoor } from './control/door.ts';
import { Faults } from './faults/faults.ts';

/** A running simulator. */
export interface SingleOpsSimulator {
  /** Base address, without a slash at its end: the place of `/api/v1`. */
  url: string;
  port: number;
  control: SimulatorControl;
  /** Ends every connection, answered or not, and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts a small SingleOps with invented data on plain HTTP. Rejects when the port is taken. Nothing is kept on disk: a
 * stopped simulator is forgotten.
 */
export async function startSingleOpsSimulator(options: SimulatorOptions = {}): Promise<SingleOpsSimulator> {
  const { now = Date.now, newSecret = () => randomBytes(18).toString('base64url'), logSize = 500 } = options;
  const stopping = new AbortController();
  const world = createWorld({ ...options, now, newSecret });
  const [faults, log] = [new Faults(), new CallLog(logSize)];
  const server = createServer({ keepAliveTimeout: 30_000 });
  const listener = createListener(server, { port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const door = createDoor(listener);
  const control = createControl({ world, faults, log, door });
  server.on('request', createApp({ world, faults, log, stopping: stopping.signal }, control));
  await door.open();
  return {
    url: listener.url,
    port: listener.port,
    control,
    stop: async () => {
      stopping.abort();
      await door.end();
    },
  };
}
