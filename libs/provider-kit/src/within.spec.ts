import { expect, it } from 'vitest';
import { within } from './within.ts';

it('gives what comes in time', async () => {
  expect(await within(Promise.resolve('read'), 1_000)).toBe('read');
});

it('gives nothing where it takes longer, and lets the work go on', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  expect(await within(promise, 5)).toBeUndefined();
  resolve('late');
  expect(await promise).toBe('late');
});

it('fails as the work does', async () => {
  await expect(within(Promise.reject(new Error('away')), 1_000)).rejects.toThrow('away');
});
