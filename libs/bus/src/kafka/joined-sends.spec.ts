import { describe, expect, it } from 'vitest';
import { createJoinedSends } from './joined-sends.ts';

const item = (name: string, bytes = 1) => ({ name, bytes });

/** A send that waits until it is told how it went. */
function heldSends() {
  const sends: { names: string[]; done: () => void; fail: (error: Error) => void }[] = [];
  const send = (items: readonly { name: string; bytes: number }[]) =>
    new Promise<void>((resolve, reject) => {
      sends.push({ names: items.map(({ name }) => name), done: resolve, fail: reject });
    });
  return { send, sends };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createJoinedSends', () => {
  it('joins the calls that come during a send into the next one, in their order', async () => {
    const { send, sends } = heldSends();
    const joined = createJoinedSends<ReturnType<typeof item>>(send, 100);
    const calls = [joined.add([item('a')]), joined.add([item('b'), item('c')]), joined.add([item('d')])];
    expect(sends.map(({ names }) => names)).toEqual([['a']]);
    sends[0]?.done();
    await settle();
    expect(sends[1]?.names).toEqual(['b', 'c', 'd']);
    sends[1]?.done();
    await Promise.all(calls);
    await joined.idle();
    expect(sends).toHaveLength(2);
  });

  it('splits what is too large for one send, and resolves only when all of it is sent', async () => {
    const { send, sends } = heldSends();
    const joined = createJoinedSends<ReturnType<typeof item>>(send, 10);
    let resolved = false;
    const call = joined.add([item('a', 6), item('b', 6), item('c', 4)]).then(() => (resolved = true));
    sends[0]?.done();
    await settle();
    expect([sends[0]?.names, sends[1]?.names, resolved]).toEqual([['a'], ['b', 'c'], false]);
    sends[1]?.done();
    await call;
  });

  it('fails every call of a failed send, does not send their rest, and goes on with the others', async () => {
    const { send, sends } = heldSends();
    const joined = createJoinedSends<ReturnType<typeof item>>(send, 10);
    const first = joined.add([item('a', 6), item('b', 6)]);
    const second = joined.add([item('c')]);
    sends[0]?.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settle();
    expect(sends[1]?.names).toEqual(['c']);
    sends[1]?.done();
    await second;
  });

  it('sends an item that is too large alone, and nothing for nothing', async () => {
    const { send, sends } = heldSends();
    const joined = createJoinedSends<ReturnType<typeof item>>(send, 10);
    await joined.add([]);
    const call = joined.add([item('huge', 99)]);
    expect(sends[0]?.names).toEqual(['huge']);
    sends[0]?.done();
    await call;
  });
});
