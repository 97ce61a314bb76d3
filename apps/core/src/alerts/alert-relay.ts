import type { Clock, Log } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import { type LeasedLoop, startLeasedLoop } from '../store/leased-loop.ts';
import { allEnded } from './all-ended.ts';
import type { AlertRecord } from './alert.ts';
import type { AlertStore } from './alert.store.ts';

export interface AlertRelayParts {
  readonly alerts: Pick<AlertStore, 'due'>;
  /** The owner is this process. */
  readonly leases: Leases;
  readonly send: (alert: AlertRecord) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

const work = 'alerts/relay';
const leaseMs = 60_000;
/** Longer than a round takes: five seconds for the provider's answer, then twenty at most for a mail or a webhook. */
const leastLeftMs = 40_000;
const readLimit = 50;
/** Many writes may fail at once: their mails neither keep connections' alerts waiting nor flood the mail server. */
const failuresAtOnce = 10;

/** Sends alerts that are due: one process at a time, by a lease; of one connection one after the other. */
export function startAlertRelay(parts: AlertRelayParts): LeasedLoop {
  const { leases, clock, log } = parts;
  const pass = () => sendRound(parts);
  return startLeasedLoop({ work, part: 'alerts', leases, leaseMs, leastLeftMs, pass, clock, log });
}

/** One round: of each connection that has something due the eldest alert, and some failed writes, all at once. Answers how many. */
export async function sendRound({
  alerts,
  send,
  clock,
}: Pick<AlertRelayParts, 'alerts' | 'send' | 'clock'>): Promise<number> {
  const now = new Date(clock());
  const [due, failures] = await Promise.all([
    alerts.due(now, { of: 'connections', limit: readLimit }),
    alerts.due(now, { of: 'writes', limit: failuresAtOnce }),
  ]);
  const eldest = new Map<string, AlertRecord>();
  for (const alert of due) {
    const held = eldest.get(alert.connection);
    if (held === undefined || alert.at < held.at) eldest.set(alert.connection, alert);
  }
  // All of them end before the next round begins, also where one failed: it would send the others a second time.
  const round = [...eldest.values(), ...failures];
  await allEnded(round.map(send));
  return round.length;
}
