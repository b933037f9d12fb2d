import { LONGEST_SHIFT_MS } from '../../../shared/contract/shift.ts';

/** Two hours before the till stops selling there is still time to finish with the buyers and count. */
const WARN_BEFORE_MS = 2 * 60 * 60 * 1000;

/** `soon`: the shift must be closed before long. `over`: the till sells no more on it. Moments in ms since 1970. */
export function shiftAge(openedAt: number, now: number): 'fine' | 'soon' | 'over' {
  const ageMs = now - openedAt;
  if (ageMs > LONGEST_SHIFT_MS) return 'over';
  return ageMs > LONGEST_SHIFT_MS - WARN_BEFORE_MS ? 'soon' : 'fine';
}

/** When the till stops selling on a shift, ms since 1970. */
export function lastMoment(openedAt: number): number {
  return openedAt + LONGEST_SHIFT_MS;
}
