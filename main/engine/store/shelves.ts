import type { AccountReference } from '../../../shared/domain/chart.ts';
import type { Statements } from './statements.ts';

/** One shelf of a product that holds something. Batch 0 is the no-batch shelf. */
export interface Shelf {
  readonly batch: number;
  readonly onHand: number;
  readonly expires: string | null;
}

/** What the open batches are, remembered from posting to posting: a sale asks for each of its lines. */
export interface Shelves {
  of(product: number): readonly Shelf[];
  /** A posting moved so many thousandths onto a shelf; negative for off it. */
  moved(shelf: AccountReference, amount: number): void;
  /** A command was taken back. */
  forget(): void;
}

/** More products than any center has; past that memory begins anew. */
const MAX_PRODUCTS = 100_000;

export function createShelves(sql: Statements): Shelves {
  const known = new Map<number, readonly Shelf[]>();
  return {
    of(product) {
      let shelves = known.get(product);
      if (!shelves) {
        if (known.size >= MAX_PRODUCTS) known.clear();
        shelves = shelvesIn(sql, product, 'shelf');
        known.set(product, shelves);
      }
      return shelves;
    },
    moved({ ledger: product, owner }, amount) {
      const shelves = known.get(product);
      if (!shelves) return;
      const batch = Number(owner || 0);
      // A shelf that was empty takes a place among the others, and only the books know its date.
      if (!shelves.some((shelf) => shelf.batch === batch)) known.delete(product);
      else {
        const after = shelves.map((shelf) =>
          shelf.batch === batch ? { ...shelf, onHand: shelf.onHand + amount } : shelf,
        );
        known.set(
          product,
          after.filter((shelf) => shelf.onHand > 0),
        );
      }
    },
    forget: () => known.clear(),
  };
}

/**
 * The shelves of a product that hold something, those for sale or those set aside for its vendor. First expired, first
 * out; what has no date after that, older batches before newer; the no-batch shelf last of all.
 */
export function shelvesIn(sql: Statements, product: number, code: 'shelf' | 'return-shelf'): Shelf[] {
  return sql.all<Shelf>(
    `SELECT coalesce(batch.id, 0) AS batch, account.debits - account.credits AS onHand, batch.expires
     FROM account LEFT JOIN batch ON batch.id = CAST(account.owner AS INTEGER)
     WHERE account.ledger = ? AND account.code = ? AND account.debits > account.credits
     ORDER BY batch.id IS NULL, batch.expires IS NULL, batch.expires, batch.id`,
    product,
    code,
  );
}

/** A batch may be sold up to and including its printed day. */
export function isExpired(shelf: { readonly expires: string | null }, day: string): boolean {
  return shelf.expires !== null && shelf.expires < day;
}
