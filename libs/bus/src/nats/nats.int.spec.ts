/// <reference types="@occ-hub/stack/vitest-context" />
import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, providerSubject } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { answer, type Answering } from './answer.ts';
import { createAsker } from './ask.ts';
import { connectNats, pingNats, type Nats } from './connect.ts';
import { publishJson, subscribeJson } from './json.ts';

const add = defineCommand({
  name: 'add',
  ask: z.object({ left: z.number(), right: z.number().default(1), password: z.string().optional() }),
  answer: z.object({ sum: z.number() }),
  timeoutMs: 500,
});
const describeSelf = defineCommand({
  name: 'describe',
  ask: z.object({}),
  answer: z.object({ id: z.string() }),
  timeoutMs: 500,
});
/** Subjects of this run alone. */
const provider = `spec-${process.pid}`;
const subject = providerSubject(provider, add);

const lines: string[] = [];
const line = (fields: object, message: string) => {
  const { error, ...rest } = fields as { error?: unknown };
  lines.push(JSON.stringify({ ...rest, message, error: error instanceof Error ? error.message : error }));
};
const log = { debug: line, info: line, warn: line, error: line };

let nats: Nats;
const answering: Answering[] = [];
async function serve(handle: Parameters<typeof answer<typeof add>>[1]['handle'], at = subject): Promise<void> {
  answering.push(await answer(nats, { subject: at, command: add, queue: 'q', handle }));
}
const quiet = async () => {
  await Promise.all(answering.splice(0).map((one) => one.stop()));
};

beforeAll(() => {
  nats = connectNats({ url: inject('natsUrl'), name: 'bus-spec', log });
});
afterAll(() => nats.close());

