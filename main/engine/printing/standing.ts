import type { JobProblem, PrintJob } from './jobs.ts';
import type { SendResult } from './printer.ts';

/** How a printer stands, by what came of its newest try. */
export interface PrinterStanding {
  printer: number;
  state: 'fine' | 'working' | 'trouble';
  /** Of the newest try; null where that came out. */
  problem: JobProblem | null;
  waiting: number;
}

/** These tell of the job or of us, not of the printer. */
const NOT_THE_PRINTERS: ReadonlySet<JobProblem> = new Set([
  'interrupted',
  'stopped',
  'fault',
  'no-printer',
  'no-drawer',
  'nothing-to-print',
  'cannot-print',
]);

/**
 * What came of each printer's newest try, kept in memory: a job that moved on to another printer leaves no trace of
 * its first one in the table. After a start it begins with what the newest rows say.
 */
export function createStandings(newestRows: readonly PrintJob[]) {
  const problems = new Map<number, JobProblem | null>();
  const tried = newestRows.filter(tellsOfPrinter).sort((left, right) => left.updatedAt - right.updatedAt);
  for (const row of tried) problems.set(row.printer, row.state === 'sent' ? null : row.problem);

  return {
    note(printer: number, result: SendResult): void {
      if (result.outcome === 'sent') problems.set(printer, null);
      else if (!NOT_THE_PRINTERS.has(result.problem)) problems.set(printer, result.problem);
    },

    /** Every printer that was tried or has something waiting, in rising order; of others nothing is known. */
    list(waiting: ReadonlyMap<number, number>, isAtWork: (printer: number) => boolean): PrinterStanding[] {
      const printers = [...new Set([...problems.keys(), ...waiting.keys()])].sort((a, b) => a - b);
      return printers.map((printer) => {
        const problem = problems.get(printer);
        const common = { printer, problem: problem ?? null, waiting: waiting.get(printer) ?? 0 };
        // A printer in trouble stays so while it is tried again: only a try that came out says otherwise.
        if (problem) return { ...common, state: 'trouble' };
        return { ...common, state: isAtWork(printer) || common.waiting > 0 ? 'working' : 'fine' };
      });
    },
  };
}

function tellsOfPrinter(job: PrintJob): boolean {
  if (job.state === 'sent') return true;
  const isOver = job.state === 'retry' || job.state === 'unconfirmed' || job.state === 'failed';
  return isOver && job.attempts > 0 && job.problem !== null && !NOT_THE_PRINTERS.has(job.problem);
}
