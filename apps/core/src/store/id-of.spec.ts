import { expect, it } from 'vitest';
import { hashOf, idOf } from './id-of.ts';

it('the order of unlike parts is part of a hash', () => {
  expect(hashOf([{ a: 1 }, {}])).not.toBe(hashOf([{}, { a: 1 }]));
  expect(hashOf([{ a: 1 }])).toBe(hashOf([{ a: 1 }]));
});

it('an id is that of its prefix and parts, however they are cut', () => {
  expect(idOf('job', ['a', 'b'])).toBe(idOf('job', ['a', 'b']));
  const others = [idOf('job', ['ab']), idOf('job', ['a', 'b']), idOf('apt', ['a', 'b']), idOf('job', ['a', 'b', ''])];
  expect(new Set(others).size).toBe(4);
  expect(others[0]).toMatch(/^job_[\w-]{26}$/);
});
