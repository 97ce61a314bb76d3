import { isHubError } from '@occ-hub/errors';
import type { Clock, Log } from '@occ-hub/service';
import { untilAborted } from '../http/until-aborted.ts';
import type { AnyProvider } from '../provider.ts';
import type { Clients } from './clients.ts';
import type { Connection } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';
import type { Registry } from './registry.ts';

/** Tries the cheapest call of every held connection whose time has come; one that passes goes back to work. */
export interface Prober {
  /** Starts the probes that are due. Called every few seconds; waits for none of them. */
  tick(): Promise<void>;
  /** Ends probes under way. */
  stop(): Promise<void>;
}

export interface ProberParts {
  readonly provider: AnyProvider;
  readonly clients: Clients;
  readonly connections: ConnectionStore;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: ProbeLimits;
}

export interface ProbeLimits {
  /** Probes under way in one process. */
  readonly atOnce: number;
  /** A vendor that takes longer has not proved anything. */
  readonly probeMs: number;
}

const usualLimits: ProbeLimits = { atOnce: 8, probeMs: 30_000 };
/** How often refused credentials are tried again: the office may have put them right at the vendor. */
const againMs = 5 * 60_000;

export function createProber(parts: ProberParts): Prober {
  const { provider, clients, connections, registry, clock, log, limits = usualLimits } = parts;
  const underWay = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  async function probe(connection: Connection): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limits.probeMs)]);
    try {
      await untilAborted(async () => provider.probe((await clients.open(connection)).client), signal);
      await registry.tell(connection._id, { what: 'proved' });
    } catch (error) {
      if (!isHubError(error) && !signal.aborted) log.warn({ connectionId: connection._id, error }, 'a probe failed');
    }
  }

  return {
    async tick() {
      for (const connection of registry.all()) {
        const { _id, state, probeAt } = connection;
        if (state !== 'needs-reauthorization' || probeAt === null || probeAt > clock()) continue;
        if (stopping.signal.aborted || underWay.size >= limits.atOnce) return;
        if (underWay.has(_id) || !(await connections.moveProbe(_id, { from: probeAt, to: clock() + againMs })))
          continue;
        underWay.set(
          _id,
          probe(connection).finally(() => underWay.delete(_id)),
        );
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };
}
