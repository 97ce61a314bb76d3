import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createListener } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control/control.ts';
import type { SimulatorOptions } from './settings.ts';
import { createApp } from './app.ts';
import { createControl } from './control/control.ts';
import { Faults } from './feedback/faults.ts';
import { Feedback } from './feedback/feedback.ts';
import { inboundOf } from './module/load-package.ts';
import { Platform } from './platform/platform.ts';

/** A running simulator. */
export interface LeadConduitSimulator {
  /** Base address, without a slash at its end: the place of `/flows` and `/feedback`. */
  url: string;
  port: number;
  control: SimulatorControl;
  /** Ends every connection and delivery, answered or not, and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts a small LeadConduit on plain HTTP. Rejects when the port is taken or a package cannot be loaded. Nothing is
 * kept on disk: a stopped simulator is forgotten.
 */
export async function startLeadConduitSimulator(options: SimulatorOptions = {}): Promise<LeadConduitSimulator> {
  const now = options.now ?? Date.now;
  const stopping = new AbortController();
  const platform = new Platform({
    account: options.account ?? 'Example Buyer',
    hosts: options.hosts ?? {},
    now,
    newId: options.newId ?? (() => randomBytes(12).toString('hex')),
    eventsKept: options.eventsKept ?? 5000,
    stopping: stopping.signal,
  });
  for (const flow of options.flows ?? []) platform.addFlow(flow);
  const modules = Object.entries(options.feedbackModules ?? {});
  const feedbackModules = new Map(modules.map(([name, one]) => [name, 'path' in one ? inboundOf(one) : one]));
  const [feedback, faults] = [new Feedback(platform, now), new Faults()];
  const control = createControl(platform, feedback, faults);
  const server = createServer(
    { keepAliveTimeout: 30_000 },
    createApp({ platform, control, feedback, faults, feedbackModules, stopping: stopping.signal }),
  );
  const listener = createListener(server, { port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
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
