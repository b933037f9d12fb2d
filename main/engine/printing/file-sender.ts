/**
 * Writes one job to a device (`/dev/usb/lp0`, `LPT1`, a serial port, a pipe), to a printer shared by a Windows machine
 * (`\\kasir\EPSON`) or to a `.prn` file, within a deadline.
 *
 * Where a device can be opened without blocking it is: full buffers come back as EAGAIN and are asked again until the
 * deadline. Where it cannot (Windows), the deadline is kept by not waiting for it; until the system gives such a device
 * back it is busy, so that a printer without paper holds one of the few threads that serve every file, not all of them.
 *
 * The last byte is written alone. The Linux USB printer driver takes one block at a time, takes the next only after
 * the printer has accepted the one before, and drops a block still under way when the device is closed: so the last
 * byte being taken proves the rest, and the last byte of a job is a line feed or a reset that nobody misses.
 */
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DevicePath, devicePath } from './device-path.ts';
import type { SendProblem, SendResult } from './printer.ts';

export interface FileJob {
  path: string;
  bytes: Buffer;
  /** Total time from the call, closing included. */
  deadlineMs: number;
  signal?: AbortSignal;
  /** Whose paths and ways of opening; this machine's when left out. */
  platform?: NodeJS.Platform;
}

const BLOCK_BYTES = 4_096;
const ASK_AGAIN_MS = 20;
/** Time for the last byte to leave before the device is closed. */
const LINGER_MS = 100;
const LATE = Symbol('late');

/** Devices that the system still holds after their try was over, and how many may be so before no other is begun. */
const overdue = new Set<string>();
const MAX_OVERDUE = 2;

/** Never throws and never rejects. `failed` means that the device took no byte. */
export async function sendFile(job: FileJob): Promise<SendResult> {
  const device = devicePath(job.path, job.platform ?? process.platform);
  if (!device) return { outcome: 'failed', problem: 'bad-address' };
  if (job.bytes.length === 0) return { outcome: 'failed', problem: 'fault' };
  if (overdue.has(device.path) || overdue.size >= MAX_OVERDUE) {
    return { outcome: 'failed', problem: 'device-busy' };
  }
  const until = performance.now() + Math.max(job.deadlineMs - 2 * LINGER_MS, job.deadlineMs / 2);
  const opening = open(device.path, device.flags);
  try {
    const handle = await inTime(opening, until);
    if (handle === LATE) {
      givenBack(
        device,
        opening.then((late) => late.close()),
      );
      return { outcome: 'failed', problem: 'deadline' };
    }
    return await writeAndClose(handle, device, job, until);
  } catch (error) {
    return { outcome: 'failed', problem: problemOf(error) };
  }
}

/** The device counts as busy until `closed` settles. */
function givenBack(device: DevicePath, closed: Promise<void>): void {
  overdue.add(device.path);
  closed.catch(() => undefined).finally(() => overdue.delete(device.path));
}

async function writeAndClose(
  handle: FileHandle,
  device: DevicePath,
  job: FileJob,
  until: number,
): Promise<SendResult> {
  let underWay: Promise<unknown> = Promise.resolve();
  try {
    const stats = device.isDeviceByName ? undefined : await handle.stat();
    if (stats && !isPrinterLike(stats, device.path)) return { outcome: 'failed', problem: 'bad-address' };
    const writing = writeAll(handle, job, until);
    underWay = writing;
    const result = await inTime(writing, until + LINGER_MS);
    if (result === LATE) return { outcome: 'unconfirmed', problem: 'deadline' };
    if (result.outcome === 'sent' && !stats?.isFile()) await sleep(LINGER_MS);
    return result;
  } catch (error) {
    return { outcome: 'failed', problem: problemOf(error) };
  } finally {
    // A write that the system still holds keeps the device until it ends; closing before would hit its number.
    const closed = underWay.catch(() => undefined).then(() => handle.close());
    const ended = closed.catch(() => undefined);
    if ((await inTime(ended, performance.now() + LINGER_MS)) === LATE) givenBack(device, closed);
  }
}

/** A disk, or a file that is not plainly print output (the books!), is never a printer, whatever the setting says. */
function isPrinterLike(stats: Stats, path: string): boolean {
  if (stats.isFile()) return /\.prn$/i.test(path);
  return stats.isCharacterDevice() || stats.isFIFO();
}

async function writeAll(handle: FileHandle, job: FileJob, until: number): Promise<SendResult> {
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
      const { bytesWritten } = await handle.write(bytes, taken, nextBlockBytes(bytes.length - taken));
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
    case 'ETXTBSY':
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
