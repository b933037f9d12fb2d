import { checkPin, type PinProblem } from '../../../shared/domain/pin.ts';
import type { Problem } from '../../engine/problem.ts';

export const pinFields = ['old', 'fresh', 'again'] as const;
export type PinFieldName = (typeof pinFields)[number];

/** What was typed: the PIN until now, the new one, and the new one once more. */
export type PinDraft = Readonly<Record<PinFieldName, string>>;

export interface PinFlaw {
  field: PinFieldName;
  /** `missing`: nothing typed yet. */
  why: 'missing' | 'same' | 'differs' | PinProblem;
}

/** The first thing in the way of changing the PIN, from the top of the form; undefined: it can be given. */
export function flawOf({ old, fresh, again }: PinDraft): PinFlaw | undefined {
  if (old === '') return { field: 'old', why: 'missing' };
  if (fresh === '') return { field: 'fresh', why: 'missing' };
  const problem = checkPin(fresh);
  if (problem) return { field: 'fresh', why: problem };
  if (fresh === old) return { field: 'fresh', why: 'same' };
  if (again === '') return { field: 'again', why: 'missing' };
  return again === fresh ? undefined : { field: 'again', why: 'differs' };
}

/** The field under which the engine's no belongs; undefined: it is about none of them. */
export function fieldOf(problem: Problem | undefined): PinFieldName | undefined {
  if (problem?.kind !== 'rejected') return undefined;
  if (problem.name === 'wrong-pin' || problem.name === 'too-fast') return 'old';
  if (problem.name === 'pin-too-short' || problem.name === 'pin-too-simple') return 'fresh';
  return undefined;
}
