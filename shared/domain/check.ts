/**
 * Assertions of the rules. They stay on in production: a broken one is a mistake in the program, never a
 * "no" to a person, and stops the command before anything is written.
 */

/** Throws `Error("rule broken: …")` when `condition` is false. */
export function assertRule(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`rule broken: ${message}`);
}

/**
 * floor(a × b / c) and what is left over, exact for any safe integers with a, b ≥ 0 and c > 0.
 * The product of two amounts does not always fit a double, so the large ones go through BigInt;
 * the usual small ones stay with plain numbers because a basket does this for every line.
 */
export function multiplyDivide(a: number, b: number, c: number): { quotient: number; remainder: number } {
  assertRule(
    Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(c),
    'whole numbers only',
  );
  assertRule(a >= 0 && b >= 0 && c > 0, 'multiplyDivide takes a, b ≥ 0 and c > 0');
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % c;
    return { quotient: (product - remainder) / c, remainder };
  }
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const quotient = Number(exact / divisor);
  assertRule(Number.isSafeInteger(quotient), 'quotient out of range');
  return { quotient, remainder: Number(exact % divisor) };
}

/** round-half-up(a × b / c), same limits as `multiplyDivide`. */
export function multiplyDivideHalfUp(a: number, b: number, c: number): number {
  const { quotient, remainder } = multiplyDivide(a, b, c);
  // remainder ≥ c / 2, written without a fraction and without doubling past the safe range.
  return remainder >= c - remainder ? quotient + 1 : quotient;
}
