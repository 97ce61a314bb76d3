import { randomBytes } from 'node:crypto';
import { ensureTopics, pingKafka, pingNats } from '@occ-hub/bus';
import { HubError } from '@occ-hub/errors';
import {
  type Clock,
  createHttpShell,
  createLife,
  createLog,
  createMetrics,
  createReadiness,
  type Life,
  listen,
  type Log,
  newId as machineIds,
  type NewId,
  type RandomBytes,
  systemClock,
  untilItWorks,
} from '@occ-hub/service';
import { connectStore, createLeases, pingStore } from '@occ-hub/store';
import { openAlertChannels, relayAlerts } from './alert-core.ts';
import { startConsumers } from './consumers.ts';
import { createDocumentTokens } from './documents/document-token.ts';
import { sweepFiles } from './documents/sweep-files.ts';
import type { CoreEnv } from './env.ts';
import { tokenSource } from './issuer/token-source.ts';
import { openOutside } from './outside.ts';
import { createAskProvider } from './providers/ask-provider.ts';
import { answerQuestions } from './questions.ts';
import { hearWakes, relayOutboxes, wakeAnywhere } from './relay-core.ts';
import { makeIndexes } from './store/collection.ts';
import { createStores } from './stores.ts';
import { addWeb } from './web.ts';

/** What a process, a demo or a test may bring; the machine's own where it does not. */
export interface CoreDeps {
  readonly clock?: Clock;
  readonly newId?: NewId;
  readonly random?: RandomBytes;
  readonly log?: Log;
  /** Parts are registered here as they start, so that a stop during the start ends it. Absent: core has its own. */
  readonly life?: Life;
}

export interface Core {
  /** Base of the API. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts core. HTTP answers health at once; the API opens when the store is there, and this resolves when Kafka and NATS
 * are too, however long that takes. Throws HubError(config) for settings that cannot work.
 */
export async function startCore(env: CoreEnv, deps: CoreDeps = {}): Promise<Core> {
  const log = deps.log ?? createLog({ service: 'core', level: env.LOG_LEVEL });
  const life = deps.life ?? createLife({ log });
  try {
    const url = await begin(env, { clock: systemClock, newId: machineIds, random: randomBytes, ...deps, log, life });
    return { url, stop: () => life.stop() };
  } catch (error) {
    if (deps.life === undefined) await life.stop().catch(() => undefined);
    throw error;
  }
}

async function begin(env: CoreEnv, deps: Required<CoreDeps>): Promise<string> {
  const { clock, newId, random, log, life } = deps;
  internalUrlOf(env, '');
  const channels = openAlertChannels(env, { clock, log });
  life.add('webhooks', () => channels.webhook.close());
  const source = await tokenSource(env, clock);
  const metrics = createMetrics({ service: 'core' });
  const readiness = createReadiness({ clock });
  const shell = createHttpShell({ log, metrics, readiness });
  const outside = openOutside(env, { life, log });
  const { store, kafka, publisher, nats } = outside;
  readiness.add('mongo', () => pingStore(store));
  readiness.add('kafka', () => pingKafka(kafka));
  readiness.add('nats', () => pingNats(nats));

  const stop = new AbortController();
  const http = await listen(shell.app, env.PORT, env.HOST);
  life.add('http', () => {
    stop.abort();
    return http.stop();
  });
  log.info({ part: 'http', port: http.port }, 'listening');

  const stores = createStores(store);
  const { signal } = stop;
  life.add('start', () => stop.abort());
  await connectStore(store, { url: env.MONGO_URL, database: env.MONGO_DATABASE, log, signal });
  await untilItWorks(() => makeIndexes(store), { part: 'mongo', log, signal });
  const leases = createLeases(store, { clock, owner: newId('relay') });
  const relay = relayOutboxes({ stores, leases, publisher, clock, log, metrics });
  life.add('relay', () => relay.stop());
  const askProvider = createAskProvider(outside.asker, outside.subjectOf);
  const alerts = relayAlerts({ env, channels, stores, askProvider, leases, clock, log, metrics });
  life.add('alerts', () => alerts.stop());
  const tokens = createDocumentTokens({ secret: env.DOCUMENT_TOKEN_SECRET, clock });
  const wake = wakeAnywhere(relay, outside);
  shell.serve((router) =>
    addWeb(router, {
      ...{ env, outside, stores, tokens, source, askProvider, channels },
      ...{ clock, newId, random, wake, stopping: signal },
    }),
  );
  const sweep = sweepFiles({ documents: stores.documents, clock, log });
  life.add('sweep', () => sweep.stop());

  const sizes = { partitions: env.KAFKA_PARTITIONS, replicationFactor: env.KAFKA_REPLICATION };
  await untilItWorks(() => ensureTopics(kafka, sizes), { part: 'kafka', log, signal });
  const consumers = startConsumers({ kafka, publisher, stores, clock, metrics, alert: () => alerts.wake() });
  const all = Object.entries(consumers);
  life.add('consumers', async () => void (await Promise.all(all.map(([, consumer]) => consumer.stop()))));
  for (const [name, consumer] of all) readiness.add(`core.${name}`, () => consumer.check());

  const internalUrl = internalUrlOf(env, http.url);
  const answers = [
    await hearWakes(relay, outside),
    ...(await answerQuestions(outside, { stores, tokens, clock, internalUrl })),
  ];
  life.add('answers', async () => void (await Promise.all(answers.map((answering) => answering.stop()))));
  await Promise.all(all.map(([, consumer]) => consumer.joined));
  log.info({ part: 'core', outcome: 'started' }, 'core is ready');
  return http.url;
}

/** Where providers reach core. An address that means "all of mine" means nothing to others. */
function internalUrlOf({ INTERNAL_URL, HOST }: CoreEnv, own: string): string {
  if (INTERNAL_URL !== undefined) return INTERNAL_URL;
  if (HOST !== '0.0.0.0' && HOST !== '::') return own;
  throw new HubError({
    kind: 'config',
    code: 'core.internal-url',
    message: `INTERNAL_URL is not set, and providers cannot reach core at ${HOST}. Set it to the address of core in the cluster.`,
  });
}
