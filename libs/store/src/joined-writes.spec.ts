import { describe, expect, it } from 'vitest';
import { createJoinedWrites } from './joined-writes.ts';

describe('createJoinedWrites', () => {
  it('commits a lone write at once and joins what comes while a commit is under way', async () => {
    const commits: number[][] = [];
    let release: () => void = () => undefined;
    const joined = createJoinedWrites<number>(async (writes) => {
      commits.push([...writes]);
      if (commits.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const first = joined.add(1);
    await new Promise(setImmediate);
    const others = [joined.add(2), joined.add(3)];
    release();
    await Promise.all([first, ...others]);
    expect(commits).toEqual([[1], [2, 3]]);
  });

  it('fails the writers of a failed commit and goes on with the next', async () => {
    let calls = 0;
    const joined = createJoinedWrites<number>(async () => {
      if (++calls === 1) throw new Error('store away');
    });
    await expect(joined.add(1)).rejects.toThrow('store away');
    await expect(joined.add(2)).resolves.toBeUndefined();
    expect(calls).toBe(2);
  });
});
