/**
 * Proves that a job for a device file is written whole or said not to be, within its deadline and without creating or
 * overwriting anything, on real pipes and files: a pipe with a reader, without one, and with one that does not read.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nextBlockBytes, sendFile } from '../../main/engine/printing/file-sender.ts';
import { scratchFolder } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const JOB = Buffer.alloc(9_000, 'a');
const MARGIN_MS = 5_000;

function pipe(name: string): string {
  const path = join(folder.path, name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** Opens the reading end without waiting for a writer and without reading. */
function listen(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

function readAll(reader: number): Buffer {
  const buffer = Buffer.alloc(1024 * 1024);
  return buffer.subarray(0, readSync(reader, buffer));
}

describe('a device', () => {
  it('takes the whole job', async () => {
    const path = pipe('good');
    const reader = listen(path);
    expect(await sendFile({ path, bytes: JOB, deadlineMs: 2_000 })).toEqual({
      outcome: 'sent',
      evidence: 'taken',
    });
    expect(readAll(reader).equals(JOB)).toBe(true);
    closeSync(reader);
  });

  it('takes a job of one byte', async () => {
    const path = pipe('one');
    const reader = listen(path);
    expect((await sendFile({ path, bytes: Buffer.from('a'), deadlineMs: 2_000 })).outcome).toBe('sent');
    expect(readAll(reader).toString()).toBe('a');
    closeSync(reader);
  });

  it('gets the last byte of every job alone', () => {
    for (let total = 1; total < 20_000; total += 1) {
      let rest = total;
      let last = 0;
      for (; rest > 0; rest -= last) last = nextBlockBytes(rest);
      expect([rest, last]).toEqual([0, 1]);
    }
  });

  it('that never reads is unconfirmed at the deadline', async () => {
    const path = pipe('never');
    const reader = listen(path);
    const before = performance.now();
    const result = await sendFile({ path, bytes: Buffer.alloc(300_000, 'a'), deadlineMs: 300 });
    expect(performance.now() - before).toBeLessThan(300 + MARGIN_MS);
    expect(result).toEqual({ outcome: 'unconfirmed', problem: 'deadline' });
    closeSync(reader);
  });

  it('whose buffer was full before us took nothing, so the job may be tried again', async () => {
    const path = pipe('full');
    const reader = listen(path);
    expect((await sendFile({ path, bytes: Buffer.alloc(300_000, 'b'), deadlineMs: 200 })).outcome).toBe(
      'unconfirmed',
    );
    // The pipe keeps what it holds as long as its reader is there.
    expect(await sendFile({ path, bytes: JOB, deadlineMs: 200 })).toEqual({
      outcome: 'failed',
      problem: 'deadline',
    });
    expect(readAll(reader).includes('a')).toBe(false);
    closeSync(reader);
  });

  it('that is not there, or that nobody serves, is a harmless failure and is not created', async () => {
    const missing = join(folder.path, 'lp0');
    expect(await sendFile({ path: missing, bytes: JOB, deadlineMs: 500 })).toEqual({
      outcome: 'failed',
      problem: 'no-device',
    });
    expect(existsSync(missing)).toBe(false);
    const unserved = { path: pipe('unserved'), bytes: JOB, deadlineMs: 500 };
    expect(await sendFile(unserved)).toEqual({ outcome: 'failed', problem: 'no-device' });
  });

  it('lets go when the engine stops', async () => {
    const path = pipe('stopped');
    const reader = listen(path);
    const stop = new AbortController();
    const sending = sendFile({
      path,
      bytes: Buffer.alloc(300_000, 'a'),
      deadlineMs: 60_000,
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 50);
    expect(await sending).toEqual({ outcome: 'unconfirmed', problem: 'stopped' });
    closeSync(reader);
  });
});

describe('a device that cannot be opened without blocking, as on Windows', () => {
  const platform = 'win32';

  it('takes the whole job', async () => {
    const path = pipe('windows');
    const reader = listen(path);
    const result = await sendFile({ path, bytes: JOB, deadlineMs: 10_000, platform });
    expect(result).toEqual({ outcome: 'sent', evidence: 'taken' });
    expect(readAll(reader).equals(JOB)).toBe(true);
    closeSync(reader);
  });

  it('that does not answer the opening is busy until it does, and took nothing', async () => {
    const path = pipe('unopened');
    const before = performance.now();
    const job = { path, bytes: JOB, deadlineMs: 500, platform } as const;
    expect(await sendFile(job)).toEqual({ outcome: 'failed', problem: 'deadline' });
    expect(performance.now() - before).toBeLessThan(500 + MARGIN_MS);
    expect(await sendFile(job)).toEqual({ outcome: 'failed', problem: 'device-busy' });

    const reader = listen(path);
    await expect
      .poll(() => sendFile(job), { timeout: 10_000 })
      .toEqual({ outcome: 'sent', evidence: 'taken' });
    expect(readAll(reader).equals(JOB)).toBe(true);
    closeSync(reader);
  });

  it('that stops in the middle is unconfirmed by the deadline, and busy until it goes on', async () => {
    const path = pipe('stuck');
    const reader = listen(path);
    const before = performance.now();
    const job = { path, bytes: Buffer.alloc(300_000, 'a'), deadlineMs: 500, platform } as const;
    expect(await sendFile(job)).toEqual({ outcome: 'unconfirmed', problem: 'deadline' });
    expect(performance.now() - before).toBeLessThan(500 + MARGIN_MS);
    expect(await sendFile(job)).toEqual({ outcome: 'failed', problem: 'device-busy' });
    // The block that the system holds goes out when the printer goes on; nothing of the rest follows it.
    let read = 0;
    const again = async () => {
      read += drain(reader);
      return (await sendFile({ ...job, bytes: Buffer.from('b') })).outcome;
    };
    await expect.poll(again, { timeout: 10_000 }).toBe('sent');
    read += drain(reader);
    expect(read).toBeLessThan(150_000);
    closeSync(reader);
  });

  it('leaves the others their threads: past two that hang none is begun', async () => {
    const hanging = [pipe('first'), pipe('second')];
    for (const path of hanging) {
      const result = await sendFile({ path, bytes: JOB, deadlineMs: 300, platform });
      expect(result).toEqual({ outcome: 'failed', problem: 'deadline' });
    }
    const third = { path: pipe('third'), bytes: JOB, deadlineMs: 300, platform } as const;
    expect(await sendFile(third)).toEqual({ outcome: 'failed', problem: 'device-busy' });
    const readers = [...hanging, third.path].map(listen);
    await expect
      .poll(() => sendFile(third), { timeout: 10_000 })
      .toEqual({ outcome: 'sent', evidence: 'taken' });
    for (const reader of readers) closeSync(reader);
  });
});

/** How many bytes were waiting; 0 when the pipe is empty. */
function drain(reader: number): number {
  try {
    return readAll(reader).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

describe('a file', () => {
  it('named .prn gets job after job at its end', async () => {
    const path = join(folder.path, 'out.prn');
    writeFileSync(path, '');
    for (let job = 0; job < 2; job += 1) {
      expect((await sendFile({ path, bytes: JOB, deadlineMs: 2_000 })).outcome).toBe('sent');
    }
    expect(readFileSync(path).equals(Buffer.concat([JOB, JOB]))).toBe(true);
  });

  it('named .prn gets job after job at its end as on Windows', async () => {
    const path = join(folder.path, 'windows.prn');
    writeFileSync(path, '');
    const job = { path, bytes: JOB, deadlineMs: 10_000, platform: 'win32' } as const;
    for (let times = 0; times < 2; times += 1) expect((await sendFile(job)).outcome).toBe('sent');
    expect(readFileSync(path).equals(Buffer.concat([JOB, JOB]))).toBe(true);
  });

  it('that is something else, like the books, is never written', async () => {
    const path = join(folder.path, 'titipan.db');
    writeFileSync(path, 'books');
    const answer = { outcome: 'failed', problem: 'bad-address' };
    expect(await sendFile({ path, bytes: JOB, deadlineMs: 500 })).toEqual(answer);
    expect(await sendFile({ path: folder.path, bytes: JOB, deadlineMs: 500 })).toEqual(answer);
    expect(statSync(path).size).toBe(5);
  });

  it.each(['lp0', '', 'a\0b', `/${'x'.repeat(2_000)}`])('is not looked for at %j', async (path) => {
    const answer = await sendFile({ path, bytes: JOB, deadlineMs: 500 });
    expect(answer).toEqual({ outcome: 'failed', problem: 'bad-address' });
  });
});
