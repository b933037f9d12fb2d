/** Every kind of printer, asked for paper or not, and what is known of a job there when its time is over. */
import type { PrintLimits } from '../../main/engine/printing/queue.ts';
import { PRINTER_MODES, type PrinterMode } from '../support/fake-printer.ts';

export interface End {
  state: 'sent' | 'unconfirmed' | 'failed';
  /** Of the newest try, which the printer's standing keeps. */
  problem?: string;
}
const SENT: End = { state: 'sent' };
const unsure = (problem: string): End => ({ state: 'unconfirmed', problem });
const failed = (problem: string): End => ({ state: 'failed', problem });

const ENDS: Record<PrinterMode, { silent: End; asked?: End }> = {
  good: { silent: SENT, asked: SENT },
  paced: { silent: SENT },
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

export interface PrinterCase {
  mode: PrinterMode;
  asked: 'asked' | 'not asked';
  end: End;
}

export const printerCases: readonly PrinterCase[] = PRINTER_MODES.flatMap((mode) => {
  const { silent, asked } = ENDS[mode];
  const notAsked: PrinterCase = { mode, asked: 'not asked', end: silent };
  return asked ? [notAsked, { mode, asked: 'asked' as const, end: asked }] : [notAsked];
});

/**
 * Short only where the time has to run out: a machine that stands still for a moment must not look like a printer
 * that hangs. A printer that hangs is waited for until the send deadline, after the questions that it leaves open.
 */
const SHORT_MS = { send: 1_500, connect: 300, ask: 200 };
const LONG_MS = 30_000;

export function limitsFor({ mode, end }: PrinterCase): Partial<PrintLimits> {
  return {
    sendMs: end.problem === 'deadline' ? SHORT_MS.send : LONG_MS,
    connectMs: mode === 'noAnswer' ? SHORT_MS.connect : LONG_MS,
    askMs: ['answers', 'paperOut', 'coverOpen', 'runsOut'].includes(mode) ? LONG_MS : SHORT_MS.ask,
    leastMs: 1,
    retryWaitsMs: [20, 40],
  };
}
