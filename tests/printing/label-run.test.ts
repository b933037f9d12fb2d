/**
 * Proves that a run of labels holds nobody up: it goes in short pieces, the till's papers go between them, and papers of
 * the office before labels; that each label comes out once, whatever dies or fails on the way; that what is not out by
 * its time waits for a person, who gets just the rest; and that paper is fed once, behind the run's last label.
 */
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LABELS_AT_ONCE } from '../../main/engine/printing/material-of.ts';
import type { Send } from '../../main/engine/printing/printer.ts';
import type { PrintQueue } from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { seed } from '../support/seed.ts';
import { runAndKill } from './killed.ts';
import { key, kicks, Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const PATIENT = { sendMs: 30_000, connectMs: 30_000 };
/** More than a piece takes to print on the slowest paper. */
const PIECE_MS = 3_000;
const MINUTE = 60_000;
const FEED = ['', '', '', ''];

let room: Room;
beforeEach(() => {
  room = new Room(folder.path);
});
afterEach(() => room.close());

/** What came out, in its order: `L7` is the seventh label, `N3` the paper of wish 3, `S` the mark of a copy. */
function paperOf(printer: FakePrinter): string[] {
  return printer.received().flatMap((bytes) => {
    const found = bytes.toString('latin1').matchAll(/(Label|Nota) (\d+)|(SALINAN)/g);
    return [...found].map(([, what, number]) => (what ? `${what[0]}${number}` : 'S'));
  });
}

const labels = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `L${from + at}`);

/** Lets time go by until the run is over, a piece at a time. */
async function untilOut(
  queue: PrintQueue,
  seq: number,
  between: () => void = () => undefined,
): Promise<void> {
  while (!room.isOver(seq)) {
    const { labelsOut } = room.job(seq);
    room.pass(PIECE_MS);
    between();
    queue.wake();
    await until(() => room.isOver(seq) || room.job(seq).labelsOut > labelsOut, `labels behind ${labelsOut}`);
  }
}

describe('200 labels on a slow printer', () => {
  it('let every receipt pass behind the piece that is on its way, with its drawer', async () => {
    const printer = await room.printerThat('paced');
    room.addLabels(1, 200);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    const gaps = fc.sample(fc.integer({ min: 0, max: 4 }), { seed, numRuns: 200 });
    const outAtWish = new Map<string, number>();
    const wish = () => {
      for (let count = gaps.pop() === 0 ? 2 : 0; count > 0; count -= 1) {
        const seq = 2 + outAtWish.size;
        outAtWish.set(`N${seq}`, room.job(1).labelsOut);
        room.add(seq);
      }
    };
    await untilOut(queue, 1, wish);
    await queue.close({ deadlineMs: 30_000 });

    const paper = paperOf(printer);
    expect(paper.filter((each) => each.startsWith('L'))).toEqual(labels(1, 200));
    expect(paper.filter((each) => each.startsWith('N'))).toEqual([...outAtWish.keys()]);
    expect(outAtWish.size, `SEED=${seed}`).toBeGreaterThan(3);
    for (const [receipt, out] of outAtWish) {
      const before = paper.slice(0, paper.indexOf(receipt)).filter((each) => each.startsWith('L')).length;
      expect(before - out, `SEED=${seed} ${receipt}`).toBeLessThanOrEqual(LABELS_AT_ONCE);
    }
    expect(kicks(printer).reduce((sum, count) => sum + count)).toBe(outAtWish.size);
  }, 120_000);

  it('leave a printer its time to print a piece, so that none of them waits in its memory before a receipt', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 200);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === LABELS_AT_ONCE && room.state(1) === 'queued', 'a piece');
    room.pass(300);
    room.add(2);
    queue.wake();
    await until(() => room.state(2) === 'sent', 'the receipt');
    expect(paperOf(printer)).toEqual([...labels(1, LABELS_AT_ONCE), 'N2']);
    expect(kicks(printer)).toEqual([0, 1]);
  });

  it('follow each other at once where the printer says that it has printed', async () => {
    const printer = await room.printerThat('answers');
    room.answering.add(1);
    room.addLabels(1, 200);
    const queue = room.open({ limits: { ...PATIENT, askMs: 30_000 } });
    queue.wake();
    await until(() => room.state(1) === 'sent', 'all labels', 60_000);
    expect(paperOf(printer)).toEqual(labels(1, 200));
  });
});

