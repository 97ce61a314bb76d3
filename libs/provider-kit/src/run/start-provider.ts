import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  connectKafka,
  connectNats,
  createAsker,
  createPublisher,
  ensureTopics,
  pingKafka,
  pingNats,
  publishJson,
  subscribe,
} from '@occ-hub/bus';
import { progressSubject, topics } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import {
  type Env,
  type Life,
  type Log,
  createHttpShell,
  createLife,
  createLog,
  createMetrics,
  createReadiness,
  every,
  kafkaAccess,
  listen,
  newId,
  readEnv,
  runService,
  systemClock,
  untilItWorks,
} from '@occ-hub/service';
import { connectStore, openStore, pingStore } from '@occ-hub/store';
import { z } from 'zod';
import { answerCommands } from '../commands/answer-commands.ts';
import { beatMs } from '../ledger/owner.ts';
import type { AnyProvider, Provider } from '../provider.ts';
import { assemble } from './assemble.ts';
import { KitEnv } from './env.ts';
import { createProviderMetrics } from './metrics.ts';
import { openStores } from './stores.ts';

/** A provider under way. */
export interface RunningProvider {
  /** Where health and metrics are served. */
  readonly url: string;
  /** In-flight work finishes or is handed back within ten seconds. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly log?: Log;
  readonly clock?: () => number;
}

/** Runs a provider as a process of its own; its `main.ts` is this one call. */
export async function runProvider<Settings extends z.ZodObject, Own extends z.ZodObject, Client>(
  provider: Provider<Settings, Own, Client>,
  env: Env,
): Promise<void> {
  await runService({
    name: provider.id,
    start: async (life) => {
      await startParts(provider as unknown as AnyProvider, { env, life, log: logOf(provider.id, env) });
    },
  });
}

/** Starts a provider inside another process: demo, tests, benchmark. Fails as `config` naming every fault of the environment. */
export async function startProvider<Settings extends z.ZodObject, Own extends z.ZodObject, Client>(
  provider: Provider<Settings, Own, Client>,
  env: Env,
  options: StartOptions = {},
): Promise<RunningProvider> {
  const log = options.log ?? logOf(provider.id, env);
  const life = createLife({ log });
  try {
    const url = await startParts(provider as unknown as AnyProvider, { env, life, log, ...options });
    return { url, stop: () => life.stop() };
  } catch (error) {
    await life.stop();
    throw error;
  }
}

function logOf(service: string, env: Env): Log {
  const level = KitEnv.shape.LOG_LEVEL.safeParse(env['LOG_LEVEL'] || undefined);
  return createLog({ service, level: level.success ? level.data : 'info' });
}

/** How long a stop waits for tokens that are on their way, of the ten seconds that it has. */
const tokensMs = 8_000;
const lastTokensMs = 500;
/** While Kafka is away a stop does not wait for it: what is untold stays marked in the store, and another process tells it. */
const lastWordsMs = 1_000;
const lastSendMs = 500;

interface StartFacts extends StartOptions {
  readonly env: Env;
  readonly life: Life;
  readonly log: Log;
}

/** Health first, so that it can be asked while the rest waits for its servers; then in the order of the data's way. */
async function startParts(
  provider: AnyProvider,
  { env: given, life, log, clock = systemClock }: StartFacts,
): Promise<string> {
  const env = readEnv(z.object({ ...KitEnv.shape, ...provider.env.shape }), given) as KitEnv & Record<string, unknown>;
  const stopping = new AbortController();
  const metrics = createMetrics({ service: provider.id });
  const readiness = createReadiness();
  const shell = createHttpShell({ log, metrics, readiness, textUnder: '/v1/orgs', proxies: env.PROXIES });
  const http = await listen(shell.app, env.PORT, env.HOST);
  life.add('http', http.stop);

  const kafka = connectKafka({
    ...{ brokers: env.KAFKA_BROKERS, clientId: provider.id, log, prefix: env.KAFKA_PREFIX },
    ...kafkaAccess(env),
  });
  const nats = connectNats({ url: env.NATS_URL, name: provider.id, log });
  const subjectOf = (subject: string) => env.NATS_PREFIX + subject;
  life.add('nats', () => nats.close());
  readiness.add('kafka', () => pingKafka(kafka));
  readiness.add('nats', () => pingNats(nats));
  // Named from the first moment: a part that has not come up yet must not look like one that is not needed.
  for (const part of ['mongo', 'intake', 'commands']) readiness.add(part, notYet(part));
  const store = openStore();
  life.add('store', () => store.close());
  life.add('waiting', () => stopping.abort());
  const { signal } = stopping;

  const database = env.MONGO_DATABASE ?? `provider_${provider.id.replaceAll('-', '_')}`;
  await connectStore(store, { url: env.MONGO_URL, database, log, signal });
  readiness.add('mongo', () => pingStore(store));

  const owner = `${provider.id}-${randomUUID()}`;
  const stores = await openStores(store, { clock, owner, newId });
  const sizes = { partitions: env.KAFKA_PARTITIONS, replicationFactor: env.KAFKA_REPLICATION };
  await untilItWorks(() => ensureTopics(kafka, sizes), { part: 'kafka', log, signal });
  const publisher = createPublisher(kafka);
  life.add('publisher', () => atMost(lastSendMs, publisher.stop()));
  const tellProgress = (run: { id: string }) =>
    void publishJson(nats, subjectOf(progressSubject(run.id)), run).catch(() => undefined);
  const machinery = assemble({
    provider,
    env,
    store,
    stores,
    publisher,
    owner,
    clock,
    newId,
    log,
    tellProgress,
    subjectOf,
    asker: createAsker(nats),
    metrics: createProviderMetrics(metrics),
    random: Math.random,
    randomBytes,
    publicUrl: env.PUBLIC_URL ?? http.url,
  });
  life.add('vendor connections', () => machinery.sender.stop());
  // Whatever begins after the vendor work has ended: callbacks come in until the very last.
  life.add('tokens', () => machinery.tokenWork.end(lastTokensMs));

  await machinery.registry.refresh();
  await machinery.reseal();
  // Nobody is told that there is no such page before it is known which there are.
  shell.serve(machinery.routes);
  await machinery.heartbeat.beat();
  const { teller, announcer, changes } = machinery;
  life.add('last words', () =>
    atMost(lastWordsMs, Promise.all([teller.settled(), announcer.settled(), changes.settled()])),
  );
  workAgainAndAgain(machinery, { life, log });
  life.add('owner', () => stores.owners.leave(owner));

  const { poller, prober } = machinery;
  const dispatcher = machinery.startSending();
  // Together: one after the other they could take longer than a stop may.
  life.add('vendor work', async () => {
    await Promise.all([dispatcher.stop(7_000), poller.stop(), prober.stop(), machinery.tokenWork.settled(tokensMs)]);
  });
  const subscription = subscribe(kafka, {
    group: `provider.${provider.id}`,
    topics: [topics.outbound],
    types: provider.sinks.map((sink) => sink.event.type),
    handle: async (batch) => machinery.intake(batch.map(({ event }) => event)),
    deadLetter: publisher.park,
    clock,
  });
  life.add('intake', () => subscription.stop());
  readiness.add('intake', () => subscription.check());

  const answering = await answerCommands(nats, machinery.desks, subjectOf);
  readiness.add('commands', () => pingNats(nats));
  life.add('commands', answering.stop);
  log.info({ port: http.port, outcome: 'started' }, 'provider started');
  return http.url;
}

/** What is looked at again and again until the stop. */
function workAgainAndAgain(machinery: ReturnType<typeof assemble>, { life, log }: { life: Life; log: Log }): void {
  const { poller, prober, heartbeat, choices, teller, announcer, changes } = machinery;
  const jobs = [
    ['heartbeat', beatMs, heartbeat.beat],
    ['poll', 1_000, poller.tick],
    ['probe', 5_000, prober.tick],
    ['choices', 2_000, choices.expire],
    ['settlements', 10_000, teller.sweep],
    ['announcements', 10_000, announcer.sweep],
    ['changes', 3_000, changes.sweep],
    ['reseal', 60_000, machinery.reseal],
  ] as const;
  for (const [part, ms, work] of jobs) life.add(part, every(ms, { part, work, log }).stop);
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(ms, undefined, { ref: false })]);
}

function notYet(part: string): () => Promise<void> {
  return async () => {
    throw new HubError({ kind: 'transient', code: `service.${part}-starting`, message: 'It has not come up yet.' });
  };
}
