/** Hostile values, and every place in a valid input that they may be put in. */

/** Values that somebody might send in the place of any other. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  99_999_999_999,
  '',
  ' ',
  '0',
  'x'.repeat(5000),
  '\u0000',
  'a\nb',
  '\ud800',
  'e\u0301\u202e👩‍🍳',
  "'; DROP TABLE sale; --",
  '%_\\',
  '=cmd|calc',
  '__proto__',
  '0001-01-01',
  '9999-12-31',
  '00000000-0000-0000-0000-000000000000',
  [],
  [[]],
  {},
];

export type Path = (string | number)[];

/** Every place in a value, the value itself first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** A copy of a value with one place in it changed. */
export function changed(
  value: unknown,
  [key, ...rest]: Path,
  change: (holder: Record<string, unknown>, key: string) => void,
) {
  const copy = structuredClone(value) as Record<string, unknown>;
  let holder = copy;
  let last = String(key);
  for (const step of rest) {
    holder = holder[last] as Record<string, unknown>;
    last = String(step);
  }
  change(holder, last);
  return copy;
}
