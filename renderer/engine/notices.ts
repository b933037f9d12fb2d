import { connection } from '../stores/connection.ts';
import { session } from '../stores/session.ts';
import type { Problem } from './problem.ts';

/** Answers that concern the whole page and not the one screen that asked: the session is gone, the clock is doubted. */
export function noticeProblem(problem: Problem): void {
  if (problem.kind !== 'rejected') return;
  if (problem.name === 'no-session') session.getState().doubted();
  if (problem.name === 'setup-needed') connection.getState().askFrontAgain();
  if (problem.name === 'clock-doubtful') {
    const { lastAt, now } = problem.details;
    connection.getState().doubtClock({ lastAt: Number(lastAt), now: Number(now) });
  }
}
