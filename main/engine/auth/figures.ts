/**
 * The figures of an approval as one text: keys in order, so that the same figures always read the same. What a
 * person approves is the whole input of the command, so nothing in it can be another afterwards.
 */
export function canonicalFigures(figures: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(figures).sort(([left], [right]) => (left < right ? -1 : 1)));
}
