import { defineCommand } from '@occ-hub/contracts';
import { startStack, type Stack } from '@occ-hub/stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quietLog } from '../kafka/kafka-under-test.ts';
import { answer } from './answer.ts';
import { createAsker } from './ask.ts';
import { connectNats, pingNats, type Nats } from './connect.ts';

const echo = defineCommand({
  name: 'echo',
  ask: z.object({ text: z.string() }),
  answer: z.object({ text: z.string() }),
  timeoutMs: 1_000,
});

describe('while NATS restarts', () => {
  let stack: Stack;
  let nats: Nats;

  beforeAll(async () => {
    stack = await startStack({ name: `nats-restart-${process.pid}`, disposable: true });
    nats = connectNats({ url: stack.natsUrl, name: 'bus-spec', log: quietLog });
  }, 120_000);
  afterAll(async () => {
    await nats?.close();
    await stack?.stop();
  });

  it('asking fails as transient, and goes on by itself when it is back, subscriptions included', async () => {
    const asker = createAsker(nats);
    await answer(nats, { subject: 'occ.spec.echo', command: echo, queue: 'q', handle: async ({ text }) => ({ text }) });
    expect(await asker.ask('occ.spec.echo', echo, { text: 'before' })).toEqual({ text: 'before' });
    await stack.stopPiece('nats', 'kill');
    await expect(asker.ask('occ.spec.echo', echo, { text: 'lost' })).rejects.toMatchObject({ kind: 'transient' });
    await expect(pingNats(nats)).rejects.toMatchObject({ code: 'bus.nats-away' });
    await stack.startPiece('nats');
    const ask = () => asker.ask('occ.spec.echo', echo, { text: 'after' }).catch((error: unknown) => error);
    await expect.poll(ask, { timeout: 20_000, interval: 200 }).toEqual({ text: 'after' });
    await pingNats(nats);
  }, 60_000);
});
