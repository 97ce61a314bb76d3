import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

describe('createGroupCommit', () => {
  it('commits a lone write at once and joins what comes while a commit is under way', async () => {
    const commits: number[][] = [];
    let release: () => void = () => undefined;
    const group = createGroupCommit<number>(async (writes) => {
      commits.push([...writes]);
      if (commits.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const first = group.add(1);
    await new Promise(setImmediate);
    const others = [group.add(2), group.add(3)];
    release();
    await Promise.all([first, ...others]);
    expect(commits).toEqual([[1], [2, 3]]);
  });

  it('fails the writers of a failed commit and goes on with the next', async () => {
    let calls = 0;
    const group = createGroupCommit<number>(async () => {
      if (++calls === 1) throw new Error('store away');
    });
    await expect(group.add(1)).rejects.toThrow('store away');
    await expect(group.add(2)).resolves.toBeUndefined();
    await group.settled();
    expect(calls).toBe(2);
  });
});
