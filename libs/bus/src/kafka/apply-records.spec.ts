import { encodeEvent } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { applyRecords, type ApplyParts, type Failure } from './apply-records.ts';
import type { DeadLetter, RawRecord } from './dead-letter.ts';
import { createPartitionMemory } from './partition-memory.ts';
import { noteOf, tellNote } from './suite-events.ts';

const recordOf = (offset: number, note: string): RawRecord => {
  const { key, value, headers } = encodeEvent(noteOf('k', note));
  const place = { topic: 'occ.outbound.v1', partition: 0, offset: String(offset), timestamp: '1000' };
  return { ...place, key: Buffer.from(key), value: Buffer.from(value), headers };
};
const poison = (offset: number): RawRecord => ({ ...recordOf(offset, 'x'), value: Buffer.from('{') });

/** A handler that fails for the notes it is told to, and everything that was seen. */
function bench(failing: Record<string, () => unknown> = {}) {
  const calls: string[][] = [];
  const letters: DeadLetter[] = [];
  const failures: Failure[] = [];
  const parts: ApplyParts = {
    async handle(batch) {
      const notes = batch.map(({ event }) => tellNote(event).note);
      calls.push(notes);
      for (const note of notes) if (failing[note]) throw failing[note]();
    },
    types: undefined,
    deadLetter: async (letter) => void letters.push(letter),
    onError: (failure) => void failures.push(failure),
    policy: { attempts: Infinity, firstDelayMs: 100, longestDelayMs: 1_000 },
    group: 'spec',
    clock: () => Date.UTC(2026, 10, 24),
    random: () => 0,
  };
  return { calls, letters, failures, parts, memory: createPartitionMemory() };
}
const hub = (kind: 'transient' | 'stale' | 'credential') => () =>
  new HubError({ kind, code: `spec.${kind}`, message: 'words' });

describe('applyRecords', () => {
  it('hands over a whole batch in order, once', async () => {
    const { calls, parts, memory } = bench();
    const records = [recordOf(0, 'a'), recordOf(1, 'b')];
    expect(await applyRecords(records, memory, parts)).toBeUndefined();
    expect(await applyRecords([...records, recordOf(2, 'c')], memory, parts)).toBeUndefined();
    expect(calls).toEqual([['a', 'b'], ['c']]);
  });

  it('hands over what lies before a poison record before it is dead-lettered, and what lies behind it after', async () => {
    const { calls, letters, parts, memory } = bench();
    await applyRecords([recordOf(0, 'a'), poison(1), recordOf(2, 'b'), recordOf(3, 'c')], memory, parts);
    expect(calls).toEqual([['a'], ['b', 'c']]);
    expect(letters).toMatchObject([
      { code: 'bus.json-unreadable', kind: 'unreadable', attempts: 1, group: 'spec', record: { offset: '1' } },
    ]);
  });

  it('stops at an event that fails transiently, with everything before it finished and nothing behind it', async () => {
    const { calls, letters, parts, memory } = bench({ b: hub('transient') });
    const records = [recordOf(0, 'a'), recordOf(1, 'b'), recordOf(2, 'c')];
    expect(await applyRecords(records, memory, parts)).toMatchObject({ at: { offset: '1' }, afterMs: 50 });
    expect(calls).toEqual([['a', 'b', 'c'], ['a'], ['b']]);
    calls.length = 0;
    expect(await applyRecords(records, memory, parts)).toMatchObject({ at: { offset: '1' }, afterMs: 100 });
    expect(calls).toEqual([['b']]);
    expect(letters).toEqual([]);
  });

  it('waits as long as it is asked to', async () => {
    const asked = () => new HubError({ kind: 'transient', code: 'x', message: 'x', retryAfterMs: 7_000 });
    const { parts, memory } = bench({ a: asked });
    expect(await applyRecords([recordOf(0, 'a')], memory, parts)).toMatchObject({ afterMs: 7_000 });
  });

  it('parks a transient failure where the policy says enough', async () => {
    const { letters, parts, memory } = bench({ a: hub('transient') });
    const policy = { attempts: 2, firstDelayMs: 1, longestDelayMs: 1 };
    await applyRecords([recordOf(0, 'a')], memory, { ...parts, policy });
    expect(await applyRecords([recordOf(0, 'a')], memory, { ...parts, policy })).toBeUndefined();
    expect(letters).toMatchObject([{ code: 'spec.transient', kind: 'transient', attempts: 2 }]);
  });

  it('parks what is refused for a credential: the bus has no connection to hold', async () => {
    const { letters, parts, memory } = bench({ a: hub('credential') });
    expect(await applyRecords([recordOf(0, 'a')], memory, parts)).toBeUndefined();
    expect(letters).toMatchObject([{ kind: 'credential' }]);
  });

  it('acknowledges what is stale', async () => {
    const { calls, letters, parts, memory } = bench({ a: hub('stale') });
    await applyRecords([recordOf(0, 'a')], memory, parts);
    await applyRecords([recordOf(0, 'a')], memory, parts);
    expect([calls.length, letters.length]).toEqual([1, 0]);
  });

  it('never goes on without a dead letter that could not be sent', async () => {
    const { calls, letters, failures, parts, memory } = bench();
    let away = true;
    const deadLetter = async (letter: DeadLetter) => {
      if (away) throw new HubError({ kind: 'transient', code: 'bus.kafka-away', message: 'away' });
      letters.push(letter);
    };
    const records = [poison(0), recordOf(1, 'a')];
    expect(await applyRecords(records, memory, { ...parts, deadLetter })).toMatchObject({ at: { offset: '0' } });
    expect(calls).toEqual([]);
    expect(failures.at(-1)).toMatchObject({ verdict: { action: 'retry' } });
    away = false;
    expect(await applyRecords(records, memory, { ...parts, deadLetter })).toBeUndefined();
    expect([letters.length, calls]).toEqual([1, [['a']]]);
  });

  it('acknowledges unwanted types unseen, and still sets aside unknown ones', async () => {
    const { calls, letters, parts, memory } = bench();
    const unknown = { ...recordOf(1, 'x'), headers: { ...recordOf(1, 'x').headers, ce_type: 'occ.other.v1' } };
    const types = new Set(['occ.document.signed.v1']);
    expect(await applyRecords([recordOf(0, 'a'), unknown], memory, { ...parts, types })).toBeUndefined();
    expect(calls).toEqual([]);
    expect(letters).toMatchObject([{ code: 'bus.type-unknown' }]);
  });

  it('keeps a bug’s words out of the letter, and gives the error to whoever watches', async () => {
    const { letters, failures, parts, memory } = bench({ a: () => new TypeError('name of somebody') });
    for (let attempt = 0; attempt < 3; attempt += 1) await applyRecords([recordOf(0, 'a')], memory, parts);
    expect(letters).toMatchObject([{ kind: 'bug', code: 'hub.bug', attempts: 3 }]);
    expect(letters[0]?.message).not.toContain('somebody');
    expect(failures.map(({ attempt, verdict }) => [attempt, verdict.action])).toEqual([
      [1, 'retry'],
      [2, 'retry'],
      [3, 'park'],
    ]);
  });
});
