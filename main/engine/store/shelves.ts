import type { Statements } from './statements.ts';

/** One shelf of a product that holds something. Batch 0 is the no-batch shelf. */
export interface Shelf {
  readonly batch: number;
  readonly onHand: number;
  readonly expires: string | null;
}

/** First expired, first out; what has no date goes last, older batches before newer. */
export function stockedShelves(sql: Statements, product: number): Shelf[] {
  return sql.all<Shelf>(
    `SELECT coalesce(batch.id, 0) AS batch, account.debits - account.credits AS onHand, batch.expires
     FROM account LEFT JOIN batch ON batch.id = CAST(account.owner AS INTEGER)
     WHERE account.ledger = ? AND account.code = 'shelf' AND account.debits > account.credits
     ORDER BY batch.expires IS NULL, batch.expires, batch.id`,
    product,
  );
}

/** A batch may be sold up to and including its printed day. */
export function isExpired(shelf: { readonly expires: string | null }, day: string): boolean {
  return shelf.expires !== null && shelf.expires < day;
}
