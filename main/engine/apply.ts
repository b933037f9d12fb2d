import type { Entry } from '../../shared/contract/define.ts';
import type { Topic } from '../../shared/contract/topics.ts';
import { moneyAccount } from '../../shared/domain/chart.ts';
import { type CommandFacts, commandContext, type Handler, type PrintWish, Rejection } from './context.ts';
import { historyWriter } from './history.ts';
import type { Journal } from './journal.ts';
import { held, type Ledger } from './ledger.ts';
import type { Books } from './store/open.ts';
import type { Statements } from './store/statements.ts';

/** The parts that running a command needs; the same in a live engine and in a replay. */
export interface Core {
  readonly books: Books;
  readonly sql: Statements;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly handlers: ReadonlyMap<string, Handler>;
  blob(sha256: string): Buffer | undefined;
}

/** What a handler did: the journal's outcome and effects, and what to tell others after the commit. */
export interface Applied {
  readonly outcome: JournaledOutcome;
  readonly effects: Buffer;
  readonly wishes: readonly PrintWish[];
  readonly topics: ReadonlySet<Topic>;
  /** Users whose sessions end with it. */
  readonly signedOut: ReadonlySet<number>;
}

export type JournaledOutcome = { ok: unknown } | { rejected: string; details: object };

/** CHECKs of the books whose violation is a typed "no", and the name of that "no". */
const floorRejections = new Map([
  ['drawer_short', 'drawer-short'],
  ['stock_not_negative', 'stock-not-negative'],
  ['payout_exceeds_approved', 'payout-exceeds-approved'],
]);

/**
 * Runs a command's handler inside the transaction that is open. A "no" leaves no trace but its outcome: everything
 * the handler wrote is taken back to the savepoint. An exception of any other kind passes through.
 */
export function apply(core: Core, entry: Entry, facts: CommandFacts, input: unknown): Applied {
  const handler = core.handlers.get(entry.name);
  if (!handler) throw new Error(`no handler for ${entry.name}`);
  const writer = historyWriter(core.sql);
  const topics = new Set<Topic>();
  const signedOut = new Set<number>();
  const wishes: PrintWish[] = [];
  const { sql, ledger } = core;
  const context = commandContext({ facts, sql, ledger, writer, blob: core.blob, topics, signedOut, wishes });
  sql.run('SAVEPOINT handler');
  try {
    const value = (handler.run as (ctx: unknown, input: unknown) => unknown)(context, input);
    if (value instanceof Promise) throw new Error(`${entry.name} answers later: a handler is synchronous`);
    if (held(ledger.totals(moneyAccount('clearing'))) !== 0)
      throw new Error(`${entry.name} leaves money in clearing`);
    sql.run('RELEASE handler');
    return { outcome: { ok: value ?? {} }, effects: writer.effects(), wishes, topics, signedOut };
  } catch (error) {
    const no = asRejection(error);
    if (!no || !core.books.inTransaction) throw error;
    if (!(entry.rejections as readonly string[]).includes(no.name)) {
      throw new Error(`${entry.name} says ${no.name}, which its contract does not promise`, { cause: error });
    }
    sql.run('ROLLBACK TO handler');
    sql.run('RELEASE handler');
    sql.forget();
    ledger.forget();
    return {
      outcome: { rejected: no.name, details: no.details },
      effects: Buffer.alloc(0),
      wishes: [],
      topics: new Set(),
      signedOut: new Set(),
    };
  }
}

function asRejection(error: unknown): { name: string; details: object } | undefined {
  if (error instanceof Rejection) return { name: error.rejection, details: error.details };
  if (!(error instanceof Error) || !error.message.startsWith('CHECK constraint failed: ')) return undefined;
  const name = floorRejections.get(error.message.slice('CHECK constraint failed: '.length));
  return name ? { name, details: {} } : undefined;
}
