/**
 * Proves the promises of the print queue on the real table and real sockets: jobs come out in order, printers do not
 * wait for each other, what surely did not leave is tried again, and persons, full disks and stops are borne.
 */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJobs } from '../../main/engine/printing/jobs.ts';
import type { Send } from '../../main/engine/printing/printer.ts';
import type { PrintQueueOptions } from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import { readPaper } from '../support/paper.ts';
import { key, kicks, papers, Room, START } from './room.ts';
import { material, rest, scratchFolder, tcp, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

/** As on a full disk: reading goes on, the one write that counts does not. */
const FULL_DISK = `CREATE TEMP TRIGGER full BEFORE UPDATE ON print_job BEGIN SELECT RAISE(ABORT, 'disk is full'); END`;

let room: Room;
beforeEach(() => {
  room = new Room(folder.path);
});
afterEach(() => room.close());

describe('order and independence', () => {
  it('prints fifty jobs in a row in the order of their wishes, each once', async () => {
    const printer = await room.printerThat('good');
    // A machine that stands still for a moment must not look like a printer that does not answer.
    const queue = room.open({ limits: { sendMs: 30_000, connectMs: 30_000 } });
    for (let seq = 1; seq <= 50; seq += 1) {
      room.add(seq);
      queue.wake();
    }
    await until(() => queue.summary().length === 0, 'fifty receipts', 60_000);
    expect(papers(printer)).toEqual(Array.from({ length: 50 }, (_, index) => `Nota ${index + 1}`));
  }, 90_000);

  it('a dead printer holds nobody but itself', async () => {
    await room.printerThat('neverReads', 1);
    const good = await room.printerThat('good', 2);
    const queue = room.open({ limits: { sendMs: 30_000 } });
    for (let seq = 1; seq <= 10; seq += 1) room.add(seq, seq <= 5 ? 1 : 2);
    queue.wake();
    await until(() => papers(good).length === 5 && room.state(10) === 'sent', 'the good printer');
    expect(room.state(1)).toBe('sending');
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
    for (let number = 1; number <= 4; number += 1) await room.printerThat('good', number);
    for (let seq = 1; seq <= 16; seq += 1) room.add(seq, 1 + (seq % 4));
    const queue = room.open({ send, limits: { printersAtOnce: 2 } });
    queue.wake();
    await until(() => queue.summary().length === 0, 'all printers');
    expect(most).toBe(2);
  });

  it('a job that cannot be laid out does not hold the ones behind it', async () => {
    const printer = await room.printerThat('good');
    for (const seq of [1, 2, 3]) room.add(seq);
    const throwing: PrintQueueOptions['load'] = (seq, n, to, out) => {
      if (seq === 1) throw new Error('no such sale');
      return seq === 2 ? undefined : room.load(seq, n, to, out);
    };
    room.open({ load: throwing }).wake();
    await until(() => room.state(3) === 'sent', 'the third');
    expect([room.job(1).problem, room.job(2).problem]).toEqual(['cannot-print', 'no-printer']);
    expect(papers(printer)).toEqual(['Nota 3']);
    expect(room.faults).toHaveLength(1);
  });
});

describe('trying again', () => {
  it('repeats what surely did not leave, with growing waits, and prints once the printer is there', async () => {
    const printer = await room.printerThat('hangsUp');
    room.add(1);
    const queue = room.open({ limits: { retryWaitsMs: [1_000, 2_000, 5_000] } });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      queue.wake();
      await until(() => room.job(1).attempts === attempt && room.state(1) === 'retry', `try ${attempt}`);
      waits.push((room.job(1).notBefore ?? 0) - room.wall);
      room.pass((room.job(1).notBefore ?? 0) - room.wall);
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 5_000]);
    printer.become('good');
    queue.wake();
    await until(() => room.state(1) === 'sent', 'the receipt');
    expect(papers(printer)).toEqual(['Nota 1']);
  });

  it('waits out its time, but a new wish is a reason to try at once, the older first', async () => {
    const printer = await room.printerThat('hangsUp');
    // Both of the same moment: the second is no news to a printer that failed since.
    room.add(1);
    room.add(2);
    const queue = room.open({ limits: { retryWaitsMs: [20_000] } });
    queue.wake();
    await until(() => room.state(1) === 'retry', 'the first try');
    for (let times = 0; times < 10; times += 1) {
      queue.wake();
      await rest(10);
    }
    expect(room.job(1).attempts).toBe(1);
    printer.become('good');
    room.pass(1_000);
    room.add(3);
    queue.wake();
    await until(() => room.state(3) === 'sent', 'all three');
    expect(papers(printer)).toEqual(['Nota 1', 'Nota 2', 'Nota 3']);
  });

  it('does not run in a circle when the table cannot be written', async () => {
    await room.printerThat('good');
    room.add(1);
    const queue = room.open();
    room.db.exec(FULL_DISK);
    queue.wake();
    await until(() => room.faults.length > 0, 'a fault');
    await rest(200);
    expect(room.faults.length).toBeLessThan(5);
    expect(room.state(1)).toBe('queued');
    room.db.exec('DROP TRIGGER full');
    await until(() => room.state(1) === 'sent', 'the receipt after the fault');
  });

  it('calls a job unconfirmed whose result could not be written', async () => {
    const printer = await room.printerThat('good');
    room.add(1);
    const send: Send = async (job) => {
      const result = await sendToPrinter(job);
      room.db.pragma('query_only = ON');
      return result;
    };
    const queue = room.open({ send });
    queue.wake();
    await until(() => room.faults.length > 0, 'a fault');
    room.db.pragma('query_only = OFF');
    await until(() => room.state(1) === 'unconfirmed', 'unconfirmed');
    queue.wake();
    await rest(100);
    expect(papers(printer)).toEqual(['Nota 1']);
  });
});

