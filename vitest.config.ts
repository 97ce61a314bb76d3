import { defineConfig } from 'vitest/config';

const skipped = ['**/node_modules/**', '**/dist/**', '**/.stack/**', '**/.nx/**'];
const stack = './tools/stack/src/vitest-setup.ts';
// Tests run the sources; the packages' `exports` name them under the first condition. The rest is what Vite asks for by
// itself: naming `import` or `default` here as well would give some CommonJS packages a second copy.
const conditions = ['@occ-hub/source', 'module', 'node', 'development|production'];
// kafkajs asks timers for times already past, which Node would report once in every process.
const execArgv = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning'];
const ssr = { resolve: { conditions } };

export default defineConfig({
  test: {
    projects: [
      {
        ssr,
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          execArgv,
          include: ['**/*.spec.ts'],
          exclude: [...skipped, '**/*.int.spec.ts', '**/*.e2e.spec.ts'],
        },
      },
      {
        ssr,
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
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
          sequence: { groupOrder: 2 },
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
