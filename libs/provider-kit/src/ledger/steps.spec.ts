import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { StepRecord } from './delivery.ts';
import { UncertainStep, createStepRunner } from './steps.ts';

/** A ledger's memory that outlives attempts, and a vendor that counts what it applied. */
function world() {
  const steps: Record<string, StepRecord> = {};
  const applied: string[] = [];
  const attempt = () =>
    createStepRunner({
      steps,
      remember: async (name, record) => void (steps[name] = record),
      forget: async (name) => void delete steps[name],
      stillOurs: () => undefined,
    });
  const upload = (outcome?: HubError) => async () => {
    if (!outcome || outcome.mayHaveApplied) applied.push('file');
    if (outcome) throw outcome;
    return { file: 'f1' };
  };
  const find = async () => (applied.length > 0 ? { file: 'f1' } : undefined);
  return { steps, applied, attempt, upload, find };
}
const cut = new HubError({ kind: 'transient', code: 'x.cut', message: 'cut', mayHaveApplied: true });
const refused = new HubError({ kind: 'transient', code: 'x.away', message: 'away' });

describe('createStepRunner', () => {
  it('never repeats a finished step and gives its kept result', async () => {
    const { applied, attempt, upload } = world();
    await attempt()('upload', { do: upload() });
    expect(await attempt()('upload', { do: upload() })).toEqual({ file: 'f1' });
    expect(applied).toHaveLength(1);
  });

  it('looks first after an end that nobody knows, and does not write what is there', async () => {
    const { applied, attempt, upload, find } = world();
    await expect(attempt()('upload', { find, do: upload(cut) })).rejects.toBe(cut);
    expect(await attempt()('upload', { find, do: upload() })).toEqual({ file: 'f1' });
    expect(applied).toHaveLength(1);
  });

  it('writes again when it looked and the vendor has nothing', async () => {
    const { steps, applied, attempt, upload, find } = world();
    steps['upload'] = { state: 'started', result: {} }; // the process was killed before the call went out
    await attempt()('upload', { find, do: upload() });
    expect(applied).toHaveLength(1);
  });

  it('asks nobody after a failure that surely wrote nothing', async () => {
    const { attempt, upload } = world();
    const find = async () => expect.unreachable('asked');
    await expect(attempt()('upload', { find, do: upload(refused) })).rejects.toBe(refused);
    expect(await attempt()('upload', { find, do: upload() })).toEqual({ file: 'f1' });
  });

  it('is uncertain where the vendor cannot be asked, instead of writing blindly', async () => {
    const { applied, attempt, upload } = world();
    await expect(attempt()('upload', { do: upload(cut) })).rejects.toBe(cut);
    await expect(attempt()('upload', { do: upload() })).rejects.toBeInstanceOf(UncertainStep);
    const forbidden = async () => {
      throw new HubError({ kind: 'rejected', code: 'x.forbidden', message: 'no' });
    };
    await expect(attempt()('upload', { find: forbidden, do: upload() })).rejects.toBeInstanceOf(UncertainStep);
    expect(applied).toHaveLength(1);
  });

  it('asks later when the vendor is away while it is asked', async () => {
    const { steps, attempt, upload } = world();
    steps['upload'] = { state: 'started', result: {} };
    const away = async () => {
      throw refused;
    };
    await expect(attempt()('upload', { find: away, do: upload() })).rejects.toBe(refused);
    expect(steps['upload']?.state).toBe('started');
  });

  it('simply repeats what is the same twice as once', async () => {
    const { steps, applied, attempt, upload } = world();
    await expect(attempt()('set', { repeatable: true, do: upload(cut) })).rejects.toBe(cut);
    await attempt()('set', { repeatable: true, do: upload() });
    expect([applied.length, Object.keys(steps)]).toEqual([2, []]);
  });
});
