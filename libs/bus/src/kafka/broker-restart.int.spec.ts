import { setTimeout as sleep } from 'node:timers/promises';
import { isHubError } from '@occ-hub/errors';
import { startStack, type Stack } from '@occ-hub/stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventBusUnderTest } from './event-bus.suite.ts';
import { freshKafka, kafkaUnderTest } from './kafka-under-test.ts';
import { noteOf, tellNote } from './suite-events.ts';

const eventually = { timeout: 60_000, interval: 100 };

/** Publishes as the hub's relays do: again until Kafka has it. */
async function publishSurely(bus: EventBusUnderTest, key: string, note: string): Promise<number> {
  for (let failures = 0; ; failures += 1) {
    try {
      await bus.publisher.publish([noteOf(key, note)]);
      return failures;
    } catch (error) {
      if (!isHubError(error, 'transient')) throw error;
      await sleep(100);
    }
  }
}

describe('while the broker restarts', () => {
  let stack: Stack;
  let bus: EventBusUnderTest;

  beforeAll(async () => {
    stack = await startStack({ name: `bus-restart-${process.pid}`, disposable: true });
    bus = await kafkaUnderTest(await freshKafka(stack.kafkaBrokers, 'restart'));
  }, 120_000);
  afterAll(async () => {
    await bus?.close();
    await stack?.stop();
  });

  it.each(['term', 'kill'] as const)(
    'publisher and consumer survive a %s: nothing acknowledged is lost, order holds',
    async (how) => {
      const seen: number[] = [];
      const subscription = bus.subscribe({
        group: `survivor-${how}`,
        async handle(batch) {
          const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key === how);
          seen.push(...notes.map(({ note }) => Number(note)));
        },
      });
      await subscription.joined;
      let restarting = true;
      const restart = stack.restart('kafka', how).then(() => (restarting = false));
      let published = 0;
      while (restarting || published < 50) {
        await publishSurely(bus, how, String(published));
        published += 1;
        await sleep(20);
      }
      await restart;
      await publishSurely(bus, how, String(published));
      await expect.poll(() => new Set(seen).size, eventually).toBe(published + 1);
      // A publish whose answer was lost is repeated, so an event may come twice; the first times are in order.
      const first = [...new Set(seen)];
      expect(first).toEqual([...first].sort((one, other) => one - other));
      await expect.poll(() => subscription.health().running, eventually).toBe(true);
      await subscription.stop();
    },
    120_000,
  );

  it('what a handler finishes while the broker is away, and cannot commit, is not seen again', async () => {
    const seen: string[] = [];
    const working = Promise.withResolvers<void>();
    const away = Promise.withResolvers<void>();
    const subscription = bus.subscribe({
      group: 'at-work',
      sessionTimeoutMs: 2_000,
      async handle(batch) {
        const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key === 'slow');
        if (notes.length === 0) return;
        working.resolve();
        await away.promise;
        seen.push(...notes.map(({ note }) => note));
      },
    });
    await subscription.joined;
    await bus.publisher.publish([noteOf('slow', '1'), noteOf('slow', '2')]);
    await working.promise;
    await stack.stopPiece('kafka', 'kill');
    away.resolve();
    await sleep(3_000);
    await stack.startPiece('kafka');
    await publishSurely(bus, 'slow', '3');
    await expect.poll(() => seen.at(-1), eventually).toBe('3');
    await subscription.stop();
    expect(seen).toEqual(['1', '2', '3']);
  }, 120_000);

  it('a consumer whose client gives up says so, is replaced, and goes on by itself when the broker is back', async () => {
    const seen: string[] = [];
    const subscription = bus.subscribe({
      group: 'replaced',
      async handle(batch) {
        const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key === 'long');
        seen.push(...notes.map(({ note }) => note));
      },
    });
    await bus.publisher.publish([noteOf('long', 'before')]);
    await expect.poll(() => seen, eventually).toEqual(['before']);
    await stack.stopPiece('kafka', 'kill');
    await expect.poll(() => subscription.health().running, eventually).toBe(false);
    await expect(subscription.check()).rejects.toMatchObject({ kind: 'transient', code: 'bus.not-consuming' });
    await stack.startPiece('kafka');
    await publishSurely(bus, 'long', 'after');
    await expect.poll(() => seen, eventually).toEqual(['before', 'after']);
    expect(subscription.health()).toEqual({ running: true });
    await subscription.stop();
  }, 120_000);

  it('a frozen broker holds nobody for ever: a publish fails in time, health tells, and all goes on after', async () => {
    const seen: string[] = [];
    const subscription = bus.subscribe({
      group: 'frozen',
      async handle(batch) {
        const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key === 'ice');
        seen.push(...notes.map(({ note }) => note));
      },
    });
    await bus.publisher.publish([noteOf('ice', 'before')]);
    await expect.poll(() => seen, eventually).toEqual(['before']);
    await stack.pause('kafka');
    try {
      const publish = bus.publisher.publish([noteOf('ice', 'during')]);
      const refused = expect(publish).rejects.toMatchObject({ kind: 'transient', mayHaveApplied: true });
      await expect.poll(() => subscription.health().running, eventually).toBe(false);
      await refused;
    } finally {
      await stack.resume('kafka');
    }
    await publishSurely(bus, 'ice', 'after');
    await expect.poll(() => seen.at(-1), eventually).toBe('after');
    await expect.poll(() => subscription.health(), eventually).toEqual({ running: true });
    await subscription.stop();
  }, 180_000);
});
