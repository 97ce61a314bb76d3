import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';
import type { PieceName } from './piece.ts';

const probes: Record<PieceName, (address: string) => Promise<void>> = { kafka, nats, mongo };

/** Asks the server one question in its own protocol; rejects when the answer is not that of a server ready for work. */
export function probe(name: PieceName, address: string): Promise<void> {
  return probes[name](address);
}

/**
 * Probes until the server is ready. `giveUp` is asked between two probes and ends the waiting by throwing.
 * Rejects after `timeoutMs` with the last probe's reason.
 */
export async function untilReady(name: PieceName, address: string, options: { timeoutMs: number; giveUp: () => void }) {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    try {
      return await probe(name, address);
    } catch (error) {
      options.giveUp();
      if (performance.now() > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`${name} did not become ready in ${options.timeoutMs / 1000} s: ${reason}`, { cause: error });
      }
      await sleep(50);
    }
  }
}

/** The connection options that a NATS URL stands for; the client itself does not read credentials from a URL. */
export function natsOptions(address: string): NodeConnectionOptions {
  const url = new URL(address.includes('://') ? address : `nats://${address}`);
  const options: NodeConnectionOptions = { servers: url.host };
  if (url.protocol === 'tls:') options.tls = {};
  if (url.username && url.password) {
    options.user = decodeURIComponent(url.username);
    options.pass = decodeURIComponent(url.password);
  } else if (url.username) options.token = decodeURIComponent(url.username);
  return options;
}

async function kafka(address: string): Promise<void> {
  const client = new kafkajs.Kafka({
    brokers: address.split(','),
    clientId: 'stack-probe',
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    if (cluster.brokers.length === 0 || cluster.controller === null) throw new Error('no broker has joined yet');
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

async function nats(address: string): Promise<void> {
  const connection = await connect({ ...natsOptions(address), reconnect: false, timeout: 2000 });
  try {
    await connection.flush();
  } finally {
    await connection.close();
  }
}

async function mongo(address: string): Promise<void> {
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 1000, connectTimeoutMS: 1000 });
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello['isWritablePrimary'] !== true) throw new Error('the server is not a writable primary yet');
  } finally {
    await client.close();
  }
}
