/**
 * Proves the clock by which paper grows late: it never goes back, never lags behind the wall clock or behind the time
 * that has really gone by, and says whole milliseconds, whatever is done to the wall clock.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPrintClock } from '../../main/engine/printing/print-clock.ts';
import { seeded } from '../support/seed.ts';

const START = 1_760_000_000_000;
const DAY = 86_400_000;
/** Between two looks at the clock: how much time went by, and by how much the wall clock was set. */
const step = fc.record({
  passedMs: fc.double({ min: 0, max: DAY, noNaN: true }),
  setMs: fc.oneof(fc.constant(0), fc.integer({ min: -DAY, max: DAY })),
});

it('goes on whatever is done to the wall clock', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      let wall = START;
      let steady = 1_234.5;
      const now = createPrintClock(
        () => wall,
        () => steady,
      );
      let last = now();
      for (const { passedMs, setMs } of steps) {
        steady += passedMs;
        wall += passedMs + setMs;
        const read = now();
        const isOn = read - last >= passedMs - 1 && read >= wall - 1;
        if (!Number.isSafeInteger(read) || !isOn) return false;
        last = read;
      }
      return true;
    }),
    seeded(),
  );
});

it('is the wall clock while nobody sets it', () => {
  const now = createPrintClock(Date.now);
  expect(Math.abs(now() - Date.now())).toBeLessThan(1_000);
});
