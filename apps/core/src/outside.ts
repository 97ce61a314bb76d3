import {
  type Asker,
  connectKafka,
  connectNats,
  createAsker,
  createPublisher,
  type Kafka,
  type Nats,
  type Publisher,
} from '@occ-hub/bus';
import { currentTraceparent, kafkaAccess, type Life, type Log } from '@occ-hub/service';
import { openStore, type Store } from '@occ-hub/store';
import type { CoreEnv } from './env.ts';

/** What core talks to. */
export interface Outside {
  readonly store: Store;
  readonly kafka: Kafka;
  readonly publisher: Publisher;
  readonly nats: Nats;
  readonly asker: Asker;
  /** The name on the server of a subject of ours. */
  readonly subjectOf: (subject: string) => string;
}

/** Names the store, Kafka and NATS and registers their ends; nothing has to be there yet. */
export function openOutside(env: CoreEnv, { life, log }: { life: Life; log: Log }): Outside {
  const trace = currentTraceparent;
  const store = openStore();
  life.add('store', () => store.close());
  const kafka = connectKafka({
    ...{ brokers: env.KAFKA_BROKERS, clientId: 'occ-core', log, prefix: env.KAFKA_PREFIX },
    ...kafkaAccess(env),
  });
  const publisher = createPublisher(kafka, { trace });
  life.add('publisher', () => publisher.stop());
  const nats = connectNats({ url: env.NATS_URL, name: 'occ-core', log });
  life.add('nats', () => nats.close());
  const subjectOf = (subject: string) => env.NATS_PREFIX + subject;
  return { store, kafka, publisher, nats, asker: createAsker(nats, { trace }), subjectOf };
}
