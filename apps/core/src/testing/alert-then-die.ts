import { readFileSync } from 'node:fs';
import type { HubEvent } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { createLog, readEnv, systemClock } from '@occ-hub/service';
import { connectStore, openStore } from '@occ-hub/store';
import { openAlertChannels } from '../alert-core.ts';
import { sendRound } from '../alerts/alert-relay.ts';
import { raiseAlerts } from '../alerts/raise-alerts.ts';
import { sendAlert } from '../alerts/send-alert.ts';
import { CoreEnv } from '../env.ts';
import { createStores } from '../stores.ts';

// A process that is killed at the worst moment: an alert is kept and not sent, or sent and not marked.
const input = JSON.parse(readFileSync(0, 'utf8')) as {
  env: Record<string, string>;
  event: HubEvent;
  dies: 'before-sending' | 'after-sending';
};
const die = async (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const env = readEnv(CoreEnv, input.env);
const log = createLog({ service: 'spec', level: 'silent' });
const store = openStore();
const { signal } = new AbortController();
await connectStore(store, { url: env.MONGO_URL, database: env.MONGO_DATABASE, log, signal });
const stores = createStores(store);
const { alerts } = stores;
await raiseAlerts({ ...stores, clock: systemClock, wake: () => undefined }, [input.event]);
if (input.dies === 'before-sending') await die();
const nobody = {
  kind: 'transient',
  code: 'bus.no-responder',
  message: 'No provider runs beside this process.',
} as const;
const parts = {
  ...stores,
  alerts: { ...alerts, mark: die },
  ...openAlertChannels(env, { clock: systemClock, log }),
  askProvider: () => Promise.reject(new HubError(nobody)),
  appUrl: undefined,
  stopping: signal,
  clock: systemClock,
  random: () => 0,
};
await sendRound({ alerts, clock: systemClock, send: (alert) => sendAlert(parts, alert) });
