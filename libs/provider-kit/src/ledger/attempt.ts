import { type DocumentReference, type Exchange, isEvent } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { storeFault } from '@occ-hub/store';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { Registry } from '../connections/registry.ts';
import { gatherExchanges } from '../http/exchanges.ts';
import type { AnyProvider } from '../provider.ts';
import type { Ending } from './conclude.ts';
import { sealedText } from '../vault/sealed-text.ts';
import type { Vault } from '../vault/vault.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import type { Hold } from './owner.ts';
import { type Results, type Steps, createSteps } from './steps.ts';

export interface AttemptParts {
  readonly provider: AnyProvider;
  readonly registry: Registry;
  readonly clients: Clients;
  readonly store: DeliveryStore;
  readonly bytesOf: (org: string, document: DocumentReference) => Promise<Buffer>;
  readonly vault: Vault;
  readonly clock: Clock;
  /** The hold of an attempt that begins now. */
  readonly hold: () => Hold;
}

export interface Tried {
  readonly ending: Ending;
  readonly exchanges: readonly Exchange[];
  readonly startedAt: number;
  /** Finished steps that are to be written with the end. */
  readonly unkept: Results;
  readonly inDoubt: boolean;
  readonly cut: boolean;
}

/** Tries a delivery once. Never throws: every failure is an ending. */
export async function tryOnce(parts: AttemptParts, delivery: Delivery, owner: string): Promise<Tried> {
  const exchanges: Exchange[] = [];
  const startedAt = parts.clock();
  const hold = parts.hold();
  const steps = stepsOf(parts.store, delivery, { owner, hold });
  const tried = (ending: Ending) => ({
    ending,
    exchanges,
    startedAt,
    unkept: steps.unkept(),
    inDoubt: steps.inDoubt(),
    cut: steps.cut(),
  });
  try {
    return tried(await gatherExchanges(() => attempt(parts, delivery, steps), exchanges, hold.signal));
  } catch (error) {
    return tried({ what: 'failed', error: storeFault(error) });
  }
}

async function attempt(parts: AttemptParts, delivery: Delivery, steps: Steps): Promise<Ending> {
  const event = delivery.event as Parameters<typeof isEvent>[0];
  const sink = parts.provider.sinks.find((each) => isEvent(event, each.event));
  const connection = await connectionOf(parts.registry, delivery.connection);
  if (!sink || !connection) throw unknownTarget(sink ? 'connection' : 'sink');

  const { client, settings } = await parts.clients.open(connection);
  const data = event.data as never;
  const unwanted = sink.unwanted?.(data, settings as never);
  if (unwanted !== undefined) return { what: 'skipped', reason: unwanted };
  if (isLate(delivery) && (await parts.store.hasNewer(delivery))) {
    return { what: 'superseded', reason: 'A newer write of the same thing went out; this one would undo it.' };
  }
  const bytesOf = (document: DocumentReference) => withoutDoubt(parts.bytesOf(delivery.org, document));
  const { open: unseal } = sealedText(parts.vault, delivery.connection);
  const vendorIds = await sink.write({ data, client, settings: settings as never, step: steps.run, bytesOf, unseal });
  return { what: 'delivered', vendorIds };
}

/** Whatever becomes of a question to core, the vendor was sent nothing. */
async function withoutDoubt<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isHubError(error) || !error.mayHaveApplied) throw error;
    const { kind, code, message, cause } = error;
    throw new HubError({ kind, code, message, cause });
  }
}

/** Another replica may have made the connection a moment ago. */
async function connectionOf(registry: Registry, id: string): Promise<Connection | undefined> {
  const known = registry.get(id);
  if (known) return known;
  await registry.refresh();
  return registry.get(id);
}

/** Only a retry or a replay can have been overtaken: before the first attempt of the eldest no younger one can have gone out. Attempts that do not count are in the history. */
function isLate({ attempts, history, replays }: Delivery): boolean {
  return attempts > 1 || history.length > 0 || replays.length > 0;
}

function stepsOf(store: DeliveryStore, delivery: Delivery, { owner, hold }: { owner: string; hold: Hold }): Steps {
  const { _id: id, steps: done, inDoubt } = delivery;
  return createSteps({
    done,
    inDoubt,
    stillOurs: hold.stillOurs,
    async remember(finished) {
      if ((await store.mark({ id, owner, steps: finished })) !== undefined) return;
      const message = 'Another process has this delivery in hand by now. The hub goes on by itself.';
      throw new HubError({ kind: 'transient', code: 'ledger.taken-over', message });
    },
  });
}

function unknownTarget(what: 'sink' | 'connection'): HubError {
  const message =
    what === 'sink'
      ? 'This provider has no sink for this event. A newer release of it has to be deployed; then replay.'
      : 'The connection of this delivery is not known here. It was removed, or belongs to another environment.';
  return new HubError({ kind: 'rejected', code: `ledger.${what}-unknown`, message });
}
