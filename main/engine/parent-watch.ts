import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 250;
/** Together with the look this stays under the two seconds an engine may outlive its host. */
const GRACE_MS = 1_300;

/**
 * Runs on a thread of its own, because the engine's thread may be inside one long transaction when the host
 * is killed and would then not hear of it. On POSIX an orphan gets another parent; on Windows its parent's
 * id stops answering. Plain text, so that bundling the engine needs no second file.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const { parentPid, lookEveryMs, graceMs } = workerData;
function parentLives() {
  if (process.platform !== 'win32') return process.ppid === parentPid;
  try { process.kill(parentPid, 0); return true; } catch { return false; }
}
setInterval(() => {
  if (!parentLives()) setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs);
}, lookEveryMs);
`;

/** Kills this process when its parent has been gone for a moment, even while its main thread is busy. */
export function watchParent(): void {
  const worker = new Worker(WATCH, {
    eval: true,
    workerData: { parentPid: process.ppid, lookEveryMs: LOOK_EVERY_MS, graceMs: GRACE_MS },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  worker.unref();
}
