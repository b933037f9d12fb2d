/**
 * Writes one job to a device (`/dev/usb/lp0`, a serial port, a pipe) or to a `.prn` file, within a deadline.
 *
 * The device is opened without blocking: a printer that is out of paper must not hold one of the few threads that
 * serve every file operation of the engine. Full buffers come back as EAGAIN and are asked again until the deadline.
 *
 * The last byte is written alone. The Linux USB printer driver takes one block at a time, takes the next only after
 * the printer has accepted the one before, and drops a block still under way when the device is closed: so the last
 * byte being taken proves the rest, and the last byte of a job is a line feed or a reset that nobody misses.
 */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SendProblem, SendResult } from './printer.ts';

export interface FileJob {
  path: string;
  bytes: Buffer;
  /** Total time from the call. */
  deadlineMs: number;
  signal?: AbortSignal;
}

const BLOCK_BYTES = 4_096;
const ASK_AGAIN_MS = 20;
/** Time for the last byte to leave before the device is closed. */
const LINGER_MS = 100;
const MAX_PATH = 1_024;
const LATE = Symbol('late');

/** Never throws and never rejects. `failed` means that the device took no byte. */
export async function sendFile(job: FileJob): Promise<SendResult> {
  if (!isAbsolute(job.path) || job.path.length > MAX_PATH || job.path.includes('\0')) {
    return { outcome: 'failed', problem: 'bad-address' };
  }
  if (job.bytes.length === 0) return { outcome: 'failed', problem: 'fault' };
  const until = performance.now() + job.deadlineMs;
  const opening = openDevice(job.path);
  try {
    const device = await inTime(opening, until);
    if (device === LATE) {
      opening.then((late) => late.close()).catch(() => undefined);
      return { outcome: 'failed', problem: 'deadline' };
    }
    return await writeAndClose(device, job, until);
  } catch (error) {
    return { outcome: 'failed', problem: problemOf(error) };
  }
}

function openDevice(path: string): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
  // Windows knows none of the flags; there the write waits and the deadline is kept by not waiting for it.
  if (process.platform === 'win32') return open(path, O_WRONLY);
  // Never O_CREAT: a printer that is switched off must not become an ordinary file in /dev.
  return open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY);
}

async function writeAndClose(device: FileHandle, job: FileJob, until: number): Promise<SendResult> {
  let underWay: Promise<unknown> = Promise.resolve();
  try {
    const stats = await device.stat();
    if (!isPrinterLike(stats, job.path)) return { outcome: 'failed', problem: 'bad-address' };
    const writing = writeAll(device, job, until);
    underWay = writing;
    const result = await inTime(writing, until + LINGER_MS);
    if (result === LATE) return { outcome: 'unconfirmed', problem: 'deadline' };
    if (result.outcome === 'sent' && !stats.isFile()) await sleep(LINGER_MS);
    return result;
  } catch (error) {
    return { outcome: 'failed', problem: problemOf(error) };
  } finally {
    // A write that the system still holds keeps the device until it ends; closing before would hit its number.
    const closed = underWay.catch(() => undefined).then(() => device.close());
    await inTime(
      closed.catch(() => undefined),
      performance.now() + LINGER_MS,
    );
  }
}

/** A disk, or a file that is not plainly print output (the books!), is never a printer, whatever the setting says. */
function isPrinterLike(stats: Stats, path: string): boolean {
  if (stats.isFile()) return /\.prn$/i.test(path);
  return stats.isCharacterDevice() || stats.isFIFO();
}

async function writeAll(device: FileHandle, job: FileJob, until: number): Promise<SendResult> {
  const { bytes } = job;
  let taken = 0;
  const stop = (problem: SendProblem): SendResult => ({
    outcome: taken === 0 ? 'failed' : 'unconfirmed',
    problem,
  });
  while (taken < bytes.length) {
    if (job.signal?.aborted) return stop('stopped');
    if (performance.now() >= until) return stop('deadline');
    try {
      const { bytesWritten } = await device.write(bytes, taken, nextBlockBytes(bytes.length - taken));
      taken += bytesWritten;
      if (bytesWritten === 0) await sleep(ASK_AGAIN_MS);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return stop(problemOf(error));
      await sleep(ASK_AGAIN_MS);
    }
  }
  return { outcome: 'sent', evidence: 'taken' };
}

/** How much of the `restBytes` (≥ 1) still to go is written at once: the last byte of a job goes alone, see above. */
export function nextBlockBytes(restBytes: number): number {
  return restBytes === 1 ? 1 : Math.min(BLOCK_BYTES, restBytes - 1);
}

/** The promise's value, or LATE when `until` (of performance.now) passes first. */
async function inTime<Value>(promise: Promise<Value>, until: number): Promise<Value | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), Math.max(0, until - performance.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown): SendProblem {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
      return 'no-device';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no-permission';
    case 'EBUSY':
      return 'device-busy';
    case 'EPIPE':
      return 'closed-early';
    case 'EISDIR':
    case 'ENOTDIR':
      return 'bad-address';
    default:
      return 'fault';
  }
}
