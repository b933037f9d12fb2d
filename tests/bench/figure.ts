/** One line of the bench: a value beside its floor, measured in the same run because machines differ. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the same machine does at the least for this; null where a figure has none. */
  readonly floor: number | null;
  readonly ratio: number | null;
  /** The ratio to reach; null where it is only told. */
  readonly target: number | null;
  readonly ok: boolean;
}

export function figure(
  name: string,
  value: number,
  unit: string,
  floor: number | null,
  target: number | null,
): Figure {
  const ratio = floor === null ? null : value / floor;
  return {
    name,
    value,
    unit,
    floor,
    ratio,
    target,
    ok: target === null || ratio === null || ratio <= target,
  };
}

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

/** A small generator with a seed, so that two runs ring the same baskets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
