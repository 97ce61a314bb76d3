import type { TestProject } from 'vitest/node';
import { progressPrinter } from './progress-printer.ts';
import { startStack, type Stack } from './stack.ts';

// Vitest loads this file once a project; what runs for one project serves the others too.
const held = globalThis as { occHubTestStack?: Promise<Stack> };

/**
 * Gives the addresses of the running stack to the tests (`inject('kafkaBrokers')`, `'natsUrl'`, `'mongoUrl'`): of the
 * servers that the environment names, else of a disposable stack that is stopped after the run.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const name = `test-${process.pid}`;
  const { keep: log, replace: onProgress } = progressPrinter(process.stderr);
  held.occHubTestStack ??= startStack({ name, disposable: true, log, onProgress });
  const stack = await held.occHubTestStack;
  project.provide('kafkaBrokers', stack.kafkaBrokers);
  project.provide('natsUrl', stack.natsUrl);
  project.provide('mongoUrl', stack.mongoUrl);
  return () => stack.stop();
}
