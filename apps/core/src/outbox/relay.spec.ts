import { setTimeout as sleep } from 'node:timers/promises';
import type { HubEvent } from '@occ-hub/contracts';
import { createLog } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import { describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import type { OutboxStore, Waiting } from './outbox.store.ts';
import { relayOnce, startRelay } from './relay.ts';

const log = createLog({ service: 'spec', level: 'silent' });
const waiting = (id: string, at: number): Waiting => ({
  document: `doc-${id}`,
  entry: { id, at: new Date(at), event: { attributes: { id } } as HubEvent },
});

function memoryOutbox(name: string, held: Waiting[]): OutboxStore & { held: Waiting[] } {
  return {
    name,
    held,
    async read(cutoff, limit) {
      const due = this.held.filter(({ entry }) => entry.at <= cutoff).sort((a, b) => +a.entry.at - +b.entry.at);
      return { waiting: due.slice(0, limit), more: due.length >= limit };
    },
    async remove(published) {
      const ids = new Set(published.map(({ entry }) => entry.id));
      this.held = this.held.filter(({ entry }) => !ids.has(entry.id));
    },
  };
}

function memoryLeases(): Leases {
  let holder = 0;
  let taken = 0;
  return {
    async take(_name, termMs) {
      if (holder !== 0) return undefined;
      const fence = (holder = ++taken);
      let until = Date.now() + termMs;
      return {
        fence,
        takenAt: Date.now(),
        get until() {
          return until;
        },
        async renew() {
          until = Date.now() + termMs;
          return holder === fence;
        },
        async release() {
          if (holder === fence) holder = 0;
        },
      };
    },
  };
}

describe('one pass', () => {
  it('publishes what was made up to now, of all collections, in order of time, and takes it out', async () => {
    const notes = memoryOutbox('notes', [waiting('n2', 20), waiting('n9', 90)]);
    const results = memoryOutbox('results', [waiting('r1', 10), waiting('r3', 30)]);
    const sent: string[] = [];
    const publish = async (events: readonly HubEvent[]) =>
      void sent.push(...events.map((event) => event.attributes.id));
    expect(await relayOnce({ outboxes: [notes, results], publish, clock: () => 50 })).toBe(3);
    expect(sent).toEqual(['r1', 'n2', 'r3']);
    expect([...notes.held, ...results.held].map(({ entry }) => entry.id)).toEqual(['n9']);
    expect(await relayOnce({ outboxes: [notes, results], publish, clock: () => 50 })).toBe(0);
  });

  it('takes nothing out that Kafka did not take', async () => {
    const notes = memoryOutbox('notes', [waiting('n1', 1)]);
    const publish = () => Promise.reject(new Error('away'));
    await expect(relayOnce({ outboxes: [notes], publish, clock: () => 50 })).rejects.toThrow('away');
    expect(notes.held).toHaveLength(1);
  });
});

describe('the relay', () => {
  const start = (outbox: OutboxStore, leases: Leases, publish: (ids: string[]) => Promise<void>) =>
    startRelay({
      outboxes: [outbox],
      leases,
      log,
      clock: Date.now,
      publish: (events) => publish(events.map((event) => event.attributes.id)),
    });

  it('publishes at once when woken, and joins what comes while it publishes', async () => {
    const outbox = memoryOutbox('notes', []);
    const sends: string[][] = [];
    const relay = start(outbox, memoryLeases(), async (ids) => {
      sends.push(ids);
      await sleep(30);
    });
    await eventually(async () => relay.leads(), Boolean);
    const begun = performance.now();
    for (const id of ['1', '2', '3', '4', '5']) {
      outbox.held.push(waiting(id, Date.now()));
      relay.wake();
      await sleep(2);
    }
    await eventually(
      async () => sends.flat().length,
      (count) => count === 5,
    );
    expect(performance.now() - begun).toBeLessThan(700);
    expect(sends.flat()).toEqual(['1', '2', '3', '4', '5']);
    expect(sends.length).toBeLessThan(5);
    await relay.stop();
  });

  it('goes on after a failure, and publishes nothing while another holds the lease', async () => {
    const outbox = memoryOutbox('notes', [waiting('1', 1)]);
    const leases = memoryLeases();
    const sent: string[] = [];
    let failures = 1;
    const first = start(outbox, leases, async (ids) => {
      if (failures-- > 0) throw new Error('away');
      sent.push(...ids.map((id) => `first ${id}`));
    });
    await eventually(async () => first.leads(), Boolean);
    const second = start(outbox, leases, async (ids) => void sent.push(...ids.map((id) => `second ${id}`)));
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    expect(sent).toEqual(['first 1']);
    await first.stop();
    outbox.held.push(waiting('2', 2));
    second.wake();
    await eventually(
      async () => sent.length,
      (count) => count === 2,
    );
    expect(sent[1]).toBe('second 2');
    await second.stop();
  });
});
