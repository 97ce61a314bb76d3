import { randomBytes } from 'node:crypto';
import {
  connectKafka,
  connectNats,
  createAsker,
  createPublisher,
  ensureTopics,
  subscribe,
  type Answer,
  type Question,
} from '@occ-hub/bus';
import {
  type CommandDefinition,
  type HubEvent,
  JobUpserted,
  authorize,
  eventOf,
  providerSubject,
  saveSettings,
  topics,
} from '@occ-hub/contracts';
import { type Clock, createLog, newId, systemClock } from '@occ-hub/service';
import mongoose from 'mongoose';
import type { z } from 'zod';
import type { Provider } from '../provider.ts';
import { type RunningProvider, startProvider } from '../run/start-provider.ts';
import { type CapturedLog, captureLog } from './captured-log.ts';
import { eventually } from './eventually.ts';
import { type FakeCore, startFakeCore } from './fake-core.ts';
import { type OutboundEvents, outboundEvents } from './outbound-events.ts';
import { rawTopics } from './raw-topics.ts';

/** Addresses of real servers. */
export interface TestServers {
  readonly kafkaBrokers: readonly string[];
  readonly natsUrl: string;
  readonly mongoUrl: string;
}

export interface TestHubOptions {
  readonly servers: TestServers;
  /** The provider's own variables, and the kit's where its defaults do not suit. */
  readonly env?: Readonly<Record<string, string>>;
  /** The clock of instances that are started in this process; the machine's when absent. */
  readonly clock?: Clock;
}

/** A provider process that was started inside the test. */
export interface Started extends RunningProvider {
  readonly captured: CapturedLog;
}

/**
 * A hub around one provider: real Kafka, NATS and MongoDB with names of their own, a fake core, and ears on what the
 * provider publishes. Tests of one file share it; files do not meet.
 */
export interface TestHub {
  readonly org: string;
  readonly connection: string;
  /** What a process of the provider is started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly core: FakeCore;
  /** Makes outbound events of the org's first connection. */
  readonly events: OutboundEvents;
  /** Makes outbound events of another connection of the org. */
  eventsOf(connection: string): OutboundEvents;
  /** Everything published on the inbound and settled topics so far, in order per job. */
  readonly heard: readonly HubEvent[];
  heardOf(type: string): readonly HubEvent[];
  /** Every record of every topic of this hub as it lies there now: key, headers and bytes. */
  rawTopics(): Promise<readonly string[]>;
  /**
   * Publishes an inbound event of nobody and gives it back when it was heard. With one partition (`KAFKA_PARTITIONS: '1'`)
   * everything inbound that was published before it has been heard by then.
   */
  mark(): Promise<HubEvent>;
  readonly database: mongoose.Connection;
  /** Starts an instance of the provider in this process, its clock another one where given; all share the database. */
  start(more?: Readonly<Record<string, string>>, own?: { readonly clock: Clock }): Promise<Started>;
  ask<Command extends CommandDefinition>(command: Command, question: Question<Command>): Promise<Answer<Command>>;
  /** Saves settings and authorizes a connection (the first one when none is named). */
  connect(settings: Readonly<Record<string, unknown>>, connection?: string): Promise<Answer<typeof authorize>>;
  publish(events: readonly HubEvent[]): Promise<void>;
  /** Stops what was started and forgets the database. */
  close(): Promise<void>;
}

/** Opens a hub around a provider; no instance of it runs yet. */
export async function openTestHub<Settings extends z.ZodObject, Env extends z.ZodObject, Client>(
  provider: Provider<Settings, Env, Client>,
  { servers, env: own = {}, clock = systemClock }: TestHubOptions,
): Promise<TestHub> {
  const name = `t${randomBytes(4).toString('hex')}`;
  const [org, connection] = [`org-${name}`, `con-${name}`];
  const prefixes = { kafka: `${name}.`, nats: `${name}.` };
  const env = {
    PORT: '0',
    MONGO_URL: servers.mongoUrl,
    MONGO_DATABASE: `provider_${name}`,
    KAFKA_BROKERS: servers.kafkaBrokers.join(','),
    KAFKA_PARTITIONS: '3',
    KAFKA_PREFIX: prefixes.kafka,
    NATS_URL: servers.natsUrl,
    NATS_PREFIX: prefixes.nats,
    VAULT_KEYS: `test:${randomBytes(32).toString('base64')}`,
    CALLS_PER_SECOND: '0',
    // The simulators are not still at anything that they cut off.
    IN_DOUBT_WAIT_MS: '500',
    ...own,
  };
  const log = createLog({ service: 'test', level: 'silent' });
  const kafka = connectKafka({ brokers: servers.kafkaBrokers, clientId: 'test', log, prefix: prefixes.kafka });
  const nats = connectNats({ url: servers.natsUrl, name: 'test', log });
  const subjectOf = (subject: string) => prefixes.nats + subject;
  await ensureTopics(kafka, { partitions: Number(env.KAFKA_PARTITIONS), replicationFactor: 1 });
  const publisher = createPublisher(kafka);
  const asker = createAsker(nats);
  const database = await mongoose.createConnection(servers.mongoUrl, { dbName: env.MONGO_DATABASE }).asPromise();
  const core = await startFakeCore(nats, subjectOf);
  const heard: HubEvent[] = [];
  const ear = subscribe(kafka, {
    group: 'ear',
    topics: [topics.inbound, topics.settled],
    handle: async (batch) => void heard.push(...batch.map(({ event }) => event)),
    deadLetter: publisher.park,
    clock: systemClock,
  });
  await ear.joined;
  const started: Started[] = [];

  const ask: TestHub['ask'] = (command, question) =>
    asker.ask(subjectOf(providerSubject(provider.id, command)), command, question);
  return {
    org,
    connection,
    env,
    core,
    events: outboundEvents({ org, connection, provider: provider.id }),
    eventsOf: (other) => outboundEvents({ org, connection: other, provider: provider.id }),
    heard,
    heardOf: (type) => heard.filter((event) => event.attributes.type === type),
    rawTopics: () => rawTopics(kafka),
    database,
    ask,
    async start(more = {}, own = { clock }) {
      const captured = captureLog(provider.id);
      const running = await startProvider(provider, { ...env, ...more }, { log: captured.log, ...own });
      const instance = { ...running, captured };
      started.push(instance);
      return instance;
    },
    async connect(settings, which = connection) {
      await ask(saveSettings, { org, connection: which, settings: { ...settings } });
      return ask(authorize, { org, connection: which });
    },
    publish: (events) => publisher.publish(events),
    async mark() {
      const marker = markerEvent(org);
      await publisher.publish([marker]);
      const find = () => heard.find(({ attributes }) => attributes.id === marker.attributes.id);
      return (await eventually(find, (found) => found !== undefined))!;
    },
    async close() {
      await Promise.all(started.map((instance) => instance.stop()));
      await ear.stop();
      await core.stop();
      await publisher.stop();
      await nats.close();
      await database.dropDatabase();
      await database.close();
    },
  };
}

function markerEvent(org: string): HubEvent {
  const nothing = { line_1: '', line_2: '', city: '', state: '', postal_code: '' };
  const job = { external_id: 'marker', customer_name: '', name: '', email: '', lead_source: '' };
  return eventOf(
    JobUpserted,
    {
      id: newId('marker'),
      source: '/test',
      subject: `${org}/marker/marker`,
      time: new Date(0).toISOString(),
      orgid: org,
      connectionid: 'marker',
      provider: 'marker',
      origin: 'crm',
    },
    { job: { ...job, address: nothing, phones: [], notes: [], metadata: {} }, revision: 0 },
  );
}
