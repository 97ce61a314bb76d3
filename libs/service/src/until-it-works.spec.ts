import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { untilItWorks } from './until-it-works.ts';

const log = createLog({ service: 'spec', level: 'silent' });
const begin = (step: () => Promise<number>) => {
  const stopping = new AbortController();
  return { stopping, result: untilItWorks(step, { part: 'spec', log, signal: stopping.signal }) };
};

describe('untilItWorks', () => {
  it('tries until it works and gives what it made', async () => {
    let tries = 0;
    const { result } = begin(async () => {
      if (++tries < 3) throw new Error('away');
      return tries;
    });
    expect(await result).toBe(3);
  });

  it('does not wait for settings that cannot work', async () => {
    let tries = 0;
    const { result } = begin(async () => {
      tries += 1;
      throw new HubError({ kind: 'config', code: 'spec.wrong', message: 'x' });
    });
    await expect(result).rejects.toMatchObject({ code: 'spec.wrong' });
    expect(tries).toBe(1);
  });

  it('ends when it is stopped: in a wait at once, and after a step that worked meanwhile', async () => {
    const waiting = begin(() => Promise.reject(new Error('away')));
    const stopped = expect(waiting.result).rejects.toMatchObject({ kind: 'transient', code: 'service.stopped' });
    const begun = performance.now();
    waiting.stopping.abort();
    await stopped;
    expect(performance.now() - begun).toBeLessThan(150);

    const done = Promise.withResolvers<number>();
    const late = begin(() => done.promise);
    late.stopping.abort();
    done.resolve(1);
    await expect(late.result).rejects.toMatchObject({ code: 'service.stopped' });
  });
});
