import type { Kafka } from '@occ-hub/bus';
import { topics } from '@occ-hub/contracts';
import { eventually } from './eventually.ts';

/** Key, headers and bytes of every record that lies on the topics of a hub now, dead letters included, as text. */
export async function rawTopics(kafka: Kafka): Promise<readonly string[]> {
  const names = Object.values(topics).map((topic) => kafka.nameOf(topic));
  const client = kafka.client();
  const admin = client.admin();
  const consumer = client.consumer({ groupId: `raw-${crypto.randomUUID()}` });
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const offsets = await Promise.all(names.map((name) => admin.fetchTopicOffsets(name)));
    const expected = offsets.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const records: string[] = [];
    await consumer.subscribe({ topics: names, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { key, value, headers = {} } }) => {
        const named = Object.entries(headers).map(([name, bytes]) => `${name}: ${String(bytes)}`);
        records.push([topic, String(key), ...named, String(value)].join('\n'));
      },
    });
    await eventually(
      () => records.length,
      (count) => count >= expected,
      30_000,
    );
    return records;
  } finally {
    await Promise.all([admin.disconnect(), consumer.disconnect()]);
  }
}
