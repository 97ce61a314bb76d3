import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listener } from './listener.ts';
import { createListener } from './listener.ts';

const open: Listener[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.end())));

function listenerAt(at: Parameters<typeof createListener>[1]): Listener {
  const listener = createListener(
    createServer((_, response) => void response.end('here')),
    at,
  );
  open.push(listener);
  return listener;
}

const answer = async (url: string): Promise<string> => (await fetch(url)).text();

describe('listener', () => {
  test('comes back on the same port after it refused', async () => {
    const listener = listenerAt({});
    await listener.listen();
    const { url } = listener;
    expect(await answer(url)).toBe('here');
    await listener.refuse();
    await expect(fetch(url)).rejects.toThrow();
    await listener.listen();
    expect(listener.url).toBe(url);
    expect(await answer(url)).toBe('here');
  });

  test('rejects when the port is taken', async () => {
    const first = listenerAt({});
    await first.listen();
    await expect(listenerAt({ port: first.port }).listen()).rejects.toThrow('EADDRINUSE');
  });

  test('never listens again once it has ended', async () => {
    const listener = listenerAt({});
    await listener.listen();
    await listener.end();
    await listener.listen();
    await expect(fetch(listener.url)).rejects.toThrow();
  });

  test('names an address that can be called when it listens everywhere', async () => {
    const listener = listenerAt({ host: '0.0.0.0' });
    await listener.listen();
    expect(listener.url).toBe(`http://127.0.0.1:${listener.port}`);
    expect(await answer(listener.url)).toBe('here');
  });
});
