import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listen } from './listen.ts';

describe('listen', () => {
  it('finishes what is under way, takes nothing new, and is not held by an idle connection', async () => {
    const server = await listen((_request, response) => void setTimeout(() => response.end('done'), 200), 0);
    const agent = new Agent({ keepAlive: true });
    const body = new Promise<string>((resolve, reject) => {
      get(server.url, { agent }, async (answer: IncomingMessage) => {
        resolve((await answer.setEncoding('utf8').toArray()).join(''));
      }).on('error', reject);
    });
    await sleep(50);
    const begun = performance.now();
    const stopped = server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
    expect(await body).toBe('done');
    await stopped;
    expect(performance.now() - begun).toBeLessThan(2_000);
    agent.destroy();
  });

  it('says plainly that a port is taken', async () => {
    const first = await listen(() => {}, 0);
    await expect(listen(() => {}, first.port)).rejects.toMatchObject({
      kind: 'config',
      code: 'service.port',
      message: expect.stringContaining('another program has it'),
    });
    await first.stop();
  });
});
