import { type DocumentReference, type Exchange, isEvent } from '@occ-hub/contracts';
import { HubError, type RetryPolicy, isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { type Leases, storeFault } from '@occ-hub/store';
import { readConfigurationOf } from '../configuration/read-configuration.ts';
import type { VersionStore } from '../configuration/version.store.ts';
import type { Clients, OpenConnection } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { Registry } from '../connections/registry.ts';
import { gatherExchanges } from '../http/exchanges.ts';
import type { AnyProvider } from '../provider.ts';
import type { Upserted, Write } from '../sink.ts';
import type { Ending } from './conclude.ts';
import { sealedText } from '../vault/sealed-text.ts';
import type { Vault } from '../vault/vault.ts';
import { aloneBy } from './alone.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import type { Hold } from './owner.ts';
import { type Results, type Steps, createSteps } from './steps.ts';
import { withheld } from './withhold.ts';

export interface AttemptParts {
  readonly provider: AnyProvider;
  readonly registry: Registry;
  readonly clients: Clients;
  readonly store: DeliveryStore;
  readonly bytesOf: (org: string, document: DocumentReference) => Promise<Buffer>;
  readonly vault: Vault;
  readonly versions: VersionStore;
  readonly leases: Leases;
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
  /** The names of all finished steps that may be repeated. */
  readonly repeatable: readonly string[];
  readonly inDoubt: boolean;
  readonly cut: boolean;
  /** Where it stopped, if it failed. */
  readonly failedStep: string | undefined;
  /** What the write said that it made. */
  readonly upserted?: Upserted;
  /** How often this connection wants failures tried; absent: as the hub does. */
  readonly policy?: RetryPolicy;
}

/** What is learnt on the way, whatever the end. */
type Noted = { -readonly [Key in 'upserted' | 'policy']?: Tried[Key] };

interface Under {
  readonly delivery: Delivery;
  readonly steps: Steps;
  readonly noted: Noted;
}

/** Tries a delivery once. Never throws: every failure is an ending. */
export async function tryOnce(parts: AttemptParts, delivery: Delivery, owner: string): Promise<Tried> {
  const exchanges: Exchange[] = [];
  const startedAt = parts.clock();
  const hold = parts.hold();
  const steps = stepsOf(parts, delivery, { owner, hold });
  const noted: Noted = {};
  const tried = (ending: Ending) => ({
    ending: endingOf(steps, ending),
    exchanges,
    startedAt,
    unkept: steps.unkept(),
    repeatable: steps.repeatable(),
    inDoubt: steps.inDoubt(),
    cut: steps.cut(),
    failedStep: steps.stoppedAt(),
    ...noted,
  });
  try {
    return tried(await gatherExchanges(() => attempt(parts, { delivery, steps, noted }), exchanges, hold.signal));
  } catch (error) {
    return tried({ what: 'failed', error: storeFault(error) });
  }
}

/** A question that was put ends the attempt, whatever the write made of what `choose` threw. */
function endingOf(steps: Steps, ending: Ending): Ending {
  const question = steps.asked();
  return question ? { what: 'asked', question } : ending;
}

async function attempt(parts: AttemptParts, under: Under): Promise<Ending> {
  const { delivery, noted } = under;
  if (delivery.withheld) throw withheld();
  const event = delivery.event as Parameters<typeof isEvent>[0];
  const sink = parts.provider.sinks.find((each) => isEvent(event, each.event));
  const connection = await connectionOf(parts.registry, delivery.connection);
  if (!sink || !connection) throw unknownTarget(sink ? 'connection' : 'sink');

  const open = await parts.clients.open(connection);
  const policy = parts.provider.retries?.(open.settings as never);
  if (policy) noted.policy = policy;
  const unwanted = sink.unwanted?.(event.data as never, open.settings as never);
  if (unwanted !== undefined) return { what: 'skipped', reason: unwanted };
  if (isLate(delivery) && (await parts.store.hasNewer(delivery))) {
    return { what: 'superseded', reason: 'A newer write of the same thing went out; this one would undo it.' };
  }
  return { what: 'delivered', vendorIds: await sink.write(writeOf(parts, under, open)) };
}

function writeOf(
  { vault, versions, store, leases, bytesOf }: AttemptParts,
  { delivery, steps, noted }: Under,
  { client, settings }: OpenConnection,
): Write<never, never, never> {
  return {
    data: delivery.event.data as never,
    client,
    settings: settings as never,
    config: readConfigurationOf(versions, { org: delivery.org, connection: delivery.connection }),
    step: steps.run,
    choose: steps.choose,
    earlier: () => store.earlier(delivery),
    siblings: () => store.siblings(delivery),
    alone: aloneBy(leases, delivery.connection),
    upserted: (told) => void (noted.upserted = told),
    bytesOf: (document) => withoutDoubt(bytesOf(delivery.org, document)),
    unseal: sealedText(vault, delivery.connection).open,
  };
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

function stepsOf(
  { store, clock }: AttemptParts,
  delivery: Delivery,
  { owner, hold }: { owner: string; hold: Hold },
): Steps {
  const { _id: id, steps: done, repeatable, choices = [], inDoubt, asking, attempts } = delivery;
  const steps: Steps = createSteps({
    ...{ done, inDoubt, stillOurs: hold.stillOurs },
    ...(repeatable && { repeatable }),
    answers: new Map(choices.flatMap(({ name, option, forgotten }) => (forgotten ? [] : [[name, option]]))),
    diedAsking: asking?.attempt === attempts - 1 ? asking.name : undefined,
    async remember({ finished, asking: name }) {
      const set = {
        ...(Object.keys(finished).length > 0 && { madeAt: clock(), repeatable: steps.repeatable() }),
        ...(name !== undefined && { asking: { name, attempt: attempts } }),
      };
      if ((await store.mark({ id, owner, steps: finished, set })) !== undefined) return;
      const message = 'Another process has this delivery in hand by now. The hub goes on by itself.';
      throw new HubError({ kind: 'transient', code: 'ledger.taken-over', message });
    },
  });
  return steps;
}

function unknownTarget(what: 'sink' | 'connection'): HubError {
  const message =
    what === 'sink'
      ? 'This provider has no sink for this event. A newer release of it has to be deployed; then replay.'
      : 'The connection of this delivery is not known here. It was removed, or belongs to another environment.';
  return new HubError({ kind: 'rejected', code: `ledger.${what}-unknown`, message });
}
