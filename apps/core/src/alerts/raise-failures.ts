import { type HubEvent, isEvent, WriteSettled } from '@occ-hub/contracts';
import type { FailureAlert } from './alert.ts';
import type { RaiseParts } from './raise-alerts.ts';

/**
 * Keeps an alert for each write that ended so that a person must act, where its connection names somebody for that. One end
 * is one alert however often it is told; a replay that fails again is another.
 */
export async function raiseFailures(
  { alerts, clock, wake }: Pick<RaiseParts, 'alerts' | 'clock' | 'wake'>,
  events: readonly HubEvent[],
): Promise<void> {
  const failures = events
    .filter((event): event is HubEvent<typeof WriteSettled> => isEvent(event, WriteSettled))
    .flatMap((event) => failureOf(event, new Date(clock())));
  const raised = await Promise.all(failures.map((failure) => alerts.raise(failure)));
  if (raised.includes(true)) wake();
}

function failureOf({ attributes, data }: HubEvent<typeof WriteSettled>, now: Date): readonly FailureAlert[] {
  const { outcome, report_to: to, delivery_id: delivery, event_type, step, message = '' } = data;
  if (to === undefined || (outcome !== 'rejected' && outcome !== 'parked')) return [];
  const { orgid: org, connectionid: connection, provider, subject } = attributes;
  const at = new Date(attributes.time);
  return [
    {
      _id: `${delivery}-${at.getTime().toString(36)}`,
      ...{ org, connection, provider, kind: 'delivery-failed', delivery, event_type, subject, reason: message, at },
      ...(step === undefined ? {} : { step }),
      ...{ raised_at: now, due_at: now, attempts: 0 },
      targets: [{ channel: 'email', to: to.toLowerCase(), state: 'waiting' }],
    },
  ];
}
