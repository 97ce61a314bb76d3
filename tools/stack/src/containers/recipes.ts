import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';
import type { PieceName } from '../piece.ts';

export type ContainerRecipe = {
  /** The official image; another of the same layout can be named in the environment. */
  image: string;
  /** What the server listens at inside the container. */
  innerPort: number;
  command?: string[];
  /** Put into the container before it starts. */
  files?: { target: string; content: string }[];
  environment?: Record<string, string>;
  address: string;
  /** Done once after the first start, before the server can be ready. */
  setUp?(address: string): Promise<void>;
};

type Place = { host: string; port: number; partitions: number };

/** How each official image is run as a single node. */
export const containerRecipes: Record<PieceName, (place: Place) => ContainerRecipe> = {
  kafka: ({ host, port, partitions }) => ({
    image: process.env['KAFKA_IMAGE'] || 'apache/kafka:4.3.1',
    innerPort: 9092,
    environment: kafkaEnvironment(`${host}:${port}`, partitions),
    address: `${host}:${port}`,
  }),
  nats: ({ host, port }) => ({
    image: process.env['NATS_IMAGE'] || 'nats:2',
    innerPort: 4222,
    // NATS takes this from a settings file alone, so the container is given one.
    files: [{ target: '/etc/occ-hub-nats.conf', content: 'max_payload: 8MB\n' }],
    command: ['-c', '/etc/occ-hub-nats.conf'],
    address: `nats://${host}:${port}`,
  }),
  mongo: ({ host, port }) => ({
    image: process.env['MONGO_IMAGE'] || 'mongo:8',
    innerPort: 27017,
    command: ['--replSet', 'rs0', '--bind_ip_all'],
    address: `mongodb://${host}:${port}/?directConnection=true`,
    setUp: initiateReplicaSet,
  }),
};

function kafkaEnvironment(advertised: string, partitions: number): Record<string, string> {
  return {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${advertised}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    KAFKA_BROKER_SESSION_TIMEOUT_MS: '1500',
    KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '300',
    KAFKA_NUM_PARTITIONS: String(partitions),
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  };
}

const alreadyInitialized = 23;

/** Transactions and change streams need a replica set, and a set of one has to be told so once. */
async function initiateReplicaSet(address: string): Promise<void> {
  const members = [{ _id: 0, host: 'localhost:27017' }];
  for (let tries = 1; ; tries += 1) {
    const client = new MongoClient(address, { serverSelectionTimeoutMS: 1000 });
    try {
      await client.db('admin').command({ replSetInitiate: { _id: 'rs0', members } });
      return;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === alreadyInitialized) return;
      if (tries === 60) throw error;
    } finally {
      await client.close();
    }
    await sleep(500);
  }
}
