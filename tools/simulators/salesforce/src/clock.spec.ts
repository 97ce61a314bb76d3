import { expect, it } from 'vitest';
import { createClock } from './clock.ts';

it('follows its start until it is set, and keeps the distance from then on', () => {
  let machine = 1000;
  const clock = createClock(() => machine);
  machine = 2000;
  expect(clock.now()).toBe(2000);
  clock.advance(500);
  machine = 3000;
  expect(clock.now()).toBe(3500);
  clock.set(10_000);
  machine = 3001;
  expect(clock.now()).toBe(10_001);
});
