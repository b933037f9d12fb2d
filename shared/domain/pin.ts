/** The rule for a new PIN. Old PINs are not judged by it, so it may become stricter without shutting anybody out. */

export type PinProblem = 'pin-too-short' | 'pin-too-simple';

const PIN_PATTERN = /^[0-9]{6,12}$/;

/**
 * Undefined when `pin` may be used. `pin-too-short`: it is not 6 to 12 digits. `pin-too-simple`: every digit goes
 * on from the one before in the same step of 0, +1 or −1, as in 111111, 345678, 876543 or, past the zero, 789012.
 */
export function checkPin(pin: string): PinProblem | undefined {
  if (!PIN_PATTERN.test(pin)) return 'pin-too-short';
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, place) => (digit - (digits[place] ?? 0) + 10) % 10));
  const [step] = steps;
  const isRun = steps.size === 1 && (step === 0 || step === 1 || step === 9);
  return isRun ? 'pin-too-simple' : undefined;
}