describe('asking', () => {
  it('gets the typed answer, with the defaults of the question filled in and the trace carried', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    let carried: string | undefined;
    await serve(async ({ left, right }, context) => {
      carried = context.traceparent;
      return { sum: left + right };
    });
    const { sum } = await createAsker(nats, { trace: () => traceparent }).ask(subject, add, { left: 2 });
    await quiet();
    expect([sum, carried]).toEqual([3, traceparent]);
  });

  it.each(['config', 'transient', 'credential', 'rejected', 'unreadable', 'stale'] as const)(
    'gets a %s error of the answerer as its own: kind, code, words and fields',
    async (kind) => {
      const fields = [{ pointer: '/left', message: 'too little' }];
      await serve(async () => {
        throw new HubError({ kind, code: `spec.${kind}`, message: 'Ask the office.', fields });
      });
      const failure = createAsker(nats).ask(subject, add, { left: 1 });
      await expect(failure).rejects.toMatchObject({ kind, code: `spec.${kind}`, message: 'Ask the office.', fields });
      await expect(failure).rejects.toBeInstanceOf(HubError);
      await quiet();
    },
  );

  it('hears of a bug without its words', async () => {
    await serve(async () => {
      throw new TypeError('the name of somebody');
    });
    const error = await createAsker(nats)
      .ask(subject, add, { left: 1 })
      .catch((caught: HubError) => caught);
    await quiet();
    expect(error).toMatchObject({ code: 'hub.bug' });
    expect((error as HubError).message).not.toContain('somebody');
  });

  it('is told at once that nobody answers, and whose service is not running', async () => {
    const begun = performance.now();
    await expect(createAsker(nats).ask(subject, add, { left: 1 })).rejects.toMatchObject({
      kind: 'transient',
      code: 'bus.no-responder',
      message: expect.stringContaining(`${provider} service is not running`),
      mayHaveApplied: false,
    });
    expect(performance.now() - begun).toBeLessThan(400);
  });

  it('gives up after the time of the command, and knows that it may have been done', async () => {
    await serve(() => sleep(1_000, { sum: 1 }));
    await expect(createAsker(nats).ask(subject, add, { left: 1 })).rejects.toMatchObject({
      kind: 'transient',
      code: 'bus.timeout',
      mayHaveApplied: true,
    });
    await quiet();
  });

  it('refuses a question that is not of the shape before it is sent, naming the field and not the value', async () => {
    const wrong = { left: 'hunter2' } as unknown as { left: number };
    const error = await createAsker(nats)
      .ask(subject, add, wrong)
      .catch((caught: HubError) => caught);
    expect(error).toMatchObject({ kind: 'rejected', code: 'bus.question-rejected', fields: [{ pointer: '/left' }] });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it('says of a question that the server does not take that it is too large, and asks on', async () => {
    await serve(async () => ({ sum: 1 }));
    const asker = createAsker(nats);
    const large = { left: 1, password: 'x'.repeat(20_000_000) };
    const refused = { kind: 'rejected', code: 'bus.question-too-large', message: expect.stringMatching(/max_payload/) };
    await expect(asker.ask(subject, add, large)).rejects.toMatchObject(refused);
    await expect(asker.askAll(subject, add, { data: large, waitMs: 100 })).rejects.toMatchObject(refused);
    expect(await asker.ask(subject, add, { left: 1 })).toEqual({ sum: 1 });
    await quiet();
  });

  it('takes an answer of another shape for unreadable', async () => {
    await serve(async () => ({ total: 3 }) as unknown as { sum: number });
    await expect(createAsker(nats).ask(subject, add, { left: 1 })).rejects.toMatchObject({
      kind: 'unreadable',
      code: 'bus.answer-unreadable',
      mayHaveApplied: true,
    });
    await quiet();
  });

  it('gathers the answers of all who answer, leaving out the bad ones, and none of nobody at once', async () => {
    const everybody = `occ.spec-${process.pid}.announce`;
    const queues = ['a', 'b', 'c'].map((id) =>
      answer(nats, {
        subject: everybody,
        command: describeSelf,
        queue: id,
        async handle() {
          if (id === 'c') throw new HubError({ kind: 'transient', code: 'x', message: 'Not now.' });
          return { id };
        },
      }),
    );
    answering.push(...(await Promise.all(queues)));
    const all = await createAsker(nats).askAll(everybody, describeSelf, { data: {}, waitMs: 300 });
    await quiet();
    expect(all.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    const begun = performance.now();
    expect(await createAsker(nats).askAll('occ.nobody', describeSelf, { data: {}, waitMs: 5_000 })).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('answering', () => {
  it('shares the questions among the members of a queue', async () => {
    const counts = [0, 0];
    for (const member of [0, 1]) {
      await serve(async () => {
        counts[member] = (counts[member] ?? 0) + 1;
        return { sum: 0 };
      });
    }
    const asker = createAsker(nats);
    await Promise.all(Array.from({ length: 50 }, () => asker.ask(subject, add, { left: 1 })));
    await quiet();
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(50);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it.each([
    ['bytes that are not JSON', 'hunter2', []],
    ['a shape it does not know', '{"left":"hunter2"}', [{ pointer: '/left', message: expect.any(String) }]],
  ])('answers %s as unreadable, and neither repeats nor logs it', async (_what, payload, fields) => {
    await serve(async () => ({ sum: 0 }));
    lines.length = 0;
    const connection = await nats.connection(1_000);
    const reply = (await connection.request(subject, payload, { timeout: 500 })).string();
    await quiet();
    expect(JSON.parse(reply)).toMatchObject({ ok: false, kind: 'unreadable', code: 'bus.question-unreadable', fields });
    expect(reply + lines.join()).not.toContain('hunter2');
    expect(lines.join()).toContain('"command":"add"');
  });

  it('never logs what is asked, whether it goes well or not', async () => {
    lines.length = 0;
    await serve(async ({ left }) => {
      if (left === 0) throw new Error('bad');
      return { sum: left };
    });
    const asker = createAsker(nats);
    await asker.ask(subject, add, { left: 1, password: 'hunter2' });
    await asker.ask(subject, add, { left: 0, password: 'hunter2' }).catch(() => undefined);
    await quiet();
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('answers what is in hand before it stops', async () => {
    await serve(() => sleep(200, { sum: 7 }));
    const asked = createAsker(nats).ask(subject, add, { left: 1 });
    await sleep(50);
    await quiet();
    expect(await asked).toEqual({ sum: 7 });
  });

  it('tells when an answer is too large to travel', async () => {
    const wide = defineCommand({
      name: 'wide',
      ask: z.object({}),
      answer: z.object({ text: z.string() }),
      timeoutMs: 2_000,
    });
    const at = providerSubject(provider, wide);
    const handle = async () => ({ text: 'x'.repeat(20_000_000) });
    answering.push(await answer(nats, { subject: at, command: wide, queue: 'q', handle }));
    await expect(createAsker(nats).ask(at, wide, {})).rejects.toMatchObject({ code: 'bus.answer-too-large' });
    await quiet();
  });
});

describe('telling', () => {
  it('reaches who listens now, drops what has another shape, and goes on', async () => {
    const got: number[] = [];
    const at = `occ.progress.spec-${process.pid}`;
    const listening = await subscribeJson(nats, {
      subject: at,
      schema: z.object({ done: z.number() }),
      handle: ({ done }) => void got.push(done),
    });
    await publishJson(nats, at, { done: 1 });
    await publishJson(nats, at, { other: 'shape' });
    await publishJson(nats, at, { done: 2 });
    await expect.poll(() => got).toEqual([1, 2]);
    await listening.stop();
    await publishJson(nats, at, { done: 3 });
    await sleep(50);
    expect(got).toEqual([1, 2]);
  });
});

describe('while NATS is away', () => {
  it('asking fails as transient in time, the ping too, and closing ends the waiting', async () => {
    const nowhere = connectNats({ url: 'nats://127.0.0.1:1', name: 'bus-spec', log });
    await expect(pingNats(nowhere)).rejects.toMatchObject({ kind: 'transient', code: 'bus.nats-away' });
    await expect(createAsker(nowhere).ask(subject, add, { left: 1 })).rejects.toMatchObject({ code: 'bus.nats-away' });
    const waiting = answer(nowhere, { subject, command: add, queue: 'q', handle: async () => ({ sum: 0 }) });
    await nowhere.close();
    await expect(waiting).rejects.toMatchObject({ code: 'bus.nats-away' });
  });

  it('a ping passes when it is there', async () => {
    await (await nats.connection(2_000)).flush();
    await pingNats(nats);
  });
});
