import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Publisher } from './publisher.ts';
import type { RawRecord } from './dead-letter.ts';
import type { SubscribeOptions, Subscription } from './subscribe.ts';
import { noteOf, tellNote } from './suite-events.ts';

type SuiteSubscribeOptions = Omit<SubscribeOptions, 'clock' | 'topics' | 'deadLetter'>;

/** What an event bus must offer to be held to the suite: a fresh one each time, its topics empty, with 6 partitions. */
export interface EventBusUnderTest {
  readonly publisher: Publisher;
  /** Subscribes to the outbound topic; its dead letters go to the dead-letter topic. */
  subscribe(options: SuiteSubscribeOptions): Subscription;
  /** Puts bytes on the outbound topic as no publisher of ours would. */
  sendRaw(record: { key: string; value: Buffer | null; headers: Record<string, string> }): Promise<void>;
  /** The dead letters of a group and key, once so many are there. */
  deadLetters(of: { group: string; key: string }, count: number): Promise<RawRecord[]>;
  close(): Promise<void>;
}

const quick = { attempts: Infinity, firstDelayMs: 50, longestDelayMs: 200 };
const eventually = { timeout: 20_000, interval: 50 };

/** The promises of the event bus, whatever client and broker are behind it. */
export function describeEventBus(make: () => Promise<EventBusUnderTest>): void {
  let bus: EventBusUnderTest;
  const subscriptions: Subscription[] = [];
  const listen = (options: SuiteSubscribeOptions) => {
    const subscription = bus.subscribe({ policy: quick, ...options });
    subscriptions.push(subscription);
    return subscription;
  };
  /** A subscription that only notes what it sees. */
  const note = (group: string, options: Partial<SuiteSubscribeOptions> = {}) => {
    const seen: { key: string; note: string }[] = [];
    const handle: SubscribeOptions['handle'] = async (batch) => {
      seen.push(...batch.map(({ event }) => tellNote(event)));
    };
    return { seen, subscription: listen({ group, handle, ...options }) };
  };
  const ofKey = (seen: readonly { key: string; note: string }[], key: string) =>
    seen.filter((one) => one.key === key).map((one) => one.note);

  beforeAll(async () => {
    bus = await make();
  });
  afterAll(async () => {
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
    await bus.close();
  });

  describe('publishing', () => {
    it('makes exactly one record of each of 20 concurrent publishes', async () => {
      const { seen } = note('concurrent');
      await Promise.all(Array.from({ length: 20 }, (_, i) => bus.publisher.publish([noteOf(`c${i}`, 'one')])));
      const mine = () => seen.filter(({ key }) => key.startsWith('c'));
      await expect.poll(() => mine().length, eventually).toBe(20);
      await sleep(300);
      expect(new Set(mine().map(({ key }) => key)).size).toBe(20);
      expect(mine()).toHaveLength(20);
    });

    it('keeps the order of a key, within a publish and between publishes that wait for each other', async () => {
      const { seen } = note('order');
      const keys = ['o1', 'o2', 'o3', 'o4'];
      const expected = Array.from({ length: 200 }, (_, i) => String(i));
      for (let from = 0; from < 200; from += 50) {
        const notes = expected.slice(from, from + 50);
        await bus.publisher.publish(notes.flatMap((text) => keys.map((key) => noteOf(key, text))));
      }
      await expect.poll(() => seen.filter(({ key }) => keys.includes(key)).length, eventually).toBe(800);
      for (const key of keys) expect(ofKey(seen, key)).toEqual(expected);
    });

    it('refuses an event that is too large, and only that one', async () => {
      const { seen } = note('large');
      const large = { ...noteOf('l0', 'x') };
      const tooLarge = { ...large, data: { ...large.data, note: 'x'.repeat(1_100_000) } };
      const outcomes = await Promise.allSettled([
        bus.publisher.publish([tooLarge]),
        bus.publisher.publish([noteOf('l1', 'small')]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect((outcomes[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'bus.event-too-large' });
      await expect.poll(() => ofKey(seen, 'l1'), eventually).toEqual(['small']);
    });
  });

  describe('consuming', () => {
    it('gives every event to each group, and to one member of a group', async () => {
      const one = note('shared');
      const two = note('shared');
      const other = note('other');
      await Promise.all([one.subscription.joined, two.subscription.joined]);
      await bus.publisher.publish(Array.from({ length: 60 }, (_, i) => noteOf(`g${i}`, 'x')));
      const mine = (seen: { key: string }[]) => seen.filter(({ key }) => key.startsWith('g'));
      await expect.poll(() => mine(other.seen).length, eventually).toBe(60);
      await expect.poll(() => mine(one.seen).length + mine(two.seen).length, eventually).toBe(60);
    });

    it('gives only the wanted types', async () => {
      const { seen, subscription } = note('unwanted', { types: ['occ.document.signed.v1'] });
      const all = note('wanted', { types: ['occ.note.added.v1'] });
      await bus.publisher.publish([noteOf('t1', 'x')]);
      await expect.poll(() => ofKey(all.seen, 't1'), eventually).toEqual(['x']);
      await subscription.joined;
      await sleep(500);
      expect(seen).toEqual([]);
    });

    it('goes on where it stopped, repeating and skipping nothing', async () => {
      const before = note('resumed');
      await bus.publisher.publish([noteOf('r1', 'before')]);
      await expect.poll(() => ofKey(before.seen, 'r1'), eventually).toEqual(['before']);
      await before.subscription.stop();
      await bus.publisher.publish([noteOf('r1', 'meanwhile')]);
      const after = note('resumed');
      await expect.poll(() => ofKey(after.seen, 'r1'), eventually).toEqual(['meanwhile']);
    });

    it('says whether it is consuming', async () => {
      const { subscription } = note('health');
      expect(subscription.health().running).toBe(false);
      await subscription.joined;
      expect(subscription.health()).toEqual({ running: true });
      await subscription.check();
      await subscription.stop();
      await expect(subscription.check()).rejects.toMatchObject({ kind: 'transient', code: 'bus.not-consuming' });
    });
  });

  describe('failures', () => {
    it('dead-letters what cannot be read with its bytes, while later records go on', async () => {
      const { seen } = note('poison');
      const poison = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
      const good = noteOf('p1', 'after');
      await bus.sendRaw({
        key: 'org1/lead-perfection/p1',
        value: poison,
        headers: { ce_type: 'what', 'x-own': 'kept' },
      });
      await bus.sendRaw({ key: 'org1/lead-perfection/p1', value: null, headers: {} });
      await bus.publisher.publish([good]);
      await expect.poll(() => ofKey(seen, 'p1'), eventually).toEqual(['after']);
      const letters = await bus.deadLetters({ group: 'poison', key: 'org1/lead-perfection/p1' }, 2);
      expect(letters).toHaveLength(2);
      expect(letters[0]?.value).toEqual(poison);
      expect(letters[0]?.key?.toString()).toBe('org1/lead-perfection/p1');
      expect(letters[1]?.value).toBeNull();
      const facts = ['x-own', 'ce_type', 'parked-code', 'parked-kind', 'parked-topic', 'parked-attempts'];
      expect(facts.map((name) => textOf(letters[0], name))).toEqual([
        'kept',
        'what',
        'bus.bytes-unreadable',
        'unreadable',
        topics.outbound,
        '1',
      ]);
      expect(textOf(letters[0], 'parked-offset')).toMatch(/^\d+$/);
      expect(textOf(letters[0], 'parked-at')).toMatch(/^\d{4}-/);
    });

    it('tries a transient failure again until it passes, skips nothing, and lets other partitions go on', async () => {
      let away = true;
      const seen: { key: string; note: string }[] = [];
      listen({
        group: 'transient',
        async handle(batch) {
          const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key.startsWith('w'));
          if (away && notes.some(({ key }) => key === 'w0')) {
            throw new HubError({ kind: 'transient', code: 'test.away', message: 'The store is away.' });
          }
          seen.push(...notes);
        },
      });
      const keys = Array.from({ length: 30 }, (_, i) => `w${i}`);
      await bus.publisher.publish(keys.flatMap((key) => [noteOf(key, '1'), noteOf(key, '2')]));
      await expect.poll(() => seen.length, eventually).toBeGreaterThan(20);
      await bus.publisher.publish([noteOf('w0', '3')]);
      expect(ofKey(seen, 'w0')).toEqual([]);
      away = false;
      await expect.poll(() => ofKey(seen, 'w0'), eventually).toEqual(['1', '2', '3']);
      await expect.poll(() => seen.length, eventually).toBe(61);
      for (const key of keys.slice(1)) expect(ofKey(seen, key)).toEqual(['1', '2']);
    });

    it('parks a bug after three tries and what is refused at once, acknowledges what is stale, and goes on', async () => {
      const tries: string[] = [];
      const seen: string[] = [];
      listen({
        group: 'bugs',
        async handle(batch) {
          for (const { key, note: text } of batch.map(({ event }) => tellNote(event))) {
            if (key !== 'b1') continue;
            if (batch.length === 1) tries.push(text);
            if (text === 'bug') throw new TypeError('the name of somebody');
            const kind = text === 'refused' ? 'rejected' : 'stale';
            if (text !== 'fine') throw new HubError({ kind, code: `test.${kind}`, message: `It is ${kind}.` });
            seen.push(text);
          }
        },
      });
      await bus.publisher.publish(['bug', 'refused', 'old', 'fine'].map((text) => noteOf('b1', text)));
      await expect.poll(() => seen, eventually).toEqual(['fine']);
      expect(tries).toEqual(['bug', 'bug', 'bug', 'refused', 'old', 'fine']);
      const letters = await bus.deadLetters({ group: 'bugs', key: 'org1/lead-perfection/b1' }, 2);
      expect(letters.map((letter) => [textOf(letter, 'parked-code'), textOf(letter, 'parked-attempts')])).toEqual([
        ['hub.bug', '3'],
        ['test.rejected', '1'],
      ]);
      expect(JSON.parse(letters[0]?.value?.toString() ?? '')).toMatchObject({ note: 'bug' });
      expect(JSON.stringify(letters.map((letter) => textOf(letter, 'parked-message')))).not.toContain('somebody');
    });
  });

  describe('rebalance', () => {
    const short = { sessionTimeoutMs: 2_000, batchSize: 5 };

    it('loses and repeats nothing when a member joins while a handler works longer than the session timeout', async () => {
      const seen: string[] = [];
      const working = Promise.withResolvers<void>();
      const handle: SubscribeOptions['handle'] = async (batch) => {
        const notes = batch.map(({ event }) => tellNote(event)).filter(({ key }) => key.startsWith('m'));
        if (notes.some(({ note: text }) => text === '0')) {
          working.resolve();
          await sleep(3_000);
        }
        seen.push(...notes.map(({ key, note: text }) => `${key}/${text}`));
      };
      const keys = Array.from({ length: 12 }, (_, i) => `m${i}`);
      const publish = (from: number) =>
        bus.publisher.publish(
          keys.flatMap((key) => Array.from({ length: 10 }, (_, i) => noteOf(key, String(from + i)))),
        );
      await publish(0);
      const first = listen({ group: 'slow', handle, ...short });
      await first.joined;
      await working.promise;
      const second = listen({ group: 'slow', handle, ...short });
      await publish(10);
      await second.joined;
      await expect.poll(() => new Set(seen).size, { timeout: 40_000, interval: 100 }).toBe(240);
      await publish(20);
      await expect.poll(() => new Set(seen).size, { timeout: 40_000, interval: 100 }).toBe(360);
      await sleep(500);
      expect(seen).toHaveLength(360);
      for (const key of keys) {
        const own = seen.filter((one) => one.startsWith(`${key}/`)).map((one) => Number(one.split('/')[1]));
        expect(own).toEqual([...own].sort((one, other) => one - other));
      }
    }, 90_000);

    it('lets a member in while another waits for its store, and the new one goes on in order', async () => {
      const seen: string[] = [];
      const away = async () => {
        throw new HubError({ kind: 'transient', code: 'test.away', message: 'The store is away.' });
      };
      await bus.publisher.publish(Array.from({ length: 10 }, (_, i) => noteOf('h1', String(i))));
      const first = listen({ group: 'handover', handle: away, ...short });
      await first.joined;
      const second = listen({
        group: 'handover',
        async handle(batch) {
          seen.push(
            ...batch
              .map(({ event }) => tellNote(event))
              .filter(({ key }) => key === 'h1')
              .map((one) => one.note),
          );
        },
        ...short,
      });
      await second.joined;
      await first.stop();
      await expect.poll(() => seen, eventually).toEqual(Array.from({ length: 10 }, (_, i) => String(i)));
    }, 60_000);
  });
}

/** A header's text. */
export function textOf(record: RawRecord | undefined, header: string): string | undefined {
  const value = record?.headers[header];
  return Array.isArray(value) ? value[0]?.toString() : value?.toString();
}
