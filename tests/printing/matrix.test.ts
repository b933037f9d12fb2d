/**
 * Proves for every kind of printer and every kind of paper, over real sockets: each job ends sent, unconfirmed or
 * failed by its deadline, is never doubled, never printed late by itself, and never put on a second printer when the
 * first might have it.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { JobKind } from '../../main/engine/printing/jobs.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { limitsFor, type PrinterCase, printerCases } from './matrix-ends.ts';
import { deliveries, kicks, papers, Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const KINDS = ['drawer', 'receipt', 'label', 'document'] as const satisfies JobKind[];

type Case = PrinterCase & { kind: JobKind };

const HOURS = 5 * 3_600_000;

/** Runs one job on a printer of its kind until its time is long over; several tries where nothing left. */
async function run(each: Case, room: Room): Promise<FakePrinter> {
  const { mode, kind, asked } = each;
  const printer = await room.printerThat(mode);
  if (asked === 'asked') room.answering.add(1);
  room.add(1, 1, kind);
  const { notAfter } = room.job();
  const queue = room.open({ limits: limitsFor(each) });
  queue.wake();
  await room.untilPatienceEnds();
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
async function expectEnds(of: PrinterCase): Promise<void> {
  const each = KINDS.flatMap((kind) => [false, true].map((hasOther) => expectEnd({ ...of, kind }, hasOther)));
  await Promise.all(each);
}

describe('every kind of paper ends by its deadline, once, on one printer', () => {
  const hangs = ({ end }: PrinterCase) => end.problem === 'deadline';
  describe.concurrent('at a printer that hangs', () => {
    it.each(printerCases.filter(hangs))('$mode, $asked: $end.state', (of) => expectEnds(of));
  });
  describe('at a printer that does something', () => {
    it.each(printerCases.filter((of) => !hangs(of)))('$mode, $asked: $end.state', (of) => expectEnds(of));
  });
});
