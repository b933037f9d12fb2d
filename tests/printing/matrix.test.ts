/**
 * Proves for every kind of printer and every kind of paper, over real sockets: each job ends sent, unconfirmed or
 * failed by its deadline, is never doubled, never printed late by itself, and never put on a second printer when the
 * first might have it.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { JobKind } from '../../main/engine/printing/jobs.ts';
import type { PrintLimits } from '../../main/engine/printing/queue.ts';
import { type FakePrinter, PRINTER_MODES, type PrinterMode } from '../support/fake-printer.ts';
import { kicks, papers, Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const KINDS = ['drawer', 'receipt', 'label', 'document'] as const satisfies JobKind[];

/** What is known of a job after its time is over, whatever its kind; `silent` printers are not asked, `asked` ones are. */
interface End {
  state: 'sent' | 'unconfirmed' | 'failed';
  /** Of the newest try, which the printer's standing keeps. */
  problem?: string;
}
const SENT: End = { state: 'sent' };
const unsure = (problem: string): End => ({ state: 'unconfirmed', problem });
const failed = (problem: string): End => ({ state: 'failed', problem });

const ENDS: Record<PrinterMode, { silent: End; asked?: End }> = {
  good: { silent: SENT, asked: SENT },
  keepOpen: { silent: unsure('deadline'), asked: unsure('deadline') },
  answers: { silent: unsure('deadline'), asked: SENT },
  // Not asked, a printer without paper takes the job into its memory: it may come out with the next roll.
  paperOut: { silent: unsure('deadline'), asked: failed('paper-out') },
  coverOpen: { silent: unsure('deadline'), asked: failed('cover-open') },
  runsOut: { silent: unsure('deadline'), asked: unsure('paper-out') },
  neverReads: { silent: unsure('deadline'), asked: unsure('deadline') },
  closesEarly: { silent: unsure('closed-early') },
  resetsMidJob: { silent: unsure('reset') },
  slow: { silent: unsure('deadline') },
  hangsUp: { silent: failed('closed-early'), asked: failed('closed-early') },
  refuses: { silent: failed('refused') },
  noAnswer: { silent: failed('no-answer') },
};

const cases = PRINTER_MODES.flatMap((mode) => [
  { mode, asked: 'not asked', end: ENDS[mode].silent },
  ...(ENDS[mode].asked ? [{ mode, asked: 'asked', end: ENDS[mode].asked }] : []),
]);
type Case = (typeof cases)[number] & { kind: JobKind };

/**
 * Short only where the time has to run out: a machine that stands still for a moment must not look like a printer
 * that hangs. A printer that hangs is waited for until the send deadline, after the questions that it leaves open.
 */
const SHORT_MS = { send: 1_500, connect: 300, ask: 200 };
const LONG_MS = 30_000;

function limitsFor({ mode, end }: Case): Partial<PrintLimits> {
  return {
    sendMs: end.problem === 'deadline' ? SHORT_MS.send : LONG_MS,
    connectMs: mode === 'noAnswer' ? SHORT_MS.connect : LONG_MS,
    askMs: ['answers', 'paperOut', 'coverOpen', 'runsOut'].includes(mode) ? LONG_MS : SHORT_MS.ask,
  };
}

const HOURS = 5 * 3_600_000;

/** After this many tries another printer has taken over, if one does. */
const PATIENT_TRIES = 3;

/** Runs one job on a printer of its kind until its time is long over; several tries where nothing left. */
async function run(each: Case, room: Room): Promise<FakePrinter> {
  const { mode, kind, asked } = each;
  const printer = await room.printerThat(mode);
  if (asked === 'asked') room.answering.add(1);
  room.add(1, 1, kind);
  const { notAfter } = room.job();
  const queue = room.open({ limits: limitsFor(each) });
  queue.wake();
  await until(() => isOver(room) || room.job().attempts > PATIENT_TRIES || tick(room, 30), 'an end');
  await until(() => room.state() !== 'sending', 'the end of the try');
  room.pass(Math.max(0, (notAfter ?? 0) - room.wall) + 1);
  await settled(room, queue.wake);
  // Whatever was wrong with the printer is mended now, hours later: nothing more may leave by itself.
  if (mode !== 'noAnswer' && mode !== 'refuses') printer.become('good');
  room.pass(HOURS);
  await settled(room, queue.wake);
  return printer;
}

async function settled(room: Room, wake: () => void): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    wake();
    await rest(20);
  }
  await until(() => room.state() !== 'sending', 'the end of the last try');
}

function isOver(room: Room): boolean {
  return ['sent', 'unconfirmed', 'failed'].includes(room.state());
}

/** Moves the clock and is never true: for use beside a condition. */
function tick(room: Room, milliseconds: number): false {
  room.pass(milliseconds);
  return false;
}

/** How many connections brought bytes of a job. */
function deliveries(printer: FakePrinter): number {
  return printer.received().filter((bytes) => bytes.length > 0).length;
}

/** The job of one kind on a printer that is alone, or has a good one behind it. */
async function expectEnd(each: Case, hasOther: boolean): Promise<void> {
  const { kind, end } = each;
  const room = new Room(folder.path);
  try {
    const other = hasOther ? await room.printerThat('good', 2) : undefined;
    if (other) room.fallbacks.set(1, 2);
    const printer = await run(each, room);
    const isMoved = hasOther && end.state === 'failed' && kind !== 'drawer';
    const { state, problem, printer: at } = room.job();
    const late = end.state === 'failed' ? 'too-late' : (end.problem ?? null);
    const named = `${kind}${hasOther ? ' with another' : ''}`;
    expect([named, state, problem, at]).toEqual(
      isMoved ? [named, 'sent', null, 2] : [named, end.state, late, 1],
    );
    expect(deliveries(printer), named).toBeLessThanOrEqual(end.state === 'failed' ? 0 : 1);
    expect(other ? papers(other) : [], named).toEqual(isMoved ? ['Nota 1'] : []);
    expect(other ? kicks(other) : [], named).toEqual(isMoved ? [0] : []);
    expect(room.faults).toEqual([]);
  } finally {
    await room.close();
  }
}

/** Every kind of paper, alone and with another printer, side by side. */
async function expectEnds(of: Omit<Case, 'kind'>): Promise<void> {
  const each = KINDS.flatMap((kind) => [false, true].map((hasOther) => expectEnd({ ...of, kind }, hasOther)));
  await Promise.all(each);
}

describe('every kind of paper ends by its deadline, once, on one printer', () => {
  const hangs = ({ end }: Omit<Case, 'kind'>) => end.problem === 'deadline';
  describe.concurrent('at a printer that hangs', () => {
    it.each(cases.filter(hangs))('$mode, $asked: $end.state', (of) => expectEnds(of));
  });
  describe('at a printer that does something', () => {
    it.each(cases.filter((of) => !hangs(of)))('$mode, $asked: $end.state', (of) => expectEnds(of));
  });
});
