/** How often something that broke is started again before a person is asked. */
export interface RestartBudget {
  /** How long to wait before the next start, or undefined when there were too many of late. */
  nextWaitMs(nowMs: number): number | undefined;
  /** A person asked for another try: past restarts no longer count. */
  forgive(): void;
}

const WINDOW_MS = 60_000;
/** One entry a restart, growing, so that a passing trouble (a slow disk, a file still locked) may pass. */
const WAITS_MS = [200, 1_000, 3_000];

/** Allows three restarts in sixty seconds. `nowMs` must come from a clock that never runs backwards. */
export function createRestartBudget(): RestartBudget {
  let restartsAtMs: number[] = [];
  return {
    nextWaitMs(nowMs) {
      restartsAtMs = restartsAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
      const waitMs = WAITS_MS[restartsAtMs.length];
      if (waitMs !== undefined) restartsAtMs.push(nowMs);
      return waitMs;
    },
    forgive() {
      restartsAtMs = [];
    },
  };
}
