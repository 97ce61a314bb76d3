import { ConnectionChanged, type HubEvent, connectionSubject, eventOf } from '@occ-hub/contracts';
import type { Log } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import type { Connection, StateChange } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';

/** Tells the other services that connections changed their state: at least once, those of one connection in order. */
export interface ChangeTeller {
  /** There is something to tell. Never throws: what is not told stays marked. */
  nudge(): void;
  /** Tells what is untold, be it of another replica or of a crash, unless another replica is at it. Called every few seconds. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface ChangeTellerParts {
  readonly store: Pick<ConnectionStore, 'untold' | 'markTold'>;
  readonly leases: Leases;
  /** Resolves when Kafka has all of them. */
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly provider: string;
  readonly log: Log;
}

const termMs = 30_000;

export function createChangeTeller({ store, leases, publish, provider, log }: ChangeTellerParts): ChangeTeller {
  let underWay: Promise<void> | undefined;
  let again = false;

  async function tellAll(): Promise<void> {
    if ((await store.untold()).length === 0) return;
    // One replica at a time: two could tell the changes of one connection in the wrong order, and each of them twice.
    const lease = await leases.take('connection-changes', termMs);
    if (!lease) return;
    try {
      for (const connection of await store.untold()) {
        const changes = connection.untold ?? [];
        await publish(changes.map((change) => changedEvent(provider, connection, change)));
        await store.markTold(
          connection._id,
          changes.map(({ id }) => id),
        );
      }
    } finally {
      await lease.release();
    }
  }

  function sweep(): Promise<void> {
    again = true;
    underWay ??= untilNoneComes().finally(() => (underWay = undefined));
    return underWay;
  }

  /** What changed while it was told may have come too late to be read. */
  async function untilNoneComes(): Promise<void> {
    while (again) {
      again = false;
      await tellAll();
    }
  }

  return {
    nudge: () =>
      void sweep().catch((error: unknown) =>
        log.warn({ error, outcome: 'untold' }, 'a change of a connection could not be published yet'),
      ),
    sweep,
    async settled() {
      await Promise.allSettled([underWay]);
    },
  };
}

function changedEvent(provider: string, { _id: id, org }: Connection, change: StateChange): HubEvent {
  const { state, before, reason, at } = change;
  return eventOf(
    ConnectionChanged,
    {
      id: change.id,
      source: `/providers/${provider}`,
      subject: connectionSubject({ org, provider, id }),
      // When it changed, not when it is told: what is told late must not look like the latest.
      time: new Date(at).toISOString(),
      orgid: org,
      connectionid: id,
      provider,
      origin: 'crm',
    },
    { state, before, reason: reason ?? '' },
  );
}
