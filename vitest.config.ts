import { defineConfig } from 'vitest/config';

/**
 * Three kinds of test. `fast` runs files side by side in one process each; `faults` starts, kills and starves real
 * processes, and `e2e` drives real windows, so their files run one after another.
 */
export default defineConfig({
  test: {
    // By itself vitest leaves one processor idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['unit', 'property', 'contract', 'layers', 'migrations', 'model'].map(testsIn),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['faults', 'security', 'printing'].map(testsIn),
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