describe('whose turn it is', () => {
  it('is the till’s, then the office’s, then that of labels; of each the oldest’s', async () => {
    const printer = await room.printerThat('good');
    const kinds = [
      'label',
      'document',
      'receipt',
      'label',
      'receipt',
      'drawer',
      'document',
      'receipt',
    ] as const;
    for (const [at, kind] of kinds.entries()) room.add(at + 1, 1, kind);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => queue.summary().length === 0, 'all of it');
    expect(paperOf(printer)).toEqual(['N3', 'N5', 'N8', 'N2', 'N7', 'N1', 'N4']);
    expect(kicks(printer)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('does not come for labels while receipts come without end: then they wait for a person, who is told', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 20);
    room.add(2);
    // During each receipt half a minute goes by and somebody buys again.
    const send: Send = async (job) => {
      room.pass(30_000);
      if (room.state(1) === 'queued') room.add(3 + paperOf(printer).length);
      return sendToPrinter(job);
    };
    const queue = room.open({ send, limits: PATIENT });
    queue.wake();
    await until(() => room.state(1) === 'failed', 'the end of their time');
    await queue.close({ deadlineMs: 30_000 });
    expect([room.job(1).problem, room.job(1).labelsOut]).toEqual(['too-late', 0]);
    expect(paperOf(printer)).toEqual(Array.from({ length: 22 }, (_, at) => `N${at + 2}`));
    expect(queue.summary()).toEqual([{ printer: 1, waiting: 0, unconfirmed: 0, failed: 1 }]);
  });
});

describe('a run that stops on the way', () => {
  it('past its time waits for a person, who gets the rest and nothing twice', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 23);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5, 'a piece');
    room.pass(PIECE_MS);
    queue.wake();
    await until(() => room.job(1).labelsOut === 10 && room.state(1) === 'queued', 'two pieces');
    room.pass(10 * MINUTE);
    queue.wake();
    await until(() => room.state(1) === 'failed', 'too late');
    expect([room.job(1).problem, paperOf(printer)]).toEqual(['too-late', labels(1, 10)]);
    expect(queue.resend(key(1))).toBe('ok');
    await untilOut(queue, 1);
    expect([room.state(1), paperOf(printer)]).toEqual(['sent', labels(1, 23)]);
  });

  it('is let go between two pieces', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 200);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5, 'a piece');
    expect(queue.dismiss(key(1))).toBe('ok');
    room.pass(PIECE_MS);
    room.add(2);
    queue.wake();
    await until(() => room.state(2) === 'sent', 'the receipt');
    expect([room.state(1), paperOf(printer)]).toEqual(['dismissed', [...labels(1, 5), 'N2']]);
  });

  it('goes on at the printer that takes over, with what surely did not leave', async () => {
    const [own, other] = [await room.printerThat('good'), await room.printerThat('good', 2)];
    room.fallbacks.set(1, 2);
    room.addLabels(1, 12);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5 && room.state(1) === 'queued', 'a piece');
    own.become('hangsUp');
    while (!room.isOver(1)) {
      room.pass(PIECE_MS);
      queue.wake();
      await rest(20);
      await until(() => room.state(1) !== 'sending', 'a try');
    }
    expect([paperOf(own), paperOf(other)]).toEqual([labels(1, 5), labels(6, 12)]);
    // Tried three times, as any other paper: the labels before had not waited for this printer.
    expect(own.received().length).toBe(4);
  });

  it('is in doubt for one piece only: that one comes again as a copy, the rest as it is', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 18);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5 && room.state(1) === 'queued', 'a piece');
    printer.become('resetsMidJob');
    room.pass(PIECE_MS);
    queue.wake();
    await until(() => room.state(1) === 'unconfirmed', 'a doubt');
    printer.become('good');
    const before = paperOf(printer).length;
    expect(queue.resend(key(1))).toBe('ok');
    await untilOut(queue, 1);
    expect(paperOf(printer).slice(before)).toEqual(['S', ...labels(6, 18)]);
    expect(room.job(1).asked).toBe('again');
  });
});

