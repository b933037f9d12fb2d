/**
 * Proves the promises of the print queue on the real table and real sockets: every job ends sent, unconfirmed or failed
 * by its deadline, in order, and nothing of which a byte may be out is ever sent again without a person.
 */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob, type JobKind, openJobs } from '../../main/engine/printing/jobs.ts';
import type { PrintMaterial } from '../../main/engine/printing/material.ts';
import type { PrinterAddress, Send } from '../../main/engine/printing/printer.ts';
import {
  createPrintQueue,
  type PrintQueue,
  type PrintQueueOptions,
} from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import {
  type FakePrinter,
  PRINTER_MODES,
  type PrinterMode,
  startFakePrinter,
} from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { jobOf, material, openPrintDatabase, scratchFolder, tcp, until, wish } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

let db: Database.Database;
let files = 0;
/** Stands still unless a test moves it on, so that deadlines pass when the test says so. */
let clock: number;
const START = 1_760_000_000_000;
const printers: FakePrinter[] = [];
const queues: PrintQueue[] = [];
/** Printer number → where it is; kinds of the wishes by seq. */
let addresses: Map<number, PrinterAddress>;
let kinds: Map<number, JobKind>;
let faults: unknown[];

beforeEach(() => {
  files += 1;
  db = openPrintDatabase(join(folder.path, `${files}.db`));
  clock = START;
  addresses = new Map();
  kinds = new Map();
  faults = [];
});

afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close({ deadlineMs: 0 });
  for (const printer of printers.splice(0)) await printer.close();
  db.close();
});

async function printerThat(mode: PrinterMode, number = 1): Promise<FakePrinter> {
  const printer = await startFakePrinter(mode);
  printers.push(printer);
  addresses.set(number, tcp(printer.port));
  return printer;
}

function load(seq: number, _n: number, printer: number): PrintMaterial | undefined {
  const address = addresses.get(printer);
  return address && material(seq, address, kinds.get(seq));
}

function open(more: Partial<PrintQueueOptions> = {}): PrintQueue {
  const queue = createPrintQueue({
    db,
    load,
    send: sendToPrinter,
    now: () => clock,
    onChange: () => undefined,
    onFault: (error) => faults.push(error),
    limits: { sendMs: 500, connectMs: 200, retryWaitsMs: [20, 40] },
    ...more,
  });
  queues.push(queue);
  queue.recover();
  return queue;
}

function add(seq: number, printer: number | null = 1, kind: JobKind = 'receipt'): void {
  kinds.set(seq, kind);
  wish(db, seq, printer, clock, kind);
}

function state(seq: number): string {
  return jobOf(db, seq).state;
}

/** The receipts on a printer's paper, by number, in the order in which they came out. */
function papers(printer: FakePrinter): string[] {
  return printer
    .received()
    .flatMap((bytes) => readPaper(bytes).lines.flatMap((line) => /Nota \d+/.exec(line.text) ?? []));
}

const key = (seq: number) => ({ wishSeq: seq, wishN: 1 });

