import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { AwaitingChoice } from './question.ts';
import { type Results, type Steps, UncertainStep, createSteps } from './steps.ts';

/** A ledger that outlives attempts, and a vendor that counts what it applied. */
function world(begin: { inDoubt?: boolean } = {}) {
  let done: Results = {};
  let inDoubt = begin.inDoubt ?? false;
  let askedAt: string | undefined;
  const applied: string[] = [];
  const answers = new Map<string, string>();
  /** One attempt: its steps, and its end written down unless the process dies first. */
  async function attempt(work: (run: Steps['run'], steps: Steps) => Promise<unknown>, dies = false) {
    const steps = createSteps({
      done,
      answers,
      inDoubt,
      diedAsking: askedAt,
      async remember({ finished, asking }) {
        done = { ...done, ...finished };
        askedAt = asking;
      },
      stillOurs: () => undefined,
    });
    askedAt = undefined;
    const end = () => {
      done = { ...done, ...(dies ? {} : steps.unkept()) };
      inDoubt = dies || steps.inDoubt();
      if (!dies) askedAt = undefined;
    };
    try {
      const result = await work(steps.run, steps);
      end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  }
  const upload = (outcome?: Error) => async () => {
    if (!outcome || !(outcome instanceof HubError) || outcome.mayHaveApplied) applied.push('file');
    if (outcome) throw outcome;
    return { file: 'f1' };
  };
  const find = async () => (applied.length > 0 ? { file: 'f1' } : undefined);
  return { applied, answers, attempt, upload, find, inDoubt: () => inDoubt, done: () => done };
}
const cut = new HubError({ kind: 'transient', code: 'x.cut', message: 'cut', mayHaveApplied: true });
const refused = new HubError({ kind: 'transient', code: 'x.away', message: 'away' });

describe('createSteps', () => {
  it('says that a step was cut only of one that this attempt began, that may not be repeated, and whose end nobody knows', async () => {
    const cutOf = async (step: { repeatable?: true; outcome: Error; find?: () => Promise<never> }, inDoubt = false) => {
      const { upload } = world();
      const memory = { done: {}, inDoubt, remember: async () => undefined, stillOurs: () => undefined };
      const steps = createSteps(memory);
      const { outcome, ...rest } = step;
      await steps.run('upload', { ...rest, do: upload(outcome) }).catch(() => undefined);
      return steps.cut();
    };
    expect(await cutOf({ outcome: cut })).toBe(true);
    expect(await cutOf({ outcome: new Error('nobody knows this one') })).toBe(true);
    expect(await cutOf({ outcome: refused })).toBe(false);
    expect(await cutOf({ outcome: cut, repeatable: true })).toBe(false);
    // It was cut before; now the vendor could not even be asked.
    expect(await cutOf({ outcome: cut, find: () => Promise.reject(refused) }, true)).toBe(false);
  });

  it('never repeats a finished step and gives its kept result', async () => {
    const { applied, attempt, upload } = world();
    await attempt((run) => run('upload', { do: upload() }));
    expect(await attempt((run) => run('upload', { do: upload() }))).toEqual({ file: 'f1' });
    expect(applied).toHaveLength(1);
  });

  it('keeps a finished step before the next one begins, so that a crash in between repeats neither', async () => {
    const { applied, attempt, upload, find } = world();
    const second = async () => {
      throw new Error('the process died');
    };
    const both = attempt(async (run) => {
      await run('first', { find, do: upload() });
      await run('second', { do: second });
    }, true);
    await expect(both).rejects.toThrow('died');
    await attempt((run) => run('first', { do: upload() }));
    expect(applied).toHaveLength(1);
  });

  it('looks first after an end that nobody knows, and does not write what is there', async () => {
    const { applied, attempt, upload, find } = world();
    await expect(attempt((run) => run('upload', { find, do: upload(cut) }))).rejects.toBe(cut);
    expect(await attempt((run) => run('upload', { find, do: upload() }))).toEqual({ file: 'f1' });
    expect(applied).toHaveLength(1);
  });

  it('looks first after a crash whose call went out', async () => {
    const { applied, attempt, upload, find } = world();
    await attempt((run) => run('upload', { find, do: upload() }), true);
    await attempt((run) => run('upload', { find, do: upload() }));
    expect(applied).toHaveLength(1);
  });

  it('writes when it looked and the vendor has nothing', async () => {
    const { applied, attempt, upload, find } = world({ inDoubt: true });
    await attempt((run) => run('upload', { find, do: upload() }));
    expect(applied).toHaveLength(1);
  });

  it('doubts only the first unfinished step', async () => {
    const { attempt, upload, find, inDoubt } = world({ inDoubt: true });
    await attempt(async (run) => {
      await run('first', { find, do: upload() });
      await run('second', { find: async () => expect.unreachable('asked'), do: async () => ({}) });
    });
    expect(inDoubt()).toBe(false);
  });

  it('asks nobody after a failure that surely wrote nothing', async () => {
    const { attempt, upload } = world();
    const find = async () => expect.unreachable('asked');
    await expect(attempt((run) => run('upload', { find, do: upload(refused) }))).rejects.toBe(refused);
    expect(await attempt((run) => run('upload', { find, do: upload() }))).toEqual({ file: 'f1' });
  });

  it('doubts after a bug: nobody knows how far it came', async () => {
    const { attempt, upload, inDoubt } = world();
    await expect(attempt((run) => run('upload', { do: upload(new TypeError('x')) }))).rejects.toThrow('x');
    expect(inDoubt()).toBe(true);
  });

  it('is uncertain where the vendor cannot be asked, instead of writing blindly', async () => {
    const { applied, attempt, upload } = world();
    await expect(attempt((run) => run('upload', { do: upload(cut) }))).rejects.toBe(cut);
    await expect(attempt((run) => run('upload', { do: upload() }))).rejects.toBeInstanceOf(UncertainStep);
    const forbidden = async () => {
      throw new HubError({ kind: 'rejected', code: 'x.forbidden', message: 'no' });
    };
    await expect(attempt((run) => run('upload', { find: forbidden, do: upload() }))).rejects.toBeInstanceOf(
      UncertainStep,
    );
    expect(applied).toHaveLength(1);
  });

  it('asks later when the vendor is away while it is asked, and still doubts', async () => {
    const { attempt, upload, inDoubt } = world({ inDoubt: true });
    const away = async () => {
      throw refused;
    };
    await expect(attempt((run) => run('upload', { find: away, do: upload() }))).rejects.toBe(refused);
    expect(inDoubt()).toBe(true);
  });

  it('simply repeats what is the same twice as once, until it is done', async () => {
    const { applied, attempt, upload } = world();
    await expect(attempt((run) => run('set', { repeatable: true, do: upload(cut) }))).rejects.toBe(cut);
    await attempt((run) => run('set', { repeatable: true, do: upload() }));
    await attempt((run) => run('set', { repeatable: true, do: upload() }));
    expect(applied).toHaveLength(2);
  });

  it('knows which finished steps may be repeated', async () => {
    const { attempt, upload } = world();
    await attempt(async (run, { repeatable }) => {
      await run('look', { repeatable: true, do: upload() });
      await run('upload', { do: upload() });
      await run('check', { repeatable: true, do: upload(refused) }).catch(() => undefined);
      expect(repeatable()).toEqual(['look']);
    });
  });

  it('sends nothing when this process lost its hold meanwhile', async () => {
    const applied: string[] = [];
    const lost = new Error('lost');
    const stillOurs = () => {
      throw lost;
    };
    const steps = createSteps({ done: {}, inDoubt: true, remember: async () => undefined, stillOurs });
    const work = steps.run('upload', {
      find: async () => undefined,
      do: async () => ({ file: String(applied.push('x')) }),
    });
    await expect(work).rejects.toBe(lost);
    expect(applied).toHaveLength(0);
  });

  it('knows where it stopped: at the step or the question that failed, and nowhere between them', async () => {
    const { attempt, upload } = world();
    const stops: (string | undefined)[] = [];
    await attempt(async (run, { stoppedAt, choose }) => {
      await run('first', { do: upload() });
      stops.push(stoppedAt());
      await run('second', { do: upload(refused) }).catch(() => stops.push(stoppedAt()));
      await choose('location', () => Promise.reject(refused)).catch(() => stops.push(stoppedAt()));
    });
    expect(stops).toEqual([undefined, 'second', 'location']);
  });
});

describe('choosing', () => {
  const options = [
    { id: 'loc-1', title: 'Oak Street 1' },
    { id: 'loc-2', title: 'Elm Street 2' },
  ];
  const question = { prompt: 'Which location?', options, expiresInMs: 60_000 };
  const put = async () => question;

  it('ends the attempt with the question, and gives the answer without asking once there is one', async () => {
    const { attempt, answers } = world();
    await attempt(async (_run, { choose, asked }) => {
      await expect(choose('location', put)).rejects.toBeInstanceOf(AwaitingChoice);
      expect(asked()).toEqual({ name: 'location', ...question });
    });
    answers.set('location', 'loc-2');
    const chosen = attempt((_run, { choose }) => choose('location', async () => expect.unreachable('asked')));
    expect(await chosen).toBe('loc-2');
  });

  it('keeps finished steps before it asks, so that a crash while asking repeats none', async () => {
    const { applied, attempt, upload, done } = world();
    const dies = attempt(async (run, { choose }) => {
      await run('first', { do: upload() });
      await choose('location', async () => {
        throw new Error('the process died');
      });
    }, true);
    await expect(dies).rejects.toThrow('died');
    expect(done()).toEqual({ first: { file: 'f1' } });
    await attempt((run) => run('first', { do: upload() }));
    expect(applied).toHaveLength(1);
  });

  it('does not doubt what comes after a question, where the attempt that died had noted that it was asking', async () => {
    const { attempt, upload, answers, inDoubt, applied } = world();
    const dies = attempt((_run, { choose }) => choose('location', () => Promise.reject(new Error('died'))), true);
    await expect(dies).rejects.toThrow('died');
    await expect(attempt((_run, { choose }) => choose('location', put))).rejects.toBeInstanceOf(AwaitingChoice);
    expect(inDoubt()).toBe(false);
    answers.set('location', 'loc-1');
    // Without a way to look, a step in doubt would be uncertain.
    await attempt(async (run, { choose }) => {
      await choose('location', put);
      await run('upload', { do: upload() });
    });
    expect(applied).toHaveLength(1);
  });

  it('still doubts a create that was cut before the question came up for the first time', async () => {
    const { attempt, upload, find, answers, applied, inDoubt } = world();
    await expect(attempt((run) => run('upload', { find, do: upload(cut) }))).rejects.toBe(cut);
    const asks = (dies = false) =>
      attempt(async (run, { choose }) => {
        await choose('location', put);
        await run('upload', { find, do: upload() });
      }, dies);
    // A crash while asking changes nothing of that.
    await expect(asks(true)).rejects.toBeInstanceOf(AwaitingChoice);
    await expect(asks()).rejects.toBeInstanceOf(AwaitingChoice);
    expect(inDoubt()).toBe(true);
    answers.set('location', 'loc-1');
    await asks();
    expect(applied).toHaveLength(1);
  });

  it('still doubts what an attempt began and died with, although an earlier one had died while asking', async () => {
    const { attempt, upload, find, answers, applied } = world();
    await expect(attempt((_run, { choose }) => choose('location', put), true)).rejects.toBeInstanceOf(AwaitingChoice);
    await attempt((run) => run('upload', { find, do: upload() }), true);
    await expect(attempt((_run, { choose }) => choose('location', put))).rejects.toBeInstanceOf(AwaitingChoice);
    answers.set('location', 'loc-1');
    await attempt((run) => run('upload', { find, do: upload() }));
    expect(applied).toHaveLength(1);
  });

  it('still doubts a step whose end nobody knows, whatever question comes after it or was answered before it', async () => {
    const { attempt, upload, answers, inDoubt } = world();
    const caught = attempt(async (run, { choose }) => {
      await run('upload', { do: upload(cut) }).catch(() => undefined);
      await choose('location', put);
    });
    await expect(caught).rejects.toBeInstanceOf(AwaitingChoice);
    expect(inDoubt()).toBe(true);
    answers.set('location', 'loc-1');
    const answered = attempt(async (run, { choose }) => {
      await choose('location', put);
      await run('upload', { do: upload() });
    });
    await expect(answered).rejects.toBeInstanceOf(UncertainStep);
  });

  it('begins nothing after a question, even in a write that caught what it throws', async () => {
    const { applied, attempt, upload } = world();
    await attempt(async (run, { choose, asked }) => {
      await choose('location', put).catch(() => undefined);
      await expect(run('upload', { do: upload() })).rejects.toBeInstanceOf(AwaitingChoice);
      await expect(choose('other', put)).rejects.toBeInstanceOf(AwaitingChoice);
      expect(asked()?.name).toBe('location');
    });
    expect(applied).toHaveLength(0);
  });

  it('begins nothing after a question that could not be put either', async () => {
    const { applied, attempt, upload } = world();
    await attempt(async (run, { choose }) => {
      await choose('location', () => Promise.reject(refused)).catch(() => undefined);
      await expect(run('upload', { do: upload() })).rejects.toBe(refused);
    });
    expect(applied).toHaveLength(0);
  });

  it.each([
    ['without options', { ...question, options: [] }],
    ['with two options of one id', { ...question, options: [options[0]!, options[0]!] }],
    ['with an id that is too long', { ...question, options: [{ id: 'x'.repeat(101), title: 'Oak Street' }] }],
    ['that is over before it is put', { ...question, expiresInMs: 0 }],
    ['that is too large', { ...question, options: [{ id: 'a', title: 'Oak Street'.repeat(60_000) }] }],
  ])('is a bug where a question is put %s, and names no option', async (_how, faulty) => {
    const { attempt } = world();
    const work = attempt((_run, { choose }) => choose('location', async () => faulty));
    const error: Error = await work.then(
      () => expect.unreachable('put'),
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/The question "location" cannot be put: /);
    expect(error.message).not.toContain('Oak Street');
  });
});
