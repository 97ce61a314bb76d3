import { describe, expect, it } from 'vitest';
import { checksumOf, id18, idOf } from './ids.ts';

describe('ids', () => {
  it('get the checksum that real ids have', () => {
    expect(checksumOf('001D000000IRt53')).toBe('IAD');
  });

  it('are whole in both lengths, and a wrong checksum makes no id', () => {
    expect(id18('001D000000IRt53')).toBe('001D000000IRt53IAD');
    expect(id18('001D000000IRt53IAD')).toBe('001D000000IRt53IAD');
    expect(id18('001D000000IRt53iad')).toBe('001D000000IRt53IAD');
    expect(id18('001D000000IRt53AAA')).toBeUndefined();
    expect(id18('001D000000IRt5')).toBeUndefined();
    expect(id18("001D000000IRt5'")).toBeUndefined();
  });

  it('differ for every record of an object', () => {
    const made = new Set(Array.from({ length: 10_000 }, (_, serial) => idOf('a0S', serial + 1)));
    expect(made.size).toBe(10_000);
    expect([...made].every((id) => id18(id.slice(0, 15)) === id)).toBe(true);
  });
});
