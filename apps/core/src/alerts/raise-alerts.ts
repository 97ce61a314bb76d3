import type { HubEvent } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import { changesIn } from '../connections/on-connection-changed.ts';
import type { AlertTarget } from './alert.ts';
import { alertKindOf } from './alert-kind-of.ts';
import type { AlertSettings } from './alert-settings.ts';
import type { AlertSettingsStore } from './alert-settings.store.ts';
import type { AlertStore } from './alert.store.ts';

export interface RaiseParts {
  readonly alerts: Pick<AlertStore, 'raise' | 'saidLast'>;
  readonly alertSettings: Pick<AlertSettingsStore, 'find'>;
  readonly clock: Clock;
  /** Lets the relay know that there is something to send. */
  readonly wake: () => void;
}

/** Keeps an alert for each change that is worth one, known by its event: repeats keep and send nothing. */
export async function raiseAlerts(parts: RaiseParts, events: readonly HubEvent[]): Promise<void> {
  const { alerts, alertSettings, clock, wake } = parts;
  // One after the other: what was said before decides.
  for (const { attributes, data } of changesIn(events)) {
    const { id, orgid: org, connectionid: connection, provider, time } = attributes;
    const at = new Date(time);
    const kind = alertKindOf(data, await alerts.saidLast(org, connection, at));
    if (kind === undefined) continue;
    const targets = targetsOf(await alertSettings.find(org));
    const now = new Date(clock());
    const { state, reason } = data;
    const facts = { _id: id, org, connection, provider, kind, state, reason, at, raised_at: now, attempts: 0, targets };
    // Kept also where nobody is to be told: what was said last is needed to know a recovery.
    if (await alerts.raise(targets.length === 0 ? facts : { ...facts, due_at: now })) wake();
  }
}

function targetsOf(settings: AlertSettings | null): AlertTarget[] {
  const emails = settings?.emails ?? [];
  return [
    ...emails.map((to) => ({ channel: 'email', to, state: 'waiting' }) as const),
    ...(settings?.webhook === undefined ? [] : [{ channel: 'webhook', to: '', state: 'waiting' } as const]),
  ];
}