describe('the drawer', () => {
  it('opens with the receipt, before it, and not any more after five seconds', async () => {
    const printer = await room.printerThat('good');
    room.add(1);
    room.add(2);
    const queue = room.open({ limits: { sendMs: 2_000 } });
    queue.wake();
    await until(() => room.state(2) === 'sent', 'both');
    room.add(3);
    room.pass(5_000);
    queue.wake();
    await until(() => room.state(3) === 'sent', 'the third');
    expect(kicks(printer)).toEqual([1, 1, 0]);
  });

  it('alone does not open after five seconds', async () => {
    const printer = await room.printerThat('good');
    room.add(1, 1, 'drawer');
    room.pass(5_001);
    room.open();
    expect([room.state(), room.job().problem]).toEqual(['failed', 'too-late']);
    expect(printer.received()).toEqual([]);
  });

  it('stays shut when a person sends a receipt again', async () => {
    const printer = await room.printerThat('good');
    room.add(1);
    room.pass(121_000);
    const queue = room.open();
    expect([room.state(), room.job().problem]).toEqual(['failed', 'too-late']);
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => room.state(1) === 'sent', 'the receipt');
    expect(kicks(printer)).toEqual([0]);
    expect(papers(printer)).toEqual(['Nota 1']);
  });
});

