import type { Entry } from '../../shared/contract/define.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { type QueryContext, Rejection, reject } from './context.ts';
import type { Engine } from './engine.ts';

/** Answers a query from the books as they are. Nothing is written; it may be asked again at any time. */
export function answer(engine: Engine, entry: Entry, input: unknown, actor: number | null): Outcome {
  const handler = engine.handlers.get(entry.name);
  if (!handler) throw new Error(`no handler for ${entry.name}`);
  const context: QueryContext = {
    sql: engine.sql,
    totals: engine.ledger.totals,
    shelves: engine.ledger.shelves,
    reject,
    actor,
    at: engine.now(),
  };
  try {
    const value = (handler.run as (ctx: QueryContext, input: unknown) => unknown)(context, input);
    return { outcome: 'ok', value };
  } catch (error) {
    if (error instanceof Rejection)
      return { outcome: 'rejected', name: error.rejection, details: error.details };
    throw error;
  }
}
