import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type WatermarkStore, createWatermarkStore } from './watermark.store.ts';

let watermarks: WatermarkStore;
let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  watermarks = createWatermarkStore(opened.store);
});
afterAll(() => opened.forget());

const owner = (connection: string, fence: number, source = 'visits') => ({ connection, source, fence });
const mark = (to: number) => ({ to, reps: ['r1', 'r2'], fullAt: to - 60_000 });

describe('createWatermarkStore', () => {
  it('knows of none before the first complete run', async () => {
    expect(await watermarks.load('con-0', 'visits')).toBeUndefined();
  });

  it('gives back the last one of each connection and source', async () => {
    await watermarks.save(owner('con-1', 1), mark(1_000_000));
    await watermarks.save(owner('con-1', 2), mark(2_000_000));
    await watermarks.save(owner('con-1', 1, 'others'), mark(3_000_000));
    await watermarks.save(owner('con-2', 1), mark(4_000_000));
    expect(await watermarks.load('con-1', 'visits')).toEqual(mark(2_000_000));
    expect(await watermarks.load('con-1', 'others')).toEqual(mark(3_000_000));
    expect(await watermarks.load('con-2', 'visits')).toEqual(mark(4_000_000));
  });

  it('stays as a later holder of the lease wrote it, and says nothing', async () => {
    await watermarks.save(owner('con-3', 5), mark(5_000_000));
    await watermarks.save(owner('con-3', 4), mark(9_000_000));
    expect(await watermarks.load('con-3', 'visits')).toEqual(mark(5_000_000));
    await watermarks.save(owner('con-3', 5), mark(6_000_000));
    expect(await watermarks.load('con-3', 'visits')).toEqual(mark(6_000_000));
  });

  it('goes back when a later holder came less far: a clock that was put right', async () => {
    await watermarks.save(owner('con-4', 1), mark(9_000_000));
    await watermarks.save(owner('con-4', 2), mark(1_000_000));
    expect(await watermarks.load('con-4', 'visits')).toEqual(mark(1_000_000));
  });
});
