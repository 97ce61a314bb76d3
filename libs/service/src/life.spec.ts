import { describe, expect, it } from 'vitest';
import { createLife } from './life.ts';
import { createLog } from './log.ts';

const lines: string[] = [];
const log = createLog({ service: 'spec', level: 'info', destination: { write: (line) => void lines.push(line) } });

describe('createLife', () => {
  it('stops the parts in reverse order, one after the other, and only once', async () => {
    const life = createLife({ log });
    const stopped: string[] = [];
    for (const name of ['http', 'store', 'poller']) {
      life.add(name, async () => {
        await Promise.resolve();
        stopped.push(name);
      });
    }
    await Promise.all([life.stop(), life.stop()]);
    expect(stopped).toEqual(['poller', 'store', 'http']);
  });

  it('goes on when a part fails to stop, and logs which', async () => {
    const life = createLife({ log });
    let stopped = false;
    life.add('http', () => void (stopped = true));
    life.add('store', () => Promise.reject(new Error('already closed')));
    await life.stop();
    expect(stopped).toBe(true);
    expect(lines.at(-1)).toContain('"part":"store"');
  });

  it('names the part that hangs', async () => {
    const life = createLife({ log, withinMs: 30 });
    life.add('poller', () => new Promise<void>(() => {}));
    await expect(life.stop()).rejects.toMatchObject({
      code: 'service.stop-hung',
      message: expect.stringContaining('poller'),
    });
  });

  it('stops at once a part that is added too late', async () => {
    const life = createLife({ log });
    await life.stop();
    let stopped = false;
    life.add('late', () => void (stopped = true));
    expect(stopped).toBe(true);
  });
});
