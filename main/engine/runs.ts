import { createHash } from 'node:crypto';
import { RUN_PART_VENDORS, runPart } from '../../shared/contract/run.ts';
import { type CommandId, uuidV7 } from '../../shared/domain/id.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import type { Engine } from './engine.ts';
import { execute } from './execute.ts';
import { liveRun, type RunRow, type RunStart, startOfRun } from './store/runs.ts';

/**
 * Carries runs out: the engine gives itself one `run.part` after another and lets every waiting call be answered
 * between two of them. What is done stands in the books, so a crash loses nothing: the next start goes on with the
 * part that is missing.
 */

/** Waits after a part that could not be written, for as long as the reason lasts; the last one repeats. */
const RETRY_WAITS_MS = [1_000, 2_000, 5_000, 15_000, 60_000];

/**
 * What a part may take of the processor, since a till's call may have to wait for all of it. Waiting for the disk does
 * not count: that is once for each part, and smaller parts would only make it more often.
 */
const PART_CPU_MS = 3;
const FIRST_PART_VENDORS = 10;

/** What passes by itself or by somebody's doing, and leaves the part's id unused. Any other "no" would come again. */
const PASSING: ReadonlySet<string> = new Set(['clock-doubtful', 'disk-full', 'busy']);

/** Who gives these commands, in the journal. */
const DEVICE = 'engine';

export interface Runs {
  /**
   * Says that there may be something to do: at boot, and after a commit about runs, which also shows that the disk has
   * room again and the clock is believed. Returns at once.
   */
  wake(): void;
  /** Resolves when every part that can be written now is written; not while one waits for the disk or the clock. */
  finish(): Promise<void>;
  /** Begins no further part. */
  close(): void;
}

export function createRuns(engine: Engine, retryWaitsMs: readonly number[] = RETRY_WAITS_MS): Runs {
  let due: NodeJS.Immediate | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;
  let vendors = FIRST_PART_VENDORS;
  /** A run that was told "no" for good: it waits for a person to stop it, or for the next start. */
  let stuck: number | undefined;

  function wake(): void {
    if (isClosed) return;
    clearTimeout(timer);
    due ??= setImmediate(step);
  }

  function step(): void {
    due = undefined;
    if (isClosed || engine.stopping) return;
    const went = oncePart();
    if (went === 'nothing') return;
    if (went === 'done') {
      failures = 0;
      wake();
      return;
    }
    const waitMs = retryWaitsMs[Math.min(failures, retryWaitsMs.length - 1)] as number;
    failures += 1;
    timer = setTimeout(wake, waitMs);
    // Nobody shall wait for a run at the end of the program.
    timer.unref();
  }

  function oncePart(): 'done' | 'nothing' | 'later' {
    try {
      const run = liveRun(engine.sql);
      if (!run || run.seq === stuck) return 'nothing';
      const before = process.cpuUsage();
      const outcome = givePart(engine, run, vendors);
      const { user, system } = process.cpuUsage(before);
      vendors = nextSize(vendors, (user + system) / 1000);
      if (outcome.outcome === 'ok') return 'done';
      const no = outcome.outcome === 'rejected' ? outcome.name : 'fault';
      engine.log.warn({ run: run.seq, part: run.part + 1, no }, 'a part of a run was refused');
      if (PASSING.has(no)) return 'later';
      stuck = run.seq;
      return 'nothing';
    } catch (error) {
      engine.log.error({ err: error }, 'a part of a run failed');
      return 'later';
    }
  }

  return {
    wake,
    async finish() {
      while (due !== undefined) await new Promise((resolve) => setImmediate(resolve));
    },
    close() {
      isClosed = true;
      clearImmediate(due);
      clearTimeout(timer);
    },
  };
}

/** As many vendors as would have taken what a part may take; never more than twice as many as before. */
function nextSize(vendors: number, cpuMs: number): number {
  const fitting = Math.floor(vendors * Math.min(2, PART_CPU_MS / cpuMs));
  return Math.max(1, Math.min(RUN_PART_VENDORS, fitting));
}

function givePart(engine: Engine, run: RunRow, vendors: number): Outcome {
  const part = run.part + 1;
  const start = startOfRun(engine.sql, run.seq);
  const outcome = execute(engine, {
    entry: runPart,
    id: partCommandId(start, part),
    input: { run: run.seq, part, vendors },
    actor: start.actor,
    device: DEVICE,
    approval: undefined,
  });
  if (outcome instanceof Promise) throw new Error('rule broken: a part of a run is one transaction');
  return outcome;
}

/**
 * The id of a part follows from the command that began its run, so that a part given again is the same command and is
 * done once. Shaped as RFC 9562 asks of version 7, with 74 bits of SHA-256 where others have random ones.
 */
export function partCommandId({ id, at }: Pick<RunStart, 'id' | 'at'>, part: number): CommandId {
  const digest = createHash('sha256').update(`titipan run part 1 ${id} ${part}`).digest();
  return uuidV7(at, digest.subarray(0, 16));
}
