import { describe, expect, test } from 'vitest';
import type { PendingFault } from './fault-queue.ts';
import { createFaultQueue } from './fault-queue.ts';

const pending = (kind: string, more: Partial<PendingFault> = {}): PendingFault => ({
  kind,
  skip: 0,
  left: 1,
  met: 0,
  ...more,
});

describe('fault queue', () => {
  test('a call meets every delay and the first other fault, the next call what is left', () => {
    const queue = createFaultQueue();
    for (const kind of ['delay', 'cut', 'delay', 'lose']) queue.add(pending(kind));
    const first = queue.meet();
    expect([first.delays.length, first.fault?.kind]).toEqual([2, 'cut']);
    const second = queue.meet();
    expect([second.delays.length, second.fault?.kind]).toEqual([0, 'lose']);
    expect(queue.meet()).toEqual({ delays: [], fault: undefined });
  });

  test('calls that do not fit use nothing up, and skipped ones pass unharmed', () => {
    const queue = createFaultQueue();
    queue.add(pending('cut', { skip: 1, left: 2 }));
    expect(queue.meet(() => false).fault).toBeUndefined();
    expect([queue.meet(), queue.meet(), queue.meet(), queue.meet()].map(({ fault }) => fault?.kind)).toEqual([
      undefined,
      'cut',
      'cut',
      undefined,
    ]);
  });

  test('forever lasts until it is cleared, and counts who met it', () => {
    const queue = createFaultQueue();
    queue.add(pending('cut', { left: 'forever' }));
    for (let call = 0; call < 5; call += 1) expect(queue.meet().fault?.kind).toBe('cut');
    expect(queue.active()).toEqual([pending('cut', { left: 'forever', met: 5 })]);
    queue.clear();
    expect(queue.meet().fault).toBeUndefined();
  });

  test('what is shown of a fault cannot change it', () => {
    const queue = createFaultQueue();
    queue.add(pending('cut'));
    for (const shown of queue.active()) shown.left = 0;
    expect(queue.meet().fault?.kind).toBe('cut');
  });
});
