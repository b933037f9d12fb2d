/**
 * Proves that one try at a printer ends by its deadline with a word that is true, whatever the printer does, over real
 * sockets: `failed` only when the printer read nothing of the job, `sent` only when it took all of it, and no socket left.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../main/engine/printing/printer.ts';
import { isAddress, isOwnEnd, sendTcp, type TcpJob } from '../../main/engine/printing/tcp-sender.ts';
import {
  type FakePrinter,
  PRINTER_MODES,
  type PrinterMode,
  startFakePrinter,
} from '../support/fake-printer.ts';
import { until } from './setup.ts';

const printers: FakePrinter[] = [];
afterEach(async () => {
  for (const printer of printers.splice(0)) await printer.close();
});

async function printerThat(mode: PrinterMode): Promise<FakePrinter> {
  const printer = await startFakePrinter(mode);
  printers.push(printer);
  return printer;
}

const SMALL = Buffer.alloc(600, 'a');
/** Ends with `GS r 1`, as the jobs for printers that answer do. */
const ASKING = Buffer.concat([SMALL, Buffer.from([0x1d, 0x72, 0x01])]);
const ASKED: PrinterMode[] = ['answers', 'paperOut', 'coverOpen', 'runsOut'];
/** More than the kernels of both sides hold together, so a printer that does not read fills them. */
const HUGE = Buffer.alloc(24 * 1024 * 1024, 'a');
const DEADLINE_MS = 700;
/** How much later than its deadline a try may end on a busy machine: a bound for a hang, not a measure. */
const MARGIN_MS = 5_000;

async function send(printer: FakePrinter, more: Partial<TcpJob> = {}): Promise<SendResult> {
  const before = performance.now();
  const job = { host: '127.0.0.1', port: printer.port, bytes: SMALL, pauseMs: 20, closeWaitMs: 300 };
  const result = await sendTcp({ ...job, deadlineMs: DEADLINE_MS, connectTimeoutMs: 300, ...more });
  expect(performance.now() - before).toBeLessThan((more.deadlineMs ?? DEADLINE_MS) + MARGIN_MS);
  return result;
}

const EXPECTED_SMALL: Record<PrinterMode, SendResult> = {
  good: { outcome: 'sent', evidence: 'closed' },
  paced: { outcome: 'sent', evidence: 'closed' },
  keepOpen: { outcome: 'unconfirmed', problem: 'still-open' },
  answers: { outcome: 'sent', evidence: 'answered' },
  paperOut: { outcome: 'failed', problem: 'paper-out' },
  coverOpen: { outcome: 'failed', problem: 'cover-open' },
  runsOut: { outcome: 'unconfirmed', problem: 'paper-out' },
  neverReads: { outcome: 'unconfirmed', problem: 'still-open' },
  closesEarly: { outcome: 'unconfirmed', problem: 'closed-early' },
  hangsUp: { outcome: 'failed', problem: 'closed-early' },
  resetsMidJob: { outcome: 'unconfirmed', problem: 'reset' },
  slow: { outcome: 'unconfirmed', problem: 'still-open' },
  refuses: { outcome: 'failed', problem: 'refused' },
  noAnswer: { outcome: 'failed', problem: 'no-answer' },
};

describe('a receipt of 600 bytes', () => {
  it.each(PRINTER_MODES)('to a printer that is %s', async (mode) => {
    const printer = await printerThat(mode);
    const isAsked = ASKED.includes(mode);
    const bytes = isAsked ? ASKING : SMALL;
    const asked = isAsked ? { bytes, answerExpected: true, askMs: 10_000, deadlineMs: 20_000 } : {};
    const result = await send(printer, asked);
    expect(result).toEqual(EXPECTED_SMALL[mode]);
    const read = Buffer.concat(printer.received());
    if (result.outcome === 'failed') expect(read).toHaveLength(0);
    if (result.outcome === 'sent') expect(read.equals(bytes)).toBe(true);
    expect(printer.received().length).toBeLessThanOrEqual(1);
  });
});

describe('a job larger than all buffers', () => {
  const deadlines: [PrinterMode, SendResult][] = [
    ['good', { outcome: 'sent', evidence: 'closed' }],
    ['neverReads', { outcome: 'unconfirmed', problem: 'deadline' }],
    ['slow', { outcome: 'unconfirmed', problem: 'deadline' }],
    ['resetsMidJob', { outcome: 'unconfirmed', problem: 'reset' }],
    ['closesEarly', { outcome: 'unconfirmed', problem: 'closed-early' }],
  ];
  it.each(deadlines)('to a printer that is %s', async (mode, expected) => {
    const printer = await printerThat(mode);
    const deadlineMs = mode === 'good' ? 20_000 : DEADLINE_MS;
    expect(await send(printer, { bytes: HUGE, deadlineMs, closeWaitMs: 10_000 })).toEqual(expected);
    if (mode === 'good') expect(Buffer.concat(printer.received()).equals(HUGE)).toBe(true);
  });
});

