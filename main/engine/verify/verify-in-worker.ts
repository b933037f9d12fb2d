import { Worker } from 'node:worker_threads';
import type { Verified } from './verify.ts';

/** As `verifyCopy`, in a worker of its own, so that the shop goes on selling meanwhile. Rejects when it breaks off. */
export function verifyInWorker(file: string): Promise<Verified> {
  // Beside this file in the sources, beside the engine in the bundle.
  const script = import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js';
  const worker = new Worker(new URL(script, import.meta.url), { workerData: file });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the verification broke off')));
  });
}
