import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from './sheet.ts';

/** Reads one sheet off the engine's thread, so that nobody at a till waits for it. */
const { content, defaultVendor } = workerData as { content: Uint8Array; defaultVendor: string | undefined };
parentPort?.postMessage(readSheet(content, defaultVendor));
