import { randomUUID } from 'node:crypto';
import { answer, type Answering, connectKafka, connectNats, createAsker, createPublisher } from '@occ-hub/bus';
import { type CommandDefinition, providerSubject } from '@occ-hub/contracts';
import { createLog, readEnv } from '@occ-hub/service';
import mongoose from 'mongoose';
import { inject } from 'vitest';
import type { z } from 'zod';
import { type Core, type CoreDeps, startCore } from '../core.ts';
import { CoreEnv } from '../env.ts';

/** A test sees no log line; what went wrong is in the reply. */
export const silent = createLog({ service: 'core', level: 'silent' });

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly key?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** The body by its shape; fails the test when it has another. */
  as<Shape extends z.ZodType>(shape: Shape): z.output<Shape>;
}

/** Settings of a core with a database, topics, groups and subjects of its own. */
export function testEnv(overrides: Readonly<Record<string, string>> = {}): CoreEnv {
  const name = `t${randomUUID().slice(0, 8)}`;
  return readEnv(CoreEnv, {
    PORT: '0',
    LOG_LEVEL: 'error',
    MONGO_URL: inject('mongoUrl'),
    MONGO_DATABASE: `occ_core_${name}`,
    KAFKA_BROKERS: inject('kafkaBrokers').join(','),
    KAFKA_PARTITIONS: '3',
    KAFKA_PREFIX: `${name}.`,
    NATS_URL: inject('natsUrl'),
    NATS_PREFIX: `${name}.`,
    BUILT_IN_ISSUER: 'on',
    DOCUMENT_TOKEN_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    ...overrides,
  });
}

/** What surrounds a core in a test: the other services' ends of Kafka and NATS, and the store to look into. */
export function openSurroundings(env: CoreEnv) {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS, clientId: 'spec', log: silent, prefix: env.KAFKA_PREFIX });
  const nats = connectNats({ url: env.NATS_URL, name: 'spec', log: silent });
  const publisher = createPublisher(kafka);
  const asker = createAsker(nats);
  const database = mongoose.createConnection(env.MONGO_URL, { dbName: env.MONGO_DATABASE });
  const answering: Answering[] = [];
  return {
    kafka,
    nats,
    publisher,
    database,
    subjectOf: (subject: string) => env.NATS_PREFIX + subject,
    ask: <Command extends CommandDefinition>(subject: string, command: Command, data: z.input<Command['ask']>) =>
      asker.ask(env.NATS_PREFIX + subject, command, data),
    /** Answers a command as that provider would. */
    async provide<Command extends CommandDefinition>(
      provider: string,
      command: Command,
      handle: (question: z.output<Command['ask']>) => Promise<z.input<Command['answer']>>,
    ): Promise<void> {
      const subject = env.NATS_PREFIX + providerSubject(provider, command);
      answering.push(await answer(nats, { subject, command, queue: provider, handle }));
    },
    async close(): Promise<void> {
      await Promise.all(answering.map((one) => one.stop()));
      await publisher.stop();
      await nats.close();
      await database.asPromise();
      await database.dropDatabase();
      await database.close();
    },
  };
}

/** Calls an API as a person would. */
export function caller(url: string) {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Reply> => {
    const headers = new Headers();
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
    if (options.key !== undefined) headers.set('idempotency-key', options.key);
    if (options.body !== undefined) headers.set('content-type', 'application/json');
    const body = options.form ?? (options.body === undefined ? null : JSON.stringify(options.body));
    const response = await fetch(url + path, { method, headers, body });
    const text = await response.text();
    const json: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: json, as: (shape) => parse(shape, json, text) };
  };
  return {
    call,
    async token(claims: { sub: string; role: string; org?: string }): Promise<string> {
      const { body } = await call('POST', '/dev/token', { body: claims });
      return (body as { token: string }).token;
    },
  };
}

function parse<Shape extends z.ZodType>(shape: Shape, json: unknown, text: string): z.output<Shape> {
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(`unexpected reply: ${text.slice(0, 600)}`, { cause: parsed.error });
}

export type TestCore = Awaited<ReturnType<typeof startTestCore>>;

/** A core of its own for a spec file. */
export async function startTestCore(deps: CoreDeps = {}, overrides: Readonly<Record<string, string>> = {}) {
  const env = testEnv(overrides);
  const core: Core = await startCore(env, deps);
  const surroundings = openSurroundings(env);
  return {
    env,
    url: core.url,
    ...surroundings,
    ...caller(core.url),
    stopCore: () => core.stop(),
    async stop(): Promise<void> {
      await core.stop();
      await surroundings.close();
    },
  };
}
