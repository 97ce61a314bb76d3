import { describe, expect, it } from 'vitest';
import { createHurry } from './hurry.ts';

function hurryAt() {
  const hurried: string[] = [];
  let now = 0;
  const works = createHurry({ clock: () => now, hurry: (connection) => void hurried.push(connection) });
  return { hurried, works, later: (ms: number) => void (now += ms) };
}

describe('createHurry', () => {
  it('does not burn the retries of a vendor that fails on some calls and not on others', () => {
    const { hurried, works, later } = hurryAt();
    for (let second = 0; second < 300; second++) {
      works('c1', 'retrying');
      later(1_000);
    }
    expect(hurried).toEqual(['c1']);
    later(600_000);
    works('c1', 'retrying');
    expect(hurried).toHaveLength(2);
  });

  it('always hurries after a person put it right, and each connection by itself', () => {
    const { hurried, works } = hurryAt();
    works('c1', 'retrying');
    works('c1', 'needs-reauthorization');
    works('c1', 'paused');
    works('c2', 'retrying');
    expect(hurried).toEqual(['c1', 'c1', 'c1', 'c2']);
  });
});
