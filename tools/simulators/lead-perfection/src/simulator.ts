import { createServer } from 'node:http';
import { createCallsInFlight, createListener } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control/control.ts';
import type { SimulatorOptions } from './settings.ts';
import { createApp } from './app.ts';
import { foundCompany } from './company/company.ts';
import { createControl } from './control/control.ts';
import { createPostingDesk } from './posting/posting-desk.ts';

/** A running simulator. */
export interface LeadPerfectionSimulator {
  /** Base address, without a slash at its end: the place of `/token` and `/api`. */
  url: string;
  port: number;
  control: SimulatorControl;
  /** Ends every connection, answered or not, and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated LeadPerfection company with invented data on plain HTTP. Rejects when the port is taken or the
 * zone is unknown. Nothing is kept on disk: a stopped simulator is forgotten.
 */
export async function startLeadPerfectionSimulator(options: SimulatorOptions = {}): Promise<LeadPerfectionSimulator> {
  const company = foundCompany(options);
  const stopping = new AbortController();
  const server = createServer({ keepAliveTimeout: 30_000 });
  const listener = createListener(server, { port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const calls = createCallsInFlight();
  const desk = createPostingDesk(company, stopping.signal);
  const control = createControl({ company, desk, listener, calls });
  server.on('request', createApp({ company, control, desk, calls, stopping: stopping.signal }));
  await listener.listen();
  return {
    url: listener.url,
    port: listener.port,
    control,
    stop: async () => {
      stopping.abort();
      await listener.end();
    },
  };
}
