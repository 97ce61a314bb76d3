/** Something to send and what it weighs. */
export interface Weighed {
  readonly bytes: number;
}

export interface JoinedSends<Item extends Weighed> {
  /** Resolves when all items were sent, in their order; rejects with the error of the send that failed. */
  add(items: readonly Item[]): Promise<void>;
  /** Resolves when nothing is under way or waiting. */
  idle(): Promise<void>;
}

interface Call<Item> {
  readonly rest: Item[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One send at a time. Calls that come while a send is under way are joined into the next one, up to so many bytes, so
 * many small calls cost few sends and order is the order of the calls. A failed send fails the calls that had a part in
 * it, whole; the others go on.
 */
export function createJoinedSends<Item extends Weighed>(
  send: (items: readonly Item[]) => Promise<void>,
  largestSend: number,
): JoinedSends<Item> {
  const calls: Call<Item>[] = [];
  let running: Promise<void> | undefined;

  const sendNext = async () => {
    const { items, parts } = take(calls, largestSend);
    try {
      await send(items);
    } catch (error) {
      for (const call of parts) {
        call.rest.length = 0;
        call.reject(error);
      }
    }
    while (calls[0]?.rest.length === 0) calls.shift()?.resolve();
  };
  const run = async () => {
    while (calls.length > 0) await sendNext();
    running = undefined;
  };
  return {
    add(items) {
      if (items.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        calls.push({ rest: [...items], resolve, reject });
        running ??= run();
      });
    },
    idle: () => running ?? Promise.resolve(),
  };
}

/** Takes items from the front up to the limit (always at least one) and tells whose they were. */
function take<Item extends Weighed>(calls: readonly Call<Item>[], largestSend: number) {
  const items: Item[] = [];
  const parts: Call<Item>[] = [];
  let bytes = 0;
  for (const call of calls) {
    let taken = 0;
    for (const item of call.rest) {
      if (items.length > 0 && bytes + item.bytes > largestSend) break;
      bytes += item.bytes;
      items.push(item);
      taken++;
    }
    if (taken === 0) break;
    parts.push(call);
    call.rest.splice(0, taken);
    if (call.rest.length > 0) break;
  }
  return { items, parts };
}
