import type { Entry } from '../../../shared/contract/define.ts';
import { replaceMarked } from '../seal/seal-input.ts';

/**
 * What an approval covers, as one text: the whole input of the command, keys in order at every depth, so that the same
 * input always reads the same and nothing in it can be another afterwards. PINs and personal text stay out of it: a
 * digest of it is stored.
 */
export function canonicalFigures(entry: Entry, input: unknown): string {
  const hidden = replaceMarked(entry.input, input, { pin: () => '', personal: () => '' });
  return JSON.stringify(inOrder(hidden));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
