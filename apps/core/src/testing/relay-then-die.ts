import { connectKafka, createPublisher } from '@occ-hub/bus';
import { createLog, systemClock } from '@occ-hub/service';
import { connectStore, openStore } from '@occ-hub/store';
import { relayOnce } from '../outbox/relay.ts';
import { createStores } from '../stores.ts';

// A process that relays and is killed at the worst moment: Kafka has the events, the documents still hold them.
const [url = '', database = '', brokers = '', prefix = ''] = process.argv.slice(2);
const log = createLog({ service: 'spec', level: 'silent' });
const store = openStore();
await connectStore(store, { url, database, log, signal: new AbortController().signal });
const { notes, documents, appointments, givenResults } = createStores(store);
const publisher = createPublisher(connectKafka({ brokers: brokers.split(','), clientId: 'doomed', log, prefix }));
await relayOnce({
  outboxes: [notes.outbox, documents.outbox, appointments.outbox, givenResults.outbox],
  clock: systemClock,
  publish: async (events) => {
    await publisher.publish(events);
    process.stdout.write(`${events.length}\n`, () => process.kill(process.pid, 'SIGKILL'));
    await new Promise(() => undefined);
  },
});
