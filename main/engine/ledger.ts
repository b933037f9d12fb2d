import { type AccountReference, chart, floorNumber } from '../../shared/domain/chart.ts';
import type { Reason } from '../../shared/domain/reasons.ts';
import type { HistoryWriter } from './history.ts';
import { createShelves, type Shelf } from './store/shelves.ts';
import type { Statements } from './store/statements.ts';

/** Debit X / credit Y, one amount. What the accounts mean is the chart's business (shared/domain/chart.ts). */
export interface Posting {
  readonly debit: AccountReference;
  readonly credit: AccountReference;
  /** Rupiah or thousandths. 0 posts nothing; a negative amount posts with its sides swapped. */
  readonly amount: number;
  /** Why. Shown on statements. */
  readonly reason: Reason;
  /** Line of the document that it explains. */
  readonly line?: number;
}

export interface Totals {
  readonly debits: number;
  readonly credits: number;
}

export interface Ledger {
  /** Posts within the running command. A broken floor throws SQLite's named CHECK, which the door turns into a "no". */
  post(writer: HistoryWriter, command: { seq: number; day: string }, posting: Posting): void;
  /** Running totals; zeros for an account that nothing was ever posted to. */
  totals(account: AccountReference): Totals;
  /** The account's number, if it exists. */
  find(account: AccountReference): number | undefined;
  /** The shelves of a product that hold something, first expired first. */
  shelves(product: number): readonly Shelf[];
  /** Forgets what a rolled-back command may have added to the cache. */
  forget(): void;
}

export function createLedger(statements: Statements): Ledger {
  const known = new Map<string, number>();
  const shelves = createShelves(statements);
  let nextAccount = 0;
  let nextTransfer = 0;

  function keyOf(account: AccountReference): string {
    return `${account.ledger}/${account.code}/${account.owner}`;
  }

  function find(account: AccountReference): number | undefined {
    const key = keyOf(account);
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const id = statements.value<number>(
      'SELECT id FROM account WHERE ledger = ? AND code = ? AND owner = ?',
      account.ledger,
      account.code,
      account.owner,
    );
    if (id !== undefined) known.set(key, id);
    return id;
  }

  function open(writer: HistoryWriter, seq: number, account: AccountReference): number {
    const existing = find(account);
    if (existing !== undefined) return existing;
    const kind = chart[account.code];
    if ((kind.ledger === 'money') !== (account.ledger === 0))
      throw new Error(`${keyOf(account)} is in the wrong ledger`);
    if (kind.ledger === 'money' && (kind.owner === '') !== (account.owner === '')) {
      throw new Error(`${keyOf(account)} needs ${kind.owner || 'no'} owner`);
    }
    const id =
      nextAccount || (statements.value<number>('SELECT coalesce(max(id), 0) + 1 FROM account') as number);
    const { ledger, code, owner } = account;
    writer.insert('account', { id, seq, ledger, code, owner, floor: floorNumber(code) });
    nextAccount = id + 1;
    known.set(keyOf(account), id);
    return id;
  }

  function post(writer: HistoryWriter, command: { seq: number; day: string }, posting: Posting): void {
    const { amount, reason, line } = posting;
    if (!Number.isSafeInteger(amount)) throw new Error(`${reason} posts ${amount}, which is no whole amount`);
    if (amount === 0) return;
    const [from, to] = amount > 0 ? [posting.debit, posting.credit] : [posting.credit, posting.debit];
    const debit = open(writer, command.seq, from);
    const credit = open(writer, command.seq, to);
    const id =
      nextTransfer || (statements.value<number>('SELECT coalesce(max(id), 0) + 1 FROM transfer') as number);
    writer.insert('transfer', {
      id,
      seq: command.seq,
      day: command.day,
      ledger: from.ledger,
      debit,
      credit,
      amount: Math.abs(amount),
      reason,
      line: line ?? null,
    });
    nextTransfer = id + 1;
    if (from.code === 'shelf') shelves.moved(from, Math.abs(amount));
    if (to.code === 'shelf') shelves.moved(to, -Math.abs(amount));
  }

  return {
    post,
    find,
    shelves: shelves.of,
    totals(account) {
      const id = find(account);
      if (id === undefined) return { debits: 0, credits: 0 };
      return statements.one<Totals>('SELECT debits, credits FROM account WHERE id = ?', id) as Totals;
    },
    forget() {
      known.clear();
      shelves.forget();
      nextAccount = 0;
      nextTransfer = 0;
    },
  };
}

/** What a debit account holds (cash, shelf): debits less credits. */
export function held(totals: Totals): number {
  return totals.debits - totals.credits;
}

/** What is owed on a credit account (vendor, payout-due): credits less debits. */
export function owed(totals: Totals): number {
  return totals.credits - totals.debits;
}
