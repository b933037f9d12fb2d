import { parentPort, workerData } from 'node:worker_threads';
import { verifyCopy } from './verify.ts';

/** Verifies a copy of the books off the engine's thread. */
parentPort?.postMessage(verifyCopy(workerData as string));
