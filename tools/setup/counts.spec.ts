import { describe, expect, test } from 'vitest';
import { closingLine, countRun, type Report } from './counts.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

const clean: Report = {
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [file('passed', 'passed', 'passed')],
};

describe('counting a test run', () => {
  test('counts what the report says', () => {
    const report = { ...clean, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] };
    expect(countRun(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const report = { ...clean, testResults: [...clean.testResults, file('failed')] };
    expect(countRun(report, 1).failed).toBe(1);
  });

  test('does not let a badly ended run look like a success', () => {
    expect(countRun(clean, 1).failed).toBe(1);
    expect(countRun(undefined, 1).failed).toBe(1);
  });

  test('shows skipped tests only where there are any', () => {
    expect(closingLine(countRun(clean, 0))).toBe('2 passed, 0 failed');
    expect(closingLine(countRun({ ...clean, numPendingTests: 1, numTodoTests: 2 }, 0))).toBe(
      '2 passed, 0 failed, 3 skipped',
    );
  });
});
