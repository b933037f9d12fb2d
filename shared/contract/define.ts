import type { z } from 'zod';
import type { RejectionName } from './rejections.ts';
import type { Access } from './roles.ts';

/**
 * One entry of the contract. Three kinds:
 * - `command`: an intent that may change the books; has a client-made id, is journaled, happens once
 * - `query`: a read; may be repeated freely
 * - `operation`: sessions, approvals, backups, print-job states: short transactions of their own, never journaled,
 *   never money or goods
 */
export interface Entry<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output = unknown,
  Rejects extends RejectionName = RejectionName,
> {
  readonly kind: 'command' | 'query' | 'operation';
  readonly name: Name;
  /** Version of a command's input as it is journaled. A later version keeps an upcaster for each earlier one. */
  readonly version: number;
  readonly input: Input;
  readonly rejections: readonly Rejects[];
  readonly access: Access;
  /** A till document belongs to the business day its shift was opened on; its input names the shift. */
  readonly dayOf?: 'shift';
  /** A manager must be able to give it while the clock is in doubt. */
  readonly evenIfClockDoubtful?: boolean;
  /** Whoever may open the data folder itself needs no session for it: the same could be had from the files. */
  readonly ownerToo?: boolean;
  /** Turns an input journaled under an earlier version into today's; used by replay only. */
  readonly upcast?: (input: unknown, version: number) => unknown;
  /** Only its type is used: what `ok` carries. */
  readonly output?: Output;
}

interface Spec<Input extends z.ZodType, Rejects extends RejectionName> {
  input: Input;
  rejections?: readonly Rejects[];
  access: Access;
  version?: number;
  dayOf?: 'shift';
  evenIfClockDoubtful?: boolean;
  ownerToo?: boolean;
  upcast?: (input: unknown, version: number) => unknown;
}

/** States the type of an entry's answer. Answers come from our own engine, so they are typed, not parsed. */
export type Answers<Output> = <
  Name extends string,
  Input extends z.ZodType,
  Rejects extends RejectionName = never,
>(
  name: Name,
  spec: Spec<Input, Rejects>,
) => Entry<Name, Input, Output, Rejects>;

function definer<Output>(kind: Entry['kind']): Answers<Output> {
  return (name, spec) => ({ kind, rejections: [], version: 1, name, ...spec }) as never;
}

export const command = <Output>() => definer<Output>('command');
export const query = <Output>() => definer<Output>('query');
export const operation = <Output>() => definer<Output>('operation');

/** What a caller sends. */
export type InputOf<E extends Entry> = z.input<E['input']>;
/** What the door has after parsing. */
export type ParsedOf<E extends Entry> = z.output<E['input']>;
/** What `ok` carries. */
export type OutputOf<E extends Entry> = Exclude<E['output'], undefined>;
/** The names an entry may answer "no" with, besides the door's own. */
export type RejectsOf<E extends Entry> = E['rejections'][number];
