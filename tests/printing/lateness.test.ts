/**
 * Proves that nothing is printed late by itself, whatever happens to the clock: time passes, the engine is off for
 * hours, the wall clock is set back or forward while the engine runs and while it is off, the machine sleeps.
 */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobKind } from '../../main/engine/printing/jobs.ts';
import type { PrintQueue } from '../../main/engine/printing/queue.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { papers, Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const LIMITS = { sendMs: 30_000, connectMs: 30_000, retryWaitsMs: [SECOND] };
const TIMES = [
  ['drawer', 5 * SECOND],
  ['receipt', 2 * MINUTE],
  ['label', 10 * MINUTE],
  ['document', 30 * MINUTE],
] as const satisfies [JobKind, number][];

let room: Room;
let printer: FakePrinter;
beforeEach(async () => {
  room = new Room(folder.path);
  printer = await room.printerThat('hangsUp');
});
afterEach(() => room.close());

/** A job that was tried once, before a printer that takes nothing. */
async function triedOnce(kind: JobKind): Promise<PrintQueue> {
  room.add(1, 1, kind);
  const queue = room.open({ limits: LIMITS });
  queue.wake();
  await until(() => room.state() === 'retry', 'a try');
  printer.become('good');
  return queue;
}

/** What becomes of the job now that its printer is well again. */
async function comesOut(queue: PrintQueue): Promise<string> {
  queue.wake();
  await until(() => room.isOver(), 'an end', 2_000).catch(() => undefined);
  await rest(20);
  const brought = printer.received().filter((bytes) => bytes.length > 0).length;
  return `${room.state()} ${brought}`;
}

describe.each(TIMES)('a %s', (kind, withinMs) => {
  it('comes out until its time is over, and not a moment later', async () => {
    const queue = await triedOnce(kind);
    room.pass(withinMs - 2 * SECOND);
    expect(await comesOut(queue)).toBe('sent 1');
    printer.become('hangsUp');
    room.add(2, 1, kind);
    queue.wake();
    await until(() => room.state(2) === 'retry', 'a try');
    printer.become('good');
    room.pass(withinMs + 1);
    queue.wake();
    await until(() => room.state(2) === 'failed', 'too late');
    expect(room.job(2).problem).toBe('too-late');
  });

  it('does not come out by itself after an engine that was off', async () => {
    const queue = await triedOnce(kind);
    await queue.close({ deadlineMs: 0 });
    room.pass(withinMs + 1);
    expect(await comesOut(room.open({ limits: LIMITS }))).toBe('failed 0');
  });

  it('has no more time when the wall clock is set back meanwhile', async () => {
    const queue = await triedOnce(kind);
    room.wall -= 3 * HOUR;
    queue.wake();
    room.wall += withinMs + SECOND;
    room.steady += withinMs + SECOND;
    expect(await comesOut(queue)).toBe('failed 0');
  });

  it('is late at once when the wall clock is set forward, or the machine slept', async () => {
    const queue = await triedOnce(kind);
    room.wall += 3 * HOUR;
    expect(await comesOut(queue)).toBe('failed 0');
  });

  it('does not come out when the clock was set back while the engine was off', async () => {
    const queue = await triedOnce(kind);
    await queue.close({ deadlineMs: 0 });
    room.wall -= HOUR;
    const next = room.open({ limits: LIMITS });
    expect([room.state(), room.job().problem]).toEqual(['failed', 'too-late']);
    expect(await comesOut(next)).toBe('failed 0');
  });

  it('of a life whose clock was set back does not come out in the next', async () => {
    await triedOnce(kind).then((queue) => queue.close({ deadlineMs: 0 }));
    const before = room.open({ limits: LIMITS });
    printer.become('hangsUp');
    room.wall -= 3 * HOUR;
    room.db.transaction(() => before.enqueue({ wishSeq: 2, wishN: 1, printer: 1, kind }))();
    await before.close({ deadlineMs: 0 });
    printer.become('good');
    room.pass(SECOND);
    room.open({ limits: LIMITS }).wake();
    await rest(50);
    expect([room.state(2), room.job(2).problem]).toEqual(['failed', 'too-late']);
    expect(papers(printer)).toEqual([]);
  });
});

it('a job behind one that hangs is late in its time, not when its turn comes', async () => {
  printer.become('neverReads');
  room.add(1, 1, 'document');
  const queue = room.open({ limits: LIMITS });
  queue.wake();
  await until(() => room.state(1) === 'sending', 'the first');
  room.add(2);
  queue.wake();
  room.pass(2 * MINUTE + 1);
  queue.wake();
  await until(() => room.state(2) === 'failed', 'too late');
  expect([room.state(1), room.job(2).problem]).toEqual(['sending', 'too-late']);
});

it('a job grows late by itself, without anybody who wakes the queue', async () => {
  const within = { drawer: 300, receipt: 300, label: 300, document: 300 };
  const queue = room.open({
    now: Date.now,
    steady: () => performance.now(),
    limits: { ...LIMITS, within, retryWaitsMs: [60_000] },
  });
  room.db.transaction(() => queue.enqueue({ wishSeq: 1, wishN: 1, printer: 1, kind: 'receipt' }))();
  queue.wake();
  await until(() => room.state() === 'failed', 'too late');
  expect(room.job().problem).toBe('too-late');
});

it('a wish after the clock was set back has all of its time, and its row the time of the wall', async () => {
  const queue = await triedOnce('receipt');
  room.wall -= 3 * HOUR;
  room.db.transaction(() => queue.enqueue({ wishSeq: 2, wishN: 1, printer: 1, kind: 'receipt' }))();
  const { notBefore, notAfter, updatedAt } = room.job(2);
  expect([(notAfter ?? 0) - (notBefore ?? 0), updatedAt]).toEqual([2 * MINUTE, room.wall]);
  queue.wake();
  await until(() => room.state(2) === 'sent', 'both');
  expect(papers(printer)).toEqual(['Nota 1', 'Nota 2']);
});

it('papers of 0.1.0 that had no end wait for a person', () => {
  room.add(1, 1, 'document');
  room.db.prepare('UPDATE print_job SET not_after = NULL').run();
  room.open();
  expect([room.state(), room.job().problem]).toEqual(['failed', 'too-late']);
});
