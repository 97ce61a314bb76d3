import type { ConnectionState } from '@occ-hub/contracts';
import type { Clock, Log } from '@occ-hub/service';
import {
  type Connection,
  type ConnectionNews,
  type StateAndReason,
  isWorking,
  stateAfter,
  stateOf,
} from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';

/**
 * Every connection of this provider in memory, at most a second behind the store: the ledger and the poller look here
 * instead of asking the store for each piece of work.
 */
export interface Registry {
  all(): Iterable<Connection>;
  get(connection: string): Connection | undefined;
  /** Reads what changed. Called every second, and at once after a change made here. */
  refresh(): Promise<void>;
  /** Applies some news to a connection's state, and remembers it; a change of state is logged once. */
  tell(connection: string, news: ConnectionNews): Promise<Connection['state']>;
}

/** A write is visible only a while after it was stamped, and the clocks of a cluster's members differ a little. */
const overlapMs = 10_000;
/** How long after refused credentials the first probe goes out. */
const firstProbeMs = 60_000;

export interface RegistryParts {
  readonly store: ConnectionStore;
  readonly clock: Clock;
  readonly log: Log;
  /** A connection works again, and what it was before: after trouble, refusal or pause. */
  readonly onWorking: (connection: string, before: ConnectionState) => void;
  /** The vendor asked, maybe another replica, to be left alone for so long from now. */
  readonly onRest: (connection: string, ms: number) => void;
  /** There are changes of state that nobody was told. */
  readonly onUntold: () => void;
}

export function createRegistry({ store, clock, log, onWorking, onRest, onUntold }: RegistryParts): Registry {
  const known = new Map<string, Connection>();
  let readUpTo: Date | undefined;

  async function refresh(): Promise<void> {
    const { connections, asOf } = await store.changedSince(readUpTo);
    for (const connection of connections) {
      known.set(connection._id, connection);
      const restMs = (connection.restUntil ?? 0) - asOf.getTime();
      if (restMs > 0) onRest(connection._id, restMs);
    }
    readUpTo = new Date(asOf.getTime() - overlapMs);
    if (connections.some(({ untold }) => untold?.length)) onUntold();
  }

  async function tell(id: string, news: ConnectionNews): Promise<Connection['state']> {
    for (;;) {
      const connection = await current(id, news);
      if (!connection) return 'draft';
      const before = stateOf(connection);
      const to = stateAfter(before, news);
      if (isSame(to, before)) return to.state;
      const probeAt = to.state === 'needs-reauthorization' ? clock() + firstProbeMs : null;
      if (!(await store.changeState(id, { from: before, to, probeAt }))) continue;
      if (to.state !== before.state || to.reason !== before.reason)
        log.info({ connectionId: id, outcome: to.state, code: news.what }, 'connection changed state');
      await refresh();
      if (to.state === 'healthy' || (isWorking(to.state) && !isWorking(before.state))) onWorking(id, before.state);
      return to.state;
    }
  }

  /** Successes are news of every write: they are judged by memory, everything rarer by the store. */
  async function current(id: string, news: ConnectionNews): Promise<Connection | undefined> {
    const held = known.get(id);
    const isTroubled = held?.state === 'retrying' || held?.underPause?.state === 'retrying';
    if (news.what === 'worked' && !isTroubled) return held;
    const fresh = await store.get(id);
    if (fresh) known.set(id, fresh);
    return fresh;
  }

  return { all: () => known.values(), get: (id) => known.get(id), refresh, tell };
}

function isSame(one: StateAndReason, other: StateAndReason): boolean {
  const isAlike = one.state === other.state && one.reason === other.reason;
  if (!isAlike || !one.under || !other.under) return isAlike && one.under === other.under;
  return isSame(one.under, other.under);
}
