import { createServer } from 'node:http';
import { createCallsInFlight, createListener } from '@occ-hub/simulator-stage';
import type { PestPacControl } from './control/control.ts';
import type { Credentials, SimulatorOptions } from './settings.ts';
import { createApp } from './app.ts';
import { foundCompany } from './company/company.ts';
import { createControl } from './control/control.ts';

/** A running simulator. */
export interface PestPacSimulator {
  /** Base address, without a slash at its end. */
  url: string;
  /** The PestPac host URL, `/pestpac/v1` included. */
  apiUrl: string;
  /** Where tokens are given out. */
  tokenUrl: string;
  port: number;
  /** What lets a caller in. */
  credentials: Credentials;
  control: PestPacControl;
  /** Ends every connection, answered or not, and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated PestPac company with invented data on plain HTTP, its token endpoint on the same address. Rejects
 * when the port is taken or the zone is unknown. Nothing is kept on disk: a stopped simulator is forgotten.
 */
export async function startPestPacSimulator(options: SimulatorOptions = {}): Promise<PestPacSimulator> {
  const company = foundCompany(options);
  const stopping = new AbortController();
  const server = createServer({ keepAliveTimeout: 30_000 });
  const listener = createListener(server, { port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const calls = createCallsInFlight();
  const control = createControl({ company, listener, calls });
  server.on('request', createApp({ company, control, calls, stopping: stopping.signal }));
  await listener.listen();
  company.url = listener.url;
  return {
    url: listener.url,
    apiUrl: `${listener.url}/pestpac/v1`,
    tokenUrl: `${listener.url}/oauth2/token`,
    port: listener.port,
    credentials: { ...company.credentials },
    control,
    stop: async () => {
      stopping.abort();
      await listener.end();
    },
  };
}
