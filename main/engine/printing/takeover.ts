import type { JobKey, JobKind, PrintJob, Within } from './jobs.ts';
import type { SendProblem } from './printer.ts';

/** Where a wish belongs, and which printer takes over what that one surely did not print. */
export interface PrintRoute {
  home: number;
  fallback: number | null;
}

/** Undefined when the wish is gone. `fallback` is named only when it has a printer now. */
export type RouteOf = (key: JobKey) => PrintRoute | undefined;

/** With these a printer will not print in the next seconds either; others pass, like a till that has it just now. */
const WILL_NOT_PRINT: ReadonlySet<SendProblem> = new Set([
  'refused',
  'no-route',
  'no-answer',
  'unknown-host',
  'no-device',
  'paper-out',
]);
const TRIES = 3;
const WAITED_MS = 10_000;

/**
 * The printer that takes a job over after a try of which surely nothing left us; undefined while its own printer keeps
 * it. A job moves once: what took over has no printer behind it. The drawer hangs on its own printer, so a kick stays.
 */
export function takesOver(
  job: PrintJob,
  kind: JobKind,
  problem: SendProblem,
  route: PrintRoute | undefined,
  times: { now: number; within: Within },
): number | undefined {
  if (kind === 'drawer' || problem === 'stopped') return undefined;
  if (!route || route.fallback === null || route.home !== job.printer) return undefined;
  // A run of labels that is under way did not wait for this printer all that time.
  const isFresh = job.notAfter !== null && job.labelsOut === 0;
  const waitedMs = isFresh ? times.now - ((job.notAfter ?? 0) - times.within[kind]) : 0;
  const isPatienceOver = job.attempts >= TRIES || waitedMs >= WAITED_MS;
  return WILL_NOT_PRINT.has(problem) || isPatienceOver ? route.fallback : undefined;
}
