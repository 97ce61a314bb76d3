import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { instanceFolder } from './folders.ts';
import type { InstanceState } from './state.ts';
import { natsOptions, probe } from './ready.ts';
import { startStack, type Stack } from './stack.ts';
import { isAlive } from './native/process.ts';

const name = `spec-${process.pid}`;
let stack: Stack;
let pids: number[];

beforeAll(async () => {
  // This stack is the one under test, so the run's own must not stand in for it.
  for (const key of ['KAFKA_BROKERS', 'NATS_URL', 'MONGO_URL']) vi.stubEnv(key, undefined);
  stack = await startStack({ name, disposable: true });
  pids = recordedPids();
});

afterAll(async () => {
  await stack.stop();
  vi.unstubAllEnvs();
});

function recordedPids(): number[] {
  const state = JSON.parse(readFileSync(join(instanceFolder(name), 'stack.json'), 'utf8')) as InstanceState;
  return Object.values(state.pieces).flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
}

test('carries a record through Kafka', async () => {
  const kafka = new kafkajs.Kafka({ brokers: stack.kafkaBrokers, logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'greetings' }], waitForLeaders: true });
  const { topics } = await admin.fetchTopicMetadata({ topics: ['greetings'] });
  await admin.disconnect();
  expect(topics[0]?.partitions).toHaveLength(6);

  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'greetings', messages: [{ key: 'a', value: 'hello' }] });
  await producer.disconnect();

  const consumer = kafka.consumer({ groupId: 'readers', maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: 'greetings', fromBeginning: true });
  const value = await new Promise<string | undefined>((done) => {
    void consumer.run({ eachMessage: async ({ message }) => done(message.value?.toString()) });
  });
  await consumer.disconnect();
  expect(value).toBe('hello');
});

test('refuses to make a topic that nobody has created', async () => {
  const kafka = new kafkajs.Kafka({
    brokers: stack.kafkaBrokers,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
  });
  const producer = kafka.producer({ allowAutoTopicCreation: true });
  await producer.connect();
  await expect(producer.send({ topic: 'nobody-made-me', messages: [{ value: 'x' }] })).rejects.toThrow();
  await producer.disconnect();
});

test('carries a question and its answer through NATS', async () => {
  const connection = await connect(natsOptions(stack.natsUrl));
  connection.subscribe('question', { callback: (_, message) => void message.respond('answer') });
  const reply = await connection.request('question', 'why', { timeout: 2000 });
  await connection.close();
  expect(reply.string()).toBe('answer');
});

test('keeps an acknowledged write through a kill of the store, at the same address', async () => {
  const address = stack.mongoUrl;
  const writer = new MongoClient(address);
  await writer.db('spec').collection<{ _id: string; n: number }>('kept').insertOne({ _id: 'one', n: 1 });
  await stack.restart('mongo', 'kill');
  await writer.close();
  expect(stack.mongoUrl).toBe(address);
  const reader = new MongoClient(address);
  const found = await reader.db('spec').collection<{ _id: string; n: number }>('kept').findOne({ _id: 'one' });
  await reader.close();
  expect(found).toEqual({ _id: 'one', n: 1 });
});

test('answers nothing while a piece is paused, and again when it goes on', async () => {
  const connection = await connect(natsOptions(stack.natsUrl));
  await stack.pause('nats');
  const answer = await Promise.race([
    connection.flush().then(() => 'answered'),
    new Promise((done) => setTimeout(done, 300, 'silent')),
  ]);
  await stack.resume('nats');
  await connection.flush();
  await connection.close();
  expect(answer).toBe('silent');
});

test('refuses a second start of a running instance', async () => {
  await expect(startStack({ name })).rejects.toThrow(`"${name}" is already run by process ${process.pid}`);
});

test('leaves nothing running and nothing on disk', async () => {
  pids.push(...recordedPids());
  await stack.stop();
  expect(pids.filter(isAlive)).toEqual([]);
  await expect(probe('kafka', stack.kafkaBrokers.join(','))).rejects.toThrow();
  await expect(probe('nats', stack.natsUrl)).rejects.toThrow();
  await expect(probe('mongo', stack.mongoUrl)).rejects.toThrow();
  expect(existsSync(instanceFolder(name))).toBe(false);
});
