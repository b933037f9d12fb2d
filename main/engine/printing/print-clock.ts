import { uptime } from 'node:os';

/** Milliseconds since the machine was started; goes on while the machine sleeps, and nobody can set it. */
const sinceStart = (): number => uptime() * 1_000;

/**
 * The clock by which paper grows late: whole milliseconds since 1970, as the wall clock says, except that it never goes
 * back. A wall clock that is set back during the life of the engine would give every waiting job that time once more,
 * and a receipt would come out an hour after its buyer; so from then on the time since the machine's start is counted.
 * A wall clock that is set forward is followed: then a job is late too early, waits for a person, and harms nobody.
 */
export function createPrintClock(wall: () => number, steady: () => number = sinceStart): () => number {
  let aheadMs = Number.NEGATIVE_INFINITY;
  return () => {
    // The wall first: a pause between the two readings must not put this clock ahead for good.
    const wallMs = wall();
    const steadyMs = steady();
    aheadMs = Math.max(aheadMs, wallMs - steadyMs);
    return Math.round(steadyMs + aheadMs);
  };
}
