import { Worker } from 'node:worker_threads';
import type { ReadSheet } from './sheet.ts';

const READ_WITHIN_MS = 60_000;

/** As `readSheet`, in a worker of its own that is stopped when it takes longer than a minute. */
export function readSheetInWorker(
  content: Buffer,
  defaultVendor: string | undefined,
): Promise<ReadSheet | { unreadable: string }> {
  // Beside this file in the sources, beside the engine in the bundle.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: { content, defaultVendor },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve) => {
    const done = (result: ReadSheet | { unreadable: string }) => {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    };
    const timer = setTimeout(() => done({ unreadable: 'too large' }), READ_WITHIN_MS);
    worker.once('message', done);
    worker.once('error', (error) =>
      done({ unreadable: error instanceof Error ? error.message : String(error) }),
    );
  });
}
