import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Three kinds of test. `together` runs files side by side in one process each; `alone` has deadlines of real senders
 * and processes to keep, and `e2e` drives real windows, so their files run one after another.
 */
export default defineConfig({
  test: {
    // One more than there are processors: many files wait for processes of their own.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'together',
          include: ['unit', 'property', 'contract', 'layers', 'migrations', 'model', 'faults'].map(testsIn),
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'alone',
          include: ['security', 'printing'].map(testsIn),
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: [testsIn('e2e')],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

function testsIn(folder: string): string {
  return `tests/${folder}/**/*.test.{ts,tsx}`;
}