describe('every kind of printer and every kind of job', () => {
  const ends: Record<PrinterMode, { drawer: string; receipt: string; document: string }> = {
    good: { drawer: 'sent', receipt: 'sent', document: 'sent' },
    keepOpen: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    answers: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    neverReads: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    // A kick of seven bytes is read whole before these two spoil the job; only the connection says nothing more.
    closesEarly: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    resetsMidJob: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    slow: { drawer: 'unconfirmed', receipt: 'unconfirmed', document: 'unconfirmed' },
    hangsUp: { drawer: 'failed', receipt: 'failed', document: 'retry' },
    refuses: { drawer: 'failed', receipt: 'failed', document: 'retry' },
    noAnswer: { drawer: 'failed', receipt: 'failed', document: 'retry' },
  };
  const matrix = PRINTER_MODES.flatMap((mode) =>
    (['drawer', 'receipt', 'document'] as const).map((kind) => ({ mode, kind, end: ends[mode][kind] })),
  );

  it.each(matrix)(
    '$kind to a printer that is $mode ends $end and is never doubled',
    async ({ mode, kind, end }) => {
      const printer = await printerThat(mode);
      add(1, 1, kind);
      const queue = open();
      queue.wake();
      await until(() => !['queued', 'sending'].includes(state(1)), 'an end of the first try');
      if (state(1) === 'retry') await until(() => jobOf(db, 1).attempts > 1 || tick(30), 'a second try');
      // Past every deadline of every kind, and woken again and again: nothing more may leave by itself.
      clock += 10 * 60_000;
      for (let times = 0; times < 5; times += 1) {
        queue.wake();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await until(() => state(1) !== 'sending', 'the end of the last try');
      expect(state(1)).toBe(end);
      if (end === 'failed') expect(jobOf(db, 1).problem).toBe('too-late');
      const jobsWithBytes = printer.received().filter((bytes) => bytes.length > 0);
      expect(jobsWithBytes.length).toBeLessThanOrEqual(1);
      expect(faults).toEqual([]);
    },
  );

  /** Moves the clock and is never true: for use beside a condition. */
  function tick(milliseconds: number): false {
    clock += milliseconds;
    return false;
  }
});

describe('order and independence', () => {
  it('prints fifty jobs in a row in the order of their wishes, each once', async () => {
    const printer = await printerThat('good');
    // A machine that stands still for a moment must not look like a printer that does not answer.
    const queue = open({ limits: { sendMs: 30_000, connectMs: 30_000 } });
    for (let seq = 1; seq <= 50; seq += 1) {
      add(seq);
      queue.wake();
    }
    await until(() => queue.summary().length === 0, 'fifty receipts', 60_000);
    expect(papers(printer)).toEqual(Array.from({ length: 50 }, (_, index) => `Nota ${index + 1}`));
  }, 90_000);

  it('a dead printer holds nobody but itself', async () => {
    await printerThat('neverReads', 1);
    const good = await printerThat('good', 2);
    const queue = open({ limits: { sendMs: 30_000 } });
    for (let seq = 1; seq <= 10; seq += 1) add(seq, seq <= 5 ? 1 : 2);
    queue.wake();
    await until(() => papers(good).length === 5 && state(10) === 'sent', 'the good printer');
    expect(state(1)).toBe('sending');
    expect(queue.summary()).toEqual([{ printer: 1, waiting: 5, unconfirmed: 0, failed: 0 }]);
  });

  it('has one connection to a printer at a time, and no more printers at work than allowed', async () => {
    let atWork = 0;
    let most = 0;
    const send: Send = async (job) => {
      atWork += 1;
      most = Math.max(most, atWork);
      const result = await sendToPrinter(job);
      atWork -= 1;
      return result;
    };
    for (let number = 1; number <= 4; number += 1) await printerThat('good', number);
    for (let seq = 1; seq <= 16; seq += 1) add(seq, 1 + (seq % 4));
    const queue = open({ send, limits: { printersAtOnce: 2 } });
    queue.wake();
    await until(() => queue.summary().length === 0, 'all printers');
    expect(most).toBe(2);
  });

  it('a job that cannot be laid out does not hold the ones behind it', async () => {
    const printer = await printerThat('good');
    for (const seq of [1, 2, 3]) add(seq);
    const throwing: PrintQueueOptions['load'] = (seq, n, to) => {
      if (seq === 1) throw new Error('no such sale');
      return seq === 2 ? undefined : load(seq, n, to);
    };
    open({ load: throwing }).wake();
    await until(() => state(3) === 'sent', 'the third');
    expect([jobOf(db, 1).problem, jobOf(db, 2).problem]).toEqual(['cannot-print', 'no-printer']);
    expect(papers(printer)).toEqual(['Nota 3']);
    expect(faults).toHaveLength(1);
  });
});

describe('trying again', () => {
  it('repeats what surely did not leave, with growing waits, and prints once the printer is there', async () => {
    const printer = await printerThat('hangsUp');
    add(1);
    const queue = open({ limits: { retryWaitsMs: [1_000, 2_000, 5_000] } });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      queue.wake();
      await until(() => jobOf(db, 1).attempts === attempt && state(1) === 'retry', `try ${attempt}`);
      waits.push((jobOf(db, 1).notBefore ?? 0) - clock);
      clock = jobOf(db, 1).notBefore ?? 0;
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 5_000]);
    printer.become('good');
    queue.wake();
    await until(() => state(1) === 'sent', 'the receipt');
    expect(papers(printer)).toEqual(['Nota 1']);
  });

  it('waits out its time, but a new wish is a reason to try at once, the older first', async () => {
    const printer = await printerThat('hangsUp');
    // Both of the same moment: the second is no news to a printer that failed since.
    add(1);
    add(2);
    const queue = open({ limits: { retryWaitsMs: [20_000] } });
    queue.wake();
    await until(() => state(1) === 'retry', 'the first try');
    for (let times = 0; times < 10; times += 1) {
      queue.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(jobOf(db, 1).attempts).toBe(1);
    printer.become('good');
    clock += 1_000;
    add(3);
    queue.wake();
    await until(() => state(3) === 'sent', 'all three');
    expect(papers(printer)).toEqual(['Nota 1', 'Nota 2', 'Nota 3']);
  });

  it('does not run in a circle when the table cannot be written', async () => {
    await printerThat('good');
    add(1);
    const queue = open();
    // As on a full disk: reading goes on, the one write that counts does not.
    db.exec(
      `CREATE TEMP TRIGGER full BEFORE UPDATE ON print_job BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
    );
    queue.wake();
    await until(() => faults.length > 0, 'a fault');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(faults.length).toBeLessThan(5);
    expect(state(1)).toBe('queued');
    db.exec('DROP TRIGGER full');
    await until(() => state(1) === 'sent', 'the receipt after the fault');
  });

  it('calls a job unconfirmed whose result could not be written', async () => {
    const printer = await printerThat('good');
    add(1);
    const send: Send = async (job) => {
      const result = await sendToPrinter(job);
      db.pragma('query_only = ON');
      return result;
    };
    const queue = open({ send });
    queue.wake();
    await until(() => faults.length > 0, 'a fault');
    db.pragma('query_only = OFF');
    await until(() => state(1) === 'unconfirmed', 'unconfirmed');
    queue.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(papers(printer)).toEqual(['Nota 1']);
  });
});

describe('the drawer', () => {
  const kicks = (printer: FakePrinter) => printer.received().map((bytes) => readPaper(bytes).kicks.length);

  it('opens with the receipt, before it, and not any more after five seconds', async () => {
    const printer = await printerThat('good');
    add(1);
    add(2);
    const queue = open({ limits: { sendMs: 2_000 } });
    queue.wake();
    await until(() => state(2) === 'sent', 'both');
    add(3);
    clock += 5_001;
    queue.wake();
    await until(() => state(3) === 'sent', 'the third');
    expect(kicks(printer)).toEqual([1, 1, 0]);
  });

  it('alone does not open after five seconds', async () => {
    const printer = await printerThat('good');
    add(1, 1, 'drawer');
    clock += 5_001;
    const queue = open();
    queue.wake();
    await until(() => state(1) === 'failed', 'too late');
    expect(jobOf(db, 1).problem).toBe('too-late');
    expect(printer.received()).toEqual([]);
  });

  it('stays shut when a person sends a receipt again', async () => {
    const printer = await printerThat('good');
    add(1);
    clock += 121_000;
    const queue = open();
    queue.wake();
    await until(() => state(1) === 'failed', 'too late');
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => state(1) === 'sent', 'the receipt');
    expect(kicks(printer)).toEqual([0]);
    expect(readPaper(printer.received()[0] ?? Buffer.alloc(0)).lines[0]?.text).toBe('Nota 1');
  });
});

describe('a person', () => {
  it('sends an unconfirmed job again: marked SALINAN, also after further failures and a restart', async () => {
    const printer = await printerThat('resetsMidJob');
    add(1);
    const queue = open({ limits: { retryWaitsMs: [50] } });
    queue.wake();
    await until(() => state(1) === 'unconfirmed', 'unconfirmed');
    printer.become('hangsUp');
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => state(1) === 'retry', 'a failed copy');
    await queue.close({ deadlineMs: 100 });
    const next = open();
    clock += 121_000;
    next.wake();
    await until(() => state(1) === 'failed', 'a copy that came too late');
    printer.become('good');
    expect(next.resend(key(1))).toBe('ok');
    await until(() => state(1) === 'sent', 'the copy');
    const copy = readPaper(printer.received().at(-1) ?? Buffer.alloc(0));
    expect(copy.lines.slice(0, 2).map((line) => line.text.trim())).toEqual(['SALINAN', 'Nota 1']);
    expect(copy.kicks).toEqual([]);
  });

  it('dismisses what waits, and cannot call back what is being sent or was sent', async () => {
    await printerThat('neverReads', 1);
    await printerThat('good', 2);
    add(1, 1);
    add(2, 1);
    add(3, 2);
    const queue = open({ limits: { sendMs: 30_000 } });
    queue.wake();
    await until(() => state(1) === 'sending' && state(3) === 'sent', 'one at work, one done');
    expect(queue.dismiss(key(2))).toBe('ok');
    expect([state(2), queue.dismiss(key(1)), queue.resend(key(1))]).toEqual([
      'dismissed',
      'not-waiting',
      'not-waiting',
    ]);
    expect([queue.dismiss(key(3)), queue.resend(key(3)), queue.resend(key(2))]).toEqual([
      'not-waiting',
      'not-waiting',
      'not-waiting',
    ]);
    expect([queue.dismiss(key(9)), queue.resend(key(9))]).toEqual(['unknown-job', 'unknown-job']);
  });

  it('gives a printer to a job that had none', async () => {
    const printer = await printerThat('good', 7);
    add(1, null);
    const queue = open();
    expect(queue.summary()).toEqual([{ printer: null, waiting: 0, unconfirmed: 0, failed: 1 }]);
    expect(queue.resend(key(1))).toBe('no-printer');
    expect(queue.resend(key(1), 7)).toBe('ok');
    await until(() => state(1) === 'sent', 'the receipt');
    expect(papers(printer)).toEqual(['Nota 1']);
  });

  it('tries a printer with a test page and hears what came of it', async () => {
    const printer = await printerThat('good');
    const queue = open();
    const page = material(0, tcp(printer.port));
    expect(await queue.printTest(1, page)).toEqual({ outcome: 'sent', evidence: 'closed' });
    const bad = { ...page, lines: [{ text: '\u20ac', bold: false, tall: false, align: 'left' as const }] };
    expect((await queue.printTest(1, bad)).outcome).not.toBe('sent');
  });
});

describe('start and stop', () => {
  it('calls what was being sent unconfirmed at the next start and sends nothing of it', async () => {
    const printer = await printerThat('good');
    add(1);
    db.prepare(`UPDATE print_job SET state = 'sending'`).run();
    const queue = open();
    expect([state(1), jobOf(db, 1).problem]).toEqual(['unconfirmed', 'interrupted']);
    queue.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(printer.received()).toEqual([]);
  });

  it('prints what is due before it closes', async () => {
    const printer = await printerThat('good');
    for (let seq = 1; seq <= 5; seq += 1) add(seq);
    const queue = open();
    await queue.close({ deadlineMs: 10_000 });
    expect(papers(printer)).toHaveLength(5);
    queue.wake();
    add(6);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state(6)).toBe('queued');
  });

  it('closes by its deadline beside a printer that hangs, and leaves the rest queued', async () => {
    await printerThat('neverReads');
    add(1);
    add(2);
    const queue = open({ limits: { sendMs: 60_000 } });
    await queue.close({ deadlineMs: 100 });
    expect([state(1), state(2)]).toEqual(['unconfirmed', 'queued']);
  });

  it('touches nothing after closing, even when a sender never lets go', async () => {
    add(1);
    addresses.set(1, tcp(9));
    let release = (): void => undefined;
    const send: Send = () =>
      new Promise((resolve) => {
        release = () => resolve({ outcome: 'sent', evidence: 'closed' });
      });
    const queue = open({ send });
    await queue.close({ deadlineMs: 10 });
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([state(1), faults]).toEqual(['sending', []]);
  });
});

describe('the table', () => {
  it('is written in the transaction of the command and changed only outside of one', () => {
    expect(() => enqueueJob(db, { wishSeq: 1, wishN: 1, printer: 1, kind: 'receipt', at: clock })).toThrow(
      'rule broken',
    );
    add(1);
    const jobs = openJobs(db);
    expect(() => db.transaction(() => jobs.move(jobOf(db, 1), { state: 'dismissed' }, clock))()).toThrow(
      'rule broken',
    );
    expect(() => db.transaction(() => jobs.expire(clock))()).toThrow('rule broken');
  });

  it('is looked through by its index of open jobs, however many were printed', () => {
    const plan = (sql: string) =>
      (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])[0]?.detail;
    for (const states of [`IN ('queued', 'retry')`, `= 'sending'`]) {
      const sql = `SELECT * FROM print_job WHERE state NOT IN ('sent', 'dismissed') AND state ${states}`;
      expect(plan(sql)).toContain('USING INDEX print_job_open');
    }
  });
});
