import type { z } from 'zod';
import type { Answering } from './answer.ts';
import type { Nats } from './connect.ts';

/** Tells whoever listens now; who does not, misses it. Throws HubError(transient) while NATS is away. */
export async function publishJson(nats: Nats, subject: string, data: unknown): Promise<void> {
  const connection = await nats.connection(1_000);
  connection.publish(subject, JSON.stringify(data));
}

/** Hands on each message of the subject (wildcards allowed) that has the shape, until stopped; others are logged and dropped. */
export async function subscribeJson<Schema extends z.ZodType>(
  nats: Nats,
  options: {
    readonly subject: string;
    readonly schema: Schema;
    readonly handle: (data: z.output<Schema>, subject: string) => void;
  },
): Promise<Answering> {
  const connection = await nats.connection();
  const subscription = connection.subscribe(options.subject, {
    callback(error, message) {
      try {
        if (error) throw error;
        options.handle(options.schema.parse(message.json()), message.subject);
      } catch (cause) {
        nats.log.warn({ subject: options.subject, outcome: 'skipped', error: cause }, 'message dropped');
      }
    },
  });
  await connection.flush();
  return {
    async stop() {
      await subscription.drain().catch(() => undefined);
    },
  };
}
