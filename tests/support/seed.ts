/**
 * The seed of a random test file: taken from `SEED=`, else drawn, and always printed, so that a failure seen
 * anywhere can be had again. `CASES=` sets how many cases each property tries: 10.000 by default, a million in a soak.
 */
import type { Parameters } from 'fast-check';

const DEFAULT_CASES = process.env.SOAK === '1' ? 1_000_000 : 10_000;
const MAX_CASES = 100_000_000;

/** The seed of this file's properties, a 31-bit integer. Throws when `SEED=` is none. */
export const seed: number = readWhole('SEED', Math.floor(Math.random() * 0x7fffffff), 0x7fffffff);

/** How many cases a property tries in this run. */
export const cases: number = readWhole('CASES', DEFAULT_CASES, MAX_CASES);

/** Long enough for a million cases of the slowest property on a slow machine; never a measure of anything. */
export const PROPERTY_TIMEOUT_MS = 3_600_000;

console.log(`SEED=${seed} CASES=${cases}`);

/** Parameters for `fc.assert`: the run's seed and number of cases. */
export function seeded<Values>(): Parameters<Values> {
  return { seed, numRuns: cases };
}

function readWhole(name: string, otherwise: number, max: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || value > max)
    throw new Error(`${name}=${text} is no number up to ${max}`);
  return value;
}
