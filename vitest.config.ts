import { defineConfig } from 'vitest/config';

const skipped = ['**/node_modules/**', '**/dist/**', '**/.stack/**', '**/.nx/**'];
const stack = './tools/stack/src/vitest-setup.ts';
// Tests run the sources; the packages' `exports` name them under this condition.
const conditions = ['@occ-hub/source', 'node', 'import', 'module', 'default'];
// kafkajs asks timers for times already past, which Node would report once in every process.
const execArgv = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning'];
const ssr = { resolve: { conditions, externalConditions: conditions } };

export default defineConfig({
  test: {
    projects: [
      {
        ssr,
        test: {
          name: 'unit',
          execArgv,
          include: ['**/*.spec.ts'],
          exclude: [...skipped, '**/*.int.spec.ts', '**/*.e2e.spec.ts'],
        },
      },
      {
        ssr,
        test: {
          name: 'integration',
          execArgv,
          include: ['**/*.int.spec.ts'],
          exclude: skipped,
          globalSetup: [stack],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // The servers run on the same two cores as the tests.
          maxWorkers: 2,
        },
      },
      {
        ssr,
        test: {
          name: 'e2e',
          execArgv,
          include: ['**/*.e2e.spec.ts'],
          exclude: skipped,
          globalSetup: [stack],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each walk starts the whole hub.
          fileParallelism: false,
        },
      },
    ],
  },
});