describe('a person', () => {
  it('sends an unconfirmed job again: marked SALINAN, also after further failures and a restart', async () => {
    const printer = await room.printerThat('resetsMidJob');
    room.add(1);
    const queue = room.open({ limits: { retryWaitsMs: [50] } });
    queue.wake();
    await until(() => room.state(1) === 'unconfirmed', 'unconfirmed');
    printer.become('hangsUp');
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => room.state(1) === 'retry', 'a failed copy');
    await queue.close({ deadlineMs: 100 });
    const next = room.open();
    room.pass(121_000);
    next.wake();
    await until(() => room.state(1) === 'failed', 'a copy that came too late');
    printer.become('good');
    expect(next.resend(key(1))).toBe('ok');
    await until(() => room.state(1) === 'sent', 'the copy');
    const copy = readPaper(printer.received().at(-1) ?? Buffer.alloc(0));
    expect(copy.lines.slice(0, 2).map((line) => line.text.trim())).toEqual(['SALINAN', 'Nota 1']);
    expect(copy.kicks).toEqual([]);
  });

  it('dismisses what waits, and cannot call back what is being sent or was sent', async () => {
    await room.printerThat('neverReads', 1);
    await room.printerThat('good', 2);
    room.add(1, 1);
    room.add(2, 1);
    room.add(3, 2);
    const queue = room.open({ limits: { sendMs: 30_000 } });
    queue.wake();
    await until(() => room.state(1) === 'sending' && room.state(3) === 'sent', 'one at work, one done');
    expect(queue.dismiss(key(2))).toBe('ok');
    expect([room.state(2), queue.dismiss(key(1)), queue.resend(key(1))]).toEqual([
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

  it('is told that a drawer has no printer any more, and prints when it has one again', async () => {
    room.add(1, 7);
    const queue = room.open();
    queue.wake();
    await until(() => room.state() === 'failed', 'no printer');
    expect(room.job().problem).toBe('no-printer');
    expect(queue.resend(key(1))).toBe('no-printer');
    const printer = await room.printerThat('good', 7);
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => room.state(1) === 'sent', 'the receipt');
    expect(papers(printer)).toEqual(['Nota 1']);
  });

  it('has what waits tried at once, without waiting for its turn', async () => {
    const printer = await room.printerThat('hangsUp');
    room.add(1);
    room.add(2);
    const queue = room.open({ limits: { retryWaitsMs: [20_000] } });
    queue.wake();
    await until(() => room.state(1) === 'retry', 'the first try');
    printer.become('good');
    expect(queue.resend(key(2))).toBe('ok');
    await until(() => room.state(2) === 'sent', 'both');
    expect(papers(printer)).toEqual(['Nota 1', 'Nota 2']);
  });

  it('tries a printer with a test page and hears what came of it', async () => {
    const printer = await room.printerThat('good');
    const queue = room.open();
    const page = material(0, tcp(printer.port));
    expect(await queue.printTest(1, page)).toEqual({ outcome: 'sent', evidence: 'closed' });
    const bad = { ...page, lines: [{ text: '\u20ac', bold: false, tall: false, align: 'left' as const }] };
    expect((await queue.printTest(1, bad)).outcome).not.toBe('sent');
  });
});

describe('start and stop', () => {
  it('calls what was being sent unconfirmed at the next start and sends nothing of it', async () => {
    const printer = await room.printerThat('good');
    room.add(1);
    room.db.prepare(`UPDATE print_job SET state = 'sending'`).run();
    const queue = room.open();
    expect([room.state(1), room.job(1).problem]).toEqual(['unconfirmed', 'interrupted']);
    queue.wake();
    await rest(100);
    expect(printer.received()).toEqual([]);
  });

  it('does not refuse to start on a full disk, and prints nothing of an earlier life before it has cleared up', async () => {
    const printer = await room.printerThat('good');
    room.add(1);
    room.add(2, 1, 'document');
    room.pass(121_000);
    room.wall -= 3_600_000;
    room.db.exec(FULL_DISK);
    const queue = room.open();
    queue.wake();
    await until(() => room.faults.length > 1, 'faults');
    expect([room.state(1), room.state(2)]).toEqual(['queued', 'queued']);
    room.db.exec('DROP TRIGGER full');
    await until(() => room.state(2) === 'failed', 'the end of the fault');
    expect([room.state(1), printer.received()]).toEqual(['failed', []]);
  });

  it('prints what is due before it closes', async () => {
    const printer = await room.printerThat('good');
    for (let seq = 1; seq <= 5; seq += 1) room.add(seq);
    const queue = room.open();
    await queue.close({ deadlineMs: 10_000 });
    expect(papers(printer)).toHaveLength(5);
    queue.wake();
    room.add(6);
    await rest(50);
    expect(room.state(6)).toBe('queued');
  });

  it('closes by its deadline beside a printer that hangs, and leaves the rest queued', async () => {
    await room.printerThat('neverReads');
    room.add(1);
    room.add(2);
    const queue = room.open({ limits: { sendMs: 60_000 } });
    await queue.close({ deadlineMs: 100 });
    expect([room.state(1), room.state(2)]).toEqual(['unconfirmed', 'queued']);
  });

  it('touches nothing after closing, even when a sender never lets go', async () => {
    room.add(1);
    room.addresses.set(1, tcp(9));
    let release = (): void => undefined;
    const send: Send = () =>
      new Promise((resolve) => {
        release = () => resolve({ outcome: 'sent', evidence: 'closed' });
      });
    const queue = room.open({ send });
    await queue.close({ deadlineMs: 10 });
    release();
    await rest(20);
    expect([room.state(1), room.faults]).toEqual(['sending', []]);
  });
});

describe('the table', () => {
  it('is written in the transaction of the command and changed only outside of one', () => {
    const queue = room.open();
    const wished = { ...key(1), printer: 1, kind: 'receipt' } as const;
    expect(() => queue.enqueue(wished)).toThrow('rule broken');
    room.db.transaction(() => queue.enqueue(wished))();
    const { state, notBefore, notAfter } = room.job();
    expect([state, notBefore, notAfter]).toEqual(['queued', START, START + 120_000]);
    const jobs = openJobs(room.db, () => room.wall);
    const inside = (change: () => unknown) => () => room.db.transaction(change)();
    expect(inside(() => jobs.move(room.job(), { state: 'dismissed' }))).toThrow('rule broken');
    expect(inside(() => jobs.expire(room.wall))).toThrow('rule broken');
    expect(inside(() => jobs.expireStrays(room.wall))).toThrow('rule broken');
  });
});
