/**
 * The roundings of the rules once more, for tests: in BigInt, and by what defines them rather than by dividing, so that
 * a mistake in the program's arithmetic is not repeated here.
 */

/** Whether `value` = floor(numerator / denominator), denominator > 0. */
export function isFloor(value: bigint, numerator: bigint, denominator: bigint): boolean {
  return value * denominator <= numerator && numerator < (value + 1n) * denominator;
}

/** Whether `value` is numerator / denominator to the nearest whole number, an exact half to the higher one. */
export function isHalfUp(value: bigint, numerator: bigint, denominator: bigint): boolean {
  const twice = 2n * numerator;
  return (2n * value - 1n) * denominator <= twice && twice < (2n * value + 1n) * denominator;
}

/** round-half-up(a × b / c), by another way than the program's: add half, then floor. */
export function halfUp(a: number, b: number, c: number): bigint {
  return (2n * BigInt(a) * BigInt(b) + BigInt(c)) / (2n * BigInt(c));
}

/** Largest remainder by its definition, one rupiah at a time to whoever is furthest below the exact share. */
export function slowSplit(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / sum);
  const behind = weights.map((weight, index) => total * weight - parts[index]! * sum);
  for (let left = total - parts.reduce((a, b) => a + b, 0n); left > 0n; left -= 1n) {
    let furthest = 0;
    for (let index = 1; index < behind.length; index += 1)
      if (behind[index]! > behind[furthest]!) furthest = index;
    parts[furthest]! += 1n;
    behind[furthest]! -= sum;
  }
  return parts;
}
