import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { every } from './every.ts';
import { createLog } from './log.ts';

const log = createLog({ service: 'spec', level: 'silent' });

describe('every', () => {
  it('begins at once and goes on after a failure, never twice at a time', async () => {
    let [begun, underWay, most] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++underWay);
      begun += 1;
      await sleep(5);
      underWay -= 1;
      if (begun === 1) throw new Error('away');
    };
    const working = every(1, { part: 'spec', work, log });
    expect(begun).toBe(1);
    while (begun < 3) await sleep(1);
    await working.stop();
    expect(most).toBe(1);
  });

  it('stops when the time under way has ended, and waits for no further one', async () => {
    const work = Promise.withResolvers<void>();
    let begun = 0;
    const working = every(60_000, { part: 'spec', work: () => ((begun += 1), work.promise), log });
    let stopped = false;
    const stopping = working.stop().then(() => (stopped = true));
    await sleep(5);
    expect(stopped).toBe(false);
    work.resolve();
    await stopping;
    expect(begun).toBe(1);
  });
});