describe('a printer whose habit it is to keep the connection', () => {
  it('counts as sent when its setting says so, after every byte was taken', async () => {
    const printer = await printerThat('keepOpen');
    const result = await send(printer, { openCountsAsSent: true });
    expect(result).toEqual({ outcome: 'sent', evidence: 'taken' });
    expect(Buffer.concat(printer.received()).equals(SMALL)).toBe(true);
  });

  it.each(['resetsMidJob', 'closesEarly'] as const)('is still seen when it is %s', async (mode) => {
    const printer = await printerThat(mode);
    expect((await send(printer, { openCountsAsSent: true })).outcome).toBe('unconfirmed');
  });

  it('is still seen when its buffers are full', async () => {
    const printer = await printerThat('neverReads');
    const result = await send(printer, { openCountsAsSent: true, bytes: HUGE });
    expect(result).toEqual({ outcome: 'unconfirmed', problem: 'deadline' });
  });

  it('is not believed for an answer that was not asked for', async () => {
    const printer = await printerThat('answers');
    expect(await send(printer, { bytes: ASKING, answerExpected: false })).toEqual({
      outcome: 'unconfirmed',
      problem: 'still-open',
    });
  });
});

describe('a printer that should answer', () => {
  it('gets its job all the same when it does not say whether it has paper', async () => {
    const printer = await printerThat('good');
    const before = performance.now();
    const result = await send(printer, { answerExpected: true, askMs: 150, deadlineMs: 20_000 });
    expect(result).toEqual({ outcome: 'sent', evidence: 'closed' });
    expect(performance.now() - before).toBeGreaterThan(150);
    expect(Buffer.concat(printer.received()).equals(SMALL)).toBe(true);
  });

  it('has told nothing of the job when it goes away while it is asked', async () => {
    const printer = await printerThat('hangsUp');
    const asked = { answerExpected: true, askMs: 10_000, pauseMs: 0, deadlineMs: 20_000 };
    expect(await send(printer, asked)).toEqual({ outcome: 'failed', problem: 'closed-early' });
    expect(Buffer.concat(printer.received())).toHaveLength(0);
  });
});

describe('a call that reaches itself', () => {
  it('is known by its two ends', async () => {
    const printer = await printerThat('good');
    const other = connect({ port: printer.port, host: '127.0.0.1' });
    await once(other, 'connect');
    expect(isOwnEnd(other)).toBe(false);
    other.destroy();
    const own = await callOneself();
    expect(isOwnEnd(own)).toBe(true);
    own.destroy();
  });

  /** From a port that was free a moment ago to that very port; from another when somebody was quicker. */
  async function callOneself(tries = 20): Promise<Socket> {
    const finder = createServer().listen(0, '127.0.0.1');
    await once(finder, 'listening');
    const { port } = finder.address() as AddressInfo;
    finder.close();
    await once(finder, 'close');
    const own = connect({ port, localPort: port, host: '127.0.0.1' });
    try {
      await once(own, 'connect');
      return own;
    } catch (error) {
      if (tries <= 1) throw error;
      return callOneself(tries - 1);
    }
  }
});

describe('what is left behind', () => {
  it.each(['keepOpen', 'neverReads', 'slow', 'good', 'resetsMidJob'] as const)(
    'no socket of ours at a printer that is %s',
    async (mode) => {
      const printer = await printerThat(mode);
      await send(printer, { bytes: HUGE });
      // Both ends live in this process, so what is open beyond the printer's own ends would be ours.
      const sockets = () =>
        process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
      await until(() => sockets() <= printer.openConnections(), 'no socket of ours');
    },
  );

  it('nothing that could still be printed later: what had not left is dropped', async () => {
    const printer = await printerThat('neverReads');
    expect((await send(printer, { bytes: HUGE })).outcome).toBe('unconfirmed');
    printer.comeAlive();
    await until(() => printer.openConnections() === 0, 'the end of the connection');
    expect(Buffer.concat(printer.received()).length).toBeLessThan(HUGE.length);
  });

  it('lets go at once when the engine stops', async () => {
    const printer = await printerThat('keepOpen');
    const stop = new AbortController();
    const sending = send(printer, { deadlineMs: 60_000, closeWaitMs: 60_000, signal: stop.signal });
    await until(() => Buffer.concat(printer.received()).length === SMALL.length, 'the job');
    stop.abort();
    expect(await sending).toEqual({ outcome: 'unconfirmed', problem: 'stopped' });
    expect(await send(printer, { signal: stop.signal })).toEqual({ outcome: 'failed', problem: 'stopped' });
  });
});

describe('addresses', () => {
  it('takes numbers and host names only', () => {
    for (const host of ['192.168.1.50', '::1', 'printer-1.local', 'kasir', 'localhost.']) {
      expect(isAddress(host, 9100), host).toBe(true);
    }
    for (const host of [
      '',
      ' ',
      'a b',
      '/tmp/socket',
      'http://x',
      'a..b',
      '-a',
      'a@b',
      'x'.repeat(300),
      'a\n',
    ]) {
      expect(isAddress(host, 9100), host).toBe(false);
    }
    for (const port of [0, -1, 65_536, 1.5, Number.NaN]) expect(isAddress('127.0.0.1', port)).toBe(false);
  });

  it('is not called otherwise', async () => {
    const job = { host: '/run/docker.sock', port: 1, bytes: SMALL, deadlineMs: 100, connectTimeoutMs: 100 };
    expect(await sendTcp(job)).toEqual({ outcome: 'failed', problem: 'bad-address' });
  });
});
