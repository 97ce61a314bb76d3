import { connectKafka, createPublisher, subscribe } from '@occ-hub/bus';
import { LeadSubmitted, createKey, isEvent, topics } from '@occ-hub/contracts';
import { createLog, systemClock } from '@occ-hub/service';
import { z } from 'zod';
import { type LeadOffice, leadSource } from './lead-source.ts';
import { type Started, type TestHub, type TestHubOptions, openTestHub } from './test-hub.ts';

const Answer = z.object({
  repeated: z.boolean().optional(),
  state: z.string().optional(),
  vendorIds: z.record(z.string(), z.string()).optional(),
  code: z.string().nullish(),
  detail: z.string().optional(),
});

/** What a replica answered. */
export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: z.infer<typeof Answer>;
}

export interface LeadHub extends TestHub {
  readonly office: LeadOffice;
  /** A key of this org's connection for leads. */
  key(): Promise<string>;
  /** Posts a lead to one replica. */
  post(at: Started, lead: { keys: readonly string[]; key: string; withinMs?: number }): Promise<PostAnswer>;
  /** The leads that the bus was told of, by their first key. */
  announced(): readonly string[];
  /** How often the office has a lead. */
  times(key: string): number;
}

/** A hub around the invented lead source; no replica runs yet. */
export async function openLeadHub(options: TestHubOptions): Promise<LeadHub> {
  const { office, provider } = leadSource();
  const hub = await openTestHub(provider, options);
  const log = createLog({ service: 'test', level: 'silent' });
  const brokers = options.servers.kafkaBrokers;
  const kafka = connectKafka({ brokers, clientId: 'ear', log, prefix: hub.env['KAFKA_PREFIX'] ?? '' });
  const publisher = createPublisher(kafka);
  const heard = new Set<string>();
  const ear = subscribe(kafka, {
    ...{ group: 'ear-of-leads', topics: [topics.outbound], deadLetter: publisher.park, clock: systemClock },
    handle: async (batch) => {
      for (const { event } of batch) if (isEvent(event, LeadSubmitted)) heard.add(event.data.lead_key);
    },
  });
  await ear.joined;
  return {
    ...hub,
    office,
    async key() {
      const ask = { org: hub.org, connection: hub.connection, name: 'a test', scopes: ['leads'], by: 'adm' };
      return (await hub.ask(createKey, ask)).text;
    },
    async post(at, { keys, key, withinMs = 10_000 }) {
      const answer = await fetch(`${at.url}/v1/orgs/${hub.org}/lead-source/leads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ keys, within_ms: withinMs }),
      });
      const body = Answer.parse(await answer.json());
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body };
    },
    announced: () => [...heard],
    async close() {
      await ear.stop();
      await publisher.stop();
      await hub.close();
    },
    times: (key) => office.taken.filter((taken) => taken === key).length,
  };
}
