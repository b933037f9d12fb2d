/** Proves how a printer stands: by its newest try, in memory and again from the newest rows after a start. */
import { describe, expect, it } from 'vitest';
import type { JobProblem, JobState, PrintJob } from '../../main/engine/printing/jobs.ts';
import { createStandings } from '../../main/engine/printing/standing.ts';

const nobody = new Map<number, number>();
const idle = () => false;

function row(
  printer: number,
  state: JobState,
  updatedAt: number,
  problem: JobProblem | null = null,
): PrintJob {
  const times = { notBefore: 0, notAfter: 0, updatedAt };
  return {
    wishSeq: updatedAt,
    wishN: 0,
    printer,
    state,
    asked: 'wish',
    attempts: 1,
    problem,
    labelsOut: 0,
    ...times,
  };
}

function standing(rows: PrintJob[]) {
  return createStandings(rows).list(nobody, idle)[0];
}

describe('after a start', () => {
  it.each([
    ['sent', null, 'fine'],
    ['unconfirmed', 'reset', 'trouble'],
    ['retry', 'refused', 'trouble'],
    ['failed', 'too-late', 'trouble'],
  ] as const)('a newest row that is %s (%s) means %s', (state, problem, expected) => {
    const older = row(1, state === 'sent' ? 'unconfirmed' : 'sent', 1, state === 'sent' ? 'reset' : null);
    expect(standing([row(1, state, 2, problem), older])).toMatchObject({ state: expected, problem });
  });

  it.each([
    ['dismissed', 'reset'],
    ['unconfirmed', 'interrupted'],
    ['failed', 'cannot-print'],
    ['queued', null],
    ['sending', null],
  ] as const)('a row that is %s (%s) says nothing of the printer', (state, problem) => {
    expect(standing([row(1, state, 2, problem)])).toBeUndefined();
    expect(standing([row(1, state, 2, problem), row(1, 'sent', 1)])).toMatchObject({ state: 'fine' });
  });

  it('a job that nobody tried says nothing of the printer', () => {
    expect(standing([{ ...row(1, 'failed', 2, 'too-late'), attempts: 0 }])).toBeUndefined();
  });
});

describe('while the engine runs', () => {
  it('the newest try counts, of a test page as well', () => {
    const standings = createStandings([row(2, 'sent', 1)]);
    standings.note(1, { outcome: 'failed', problem: 'no-answer' });
    expect(standings.list(nobody, idle)).toEqual([
      { printer: 1, state: 'trouble', problem: 'no-answer', waiting: 0 },
      { printer: 2, state: 'fine', problem: null, waiting: 0 },
    ]);
    standings.note(1, { outcome: 'sent', evidence: 'closed' });
    expect(standings.list(nobody, idle)[0]).toMatchObject({ state: 'fine', problem: null });
  });

  it('our own stop is not the trouble of a printer', () => {
    const standings = createStandings([row(1, 'sent', 1)]);
    standings.note(1, { outcome: 'unconfirmed', problem: 'stopped' });
    expect(standings.list(nobody, idle)[0]).toMatchObject({ state: 'fine' });
  });

  it('works while something is under way or waits, and stays in trouble until something came out', () => {
    const standings = createStandings([row(1, 'sent', 1), row(2, 'unconfirmed', 2, 'deadline')]);
    const waiting = new Map([
      [2, 3],
      [3, 1],
    ]);
    expect(standings.list(waiting, (printer) => printer === 1)).toEqual([
      { printer: 1, state: 'working', problem: null, waiting: 0 },
      { printer: 2, state: 'trouble', problem: 'deadline', waiting: 3 },
      { printer: 3, state: 'working', problem: null, waiting: 1 },
    ]);
  });
});
