import { type DocumentReference, type Exchange, isEvent } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { storeFault } from '@occ-hub/store';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { Registry } from '../connections/registry.ts';
import { gatherExchanges } from '../http/exchanges.ts';
import type { AnyProvider } from '../provider.ts';
import type { Ending } from './conclude.ts';
import type { Delivery, StepRecord } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { createStepRunner } from './steps.ts';

export interface AttemptParts {
  readonly provider: AnyProvider;
  readonly registry: Registry;
  readonly clients: Clients;
  readonly store: DeliveryStore;
  readonly bytesOf: (org: string, document: DocumentReference) => Promise<Buffer>;
  readonly clock: Clock;
  /** Throws when this process has been given up by the others: what it had in hand may be in theirs. */
  readonly stillAlive: () => void;
}

export interface Tried {
  readonly ending: Ending;
  readonly exchanges: readonly Exchange[];
  readonly startedAt: number;
}

/** Tries a delivery once. Never throws: every failure is an ending. */
export async function tryOnce(parts: AttemptParts, delivery: Delivery, owner: string): Promise<Tried> {
  const exchanges: Exchange[] = [];
  const startedAt = parts.clock();
  try {
    const ending = await gatherExchanges(() => attempt(parts, delivery, owner), exchanges);
    return { ending, exchanges, startedAt };
  } catch (error) {
    return { ending: { what: 'failed', error: storeFault(error) }, exchanges, startedAt };
  }
}

async function attempt(parts: AttemptParts, delivery: Delivery, owner: string): Promise<Ending> {
  const event = delivery.event as Parameters<typeof isEvent>[0];
  const sink = parts.provider.sinks.find((each) => isEvent(event, each.event));
  const connection = await connectionOf(parts.registry, delivery.connection);
  if (!sink || !connection) throw unknownTarget(sink ? 'connection' : 'sink');

  const { client, settings } = await parts.clients.open(connection);
  const data = event.data as never;
  const unwanted = sink.unwanted?.(data, settings as never);
  if (unwanted !== undefined) return { what: 'skipped', reason: unwanted };
  if (isLate(delivery) && (await parts.store.hasNewer(delivery))) {
    return { what: 'superseded', reason: 'A newer write of the same thing went out or waits; this one would undo it.' };
  }
  const step = createStepRunner({
    steps: delivery.steps,
    ...stepMemory(parts.store, delivery, owner),
    stillOurs: parts.stillAlive,
  });
  const bytesOf = (document: DocumentReference) => parts.bytesOf(delivery.org, document);
  return {
    what: 'delivered',
    vendorIds: await sink.write({ data, client, settings: settings as never, step, bytesOf }),
  };
}

/** Another replica may have made the connection a moment ago. */
async function connectionOf(registry: Registry, id: string): Promise<Connection | undefined> {
  const known = registry.get(id);
  if (known) return known;
  await registry.refresh();
  return registry.get(id);
}

/** Only a retry or a replay can have been overtaken: at its first attempt a delivery is the newest of its lane. */
function isLate(delivery: Delivery): boolean {
  return delivery.attempts > 1 || delivery.replays.length > 0;
}

function stepMemory(store: DeliveryStore, { _id: id }: Delivery, owner: string) {
  return {
    remember: (name: string, record: StepRecord) =>
      store.mark({ id, owner, update: { $set: { [`steps.${name}`]: record } } }),
    forget: (name: string) => store.mark({ id, owner, update: { $unset: { [`steps.${name}`]: '' } } }),
  };
}

function unknownTarget(what: 'sink' | 'connection'): HubError {
  const message =
    what === 'sink'
      ? 'This provider has no sink for this event. A newer release of it has to be deployed; then replay.'
      : 'The connection of this delivery is not known here. It was removed, or belongs to another environment.';
  return new HubError({ kind: 'rejected', code: `ledger.${what}-unknown`, message });
}