describe('paper', () => {
  const linesOf = (bytes: Buffer) => readPaper(bytes).lines.map(({ text }) => text.trim());

  it('is fed once, behind the last label, and not a line of it between two', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 12);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await untilOut(queue, 1);
    const tear = '.'.repeat(32);
    const three = printer.received().map(linesOf);
    expect(three.map((lines) => lines.length)).toEqual([10, 10, 3 + FEED.length]);
    expect(three.flat()).toEqual([
      ...labels(1, 11).flatMap((label) => [`Label ${label.slice(1)}.`, tear]),
      'Label 12.',
      ...FEED,
    ]);
  });

  it('is fed before a receipt that comes in between, below its kick, and not again behind it', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 12);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5 && room.state(1) === 'queued', 'a piece');
    for (const seq of [2, 3]) room.add(seq);
    queue.wake();
    await until(() => room.state(3) === 'sent', 'the receipts');
    await untilOut(queue, 1);
    const [, first, second, next] = printer.received();
    expect(linesOf(first as Buffer).slice(0, 5)).toEqual([...FEED, 'Nota 2']);
    expect(readPaper(first as Buffer).kicks).toMatchObject([{ afterLines: 0 }]);
    expect(linesOf(second as Buffer)[0]).toBe('Nota 3');
    expect(linesOf(next as Buffer)[0]).toBe('Label 6.');
  });

  it('is fed before a test page, and before what comes after a start', async () => {
    const printer = await room.printerThat('good');
    room.addLabels(1, 12);
    const queue = room.open({ limits: PATIENT });
    queue.wake();
    await until(() => room.job(1).labelsOut === 5 && room.state(1) === 'queued', 'a piece');
    await queue.close({ deadlineMs: 0 });
    room.add(2);
    const next = room.open({ limits: PATIENT });
    next.wake();
    await until(() => room.state(2) === 'sent', 'the receipt');
    room.pass(PIECE_MS);
    next.wake();
    await until(() => room.job(1).labelsOut === 10 && room.state(1) === 'queued', 'another piece');
    const page = room.load(2, 1, 1, 0);
    if (!page) throw new Error('no page');
    expect(await next.printTest(1, page)).toMatchObject({ outcome: 'sent' });
    const begins = printer.received().map((bytes) => linesOf(bytes).slice(0, 5));
    expect(begins.filter(([first]) => first === '')).toEqual([
      [...FEED, 'Nota 2'],
      [...FEED, 'Nota 2'],
    ]);
  });
});

it('an engine killed again and again in the middle of a run prints no label twice', async () => {
  const COPIES = 60;
  const printer = await room.printerThat('answers');
  room.answering.add(1);
  room.wall = Date.now();
  room.addLabels(1, COPIES);
  const orders = { path: room.path, kind: 'label', copies: COPIES, isAsked: true } as const;
  const steps = fc.sample(fc.integer({ min: 1, max: 11 }), { seed, numRuns: 14 });
  const limits = { ...PATIENT, askMs: 30_000 };
  let kills = 0;
  for (const dieAtStep of steps) {
    const isDead = await runAndKill({ ...orders, ports: [printer.port, 0], limits, dieAtStep });
    if (!isDead) break;
    kills += 1;
    const left = room.state();
    const wasUnderWay = left === 'sending';
    // A person looks and sends it again, before the next engine: nothing leaves through this one.
    room.wall = Date.now();
    const queue = room.open({ send: async () => ({ outcome: 'failed', problem: 'no-answer' }) });
    expect(room.state()).toBe(wasUnderWay ? 'unconfirmed' : left);
    if (wasUnderWay) expect(queue.resend(key(1))).toBe('ok');
    await queue.close({ deadlineMs: 0 });
    room.db
      .prepare(`UPDATE print_job SET not_before = 0, attempts = 0 WHERE state IN ('queued', 'retry')`)
      .run();
  }
  const last = room.open({ limits });
  await last.close({ deadlineMs: 30_000 });
  expect(room.state(), `SEED=${seed}`).toBe('sent');
  expect(kills).toBeGreaterThan(3);

  // What stands behind SALINAN was asked for by a person; everything else is there at most once, and in its order.
  const once: string[] = [];
  const all = new Set<string>();
  for (const bytes of printer.received()) {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/Label (\d+)\./g)].map(([, number]) => `L${number}`);
    for (const label of found) all.add(label);
    if (!text.includes('SALINAN')) once.push(...found);
  }
  expect(new Set(once).size, `SEED=${seed}`).toBe(once.length);
  expect([...all].sort()).toEqual(labels(1, COPIES).sort());
});
