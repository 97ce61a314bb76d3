import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogNumber } from './log-number.ts';

describe('readLogNumber', () => {
  it.each([
    ['Two doors\nLog number LC-000123', 'LC-000123'],
    ['Log number: LC-000123.', 'LC-000123'],
    ['Log no. 000123, call first', '000123'],
    ['(LogNumber #AB_9/7-x)', 'AB_9/7-x'],
    ['log number LC-000123', 'LC-000123'],
    ['Log number LC-000123; LogNumber LC-000123', 'LC-000123'],
  ])('finds it in %j', (notes, number) => {
    expect(readLogNumber(notes)).toBe(number);
  });

  it.each([
    'Second floor, six windows',
    'LC-000123',
    'Log LC-000123',
    'Log number of the panel is LC-000123',
    'Log number unknown',
    'Log number 123',
    'Log number\nLC-000123',
    'Dialog number LC-000123',
    'Backlog no. 000123',
    'Log number LC-000123, before: Log number LC-000124',
    `Log number ${'9'.repeat(201)}`,
    '',
    null,
    undefined,
    7,
  ])('finds none in %j', (notes) => {
    expect(readLogNumber(notes)).toBeUndefined();
  });

  it('never throws, and never finds what is not there', () => {
    const words = fc.constantFrom('Log number ', 'Log no.', 'LogNumber:', ' ', '\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
        const notes = parts.join('');
        expect(notes).toContain(readLogNumber(notes) ?? '');
      }),
    );
  });
});
