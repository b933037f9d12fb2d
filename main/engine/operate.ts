import type { Entry, OutputOf, ParsedOf } from '../../shared/contract/define.ts';
import type { RejectionDetails, RejectionName } from '../../shared/contract/rejections.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { Rejection } from './context.ts';
import type { Engine } from './engine.ts';
import type { UserRow } from './store/rows.ts';

/** Who calls an operation, from where. */
export interface Caller {
  /** undefined before signing in. */
  readonly user: UserRow | undefined;
  readonly device: string;
  readonly token: string | undefined;
}

/** An operation's "no": it may use the door's names as well. */
export function refuse<Name extends RejectionName>(name: Name, details: RejectionDetails[Name]): never {
  throw new Rejection(name, details);
}

/** An operation and the function behind it. It may take time; its transactions are short and its own. */
export interface Operation {
  readonly entry: Entry;
  run(engine: Engine, input: never, caller: Caller): unknown;
}

export function operates<E extends Entry>(
  entry: E,
  run: (engine: Engine, input: ParsedOf<E>, caller: Caller) => OutputOf<E> | Promise<OutputOf<E>>,
): Operation {
  return { entry, run };
}

/** Runs an operation and turns its "no" into a typed answer. */
export async function operate(
  engine: Engine,
  operation: Operation,
  input: unknown,
  caller: Caller,
): Promise<Outcome> {
  try {
    return { outcome: 'ok', value: await operation.run(engine, input as never, caller) };
  } catch (error) {
    if (error instanceof Rejection)
      return { outcome: 'rejected', name: error.rejection, details: error.details };
    throw error;
  }
}
