/** A till for tests of selling: goods of any terms, baskets that know their total, a supervisor beside the cashier. */

import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import type { AccountCode } from '../../shared/domain/chart.ts';
import type { Answer } from '../../shared/wire/client.ts';
import { newCommandId, type TestEngine } from './engine.ts';
import { PINS, type Shop } from './shop.ts';

export type SaleInput = InputOf<typeof saleComplete>;
export type SaleDone = OutputOf<typeof saleComplete>;
type AgreementInput = InputOf<typeof agreementSet>;

/** Credits less debits of a money account. */
export function owed({ engine }: TestEngine, code: AccountCode, owner: number | string = ''): number {
  const sql = 'SELECT credits - debits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
  return (engine.books.prepare(sql).pluck().get(code, String(owner)) as number | undefined) ?? 0;
}

/** Debits less credits of a product's goods account, thousandths; of 'shelf' of all its batches when none is named. */
export function heldGoods(
  { engine }: TestEngine,
  product: number,
  code: AccountCode,
  batch?: number,
): number {
  const sql = `SELECT coalesce(sum(debits - credits), 0) FROM account
    WHERE ledger = ? AND code = ? AND (? OR owner = ?)`;
  const owner = batch === undefined || batch === 0 ? '' : String(batch);
  return engine.books
    .prepare(sql)
    .pluck()
    .get(product, code, batch === undefined ? 1 : 0, owner) as number;
}

/** A sale's stored lines: `what` is any of their columns, in order of lines. */
export function storedLines({ engine }: TestEngine, seq: number, ...what: string[]): unknown[][] {
  const sql = `SELECT ${what.join(', ')} FROM sale_line WHERE seq = ? ORDER BY line`;
  return engine.books.prepare(sql).raw().all(seq) as unknown[][];
}

/** What each line of a sale took from which batch: line, batch, thousandths. */
export function storedParts({ engine }: TestEngine, seq: number): unknown[][] {
  const sql = 'SELECT line, batch, qty FROM sale_line_batch WHERE seq = ? ORDER BY line, n';
  return engine.books.prepare(sql).raw().all(seq) as unknown[][];
}

export interface Goods {
  vendor: number;
  product: number;
  /** Batches that came in with it, in the order they were named. */
  batches: number[];
}

export interface GoodsOptions {
  terms?: AgreementInput['terms'];
  discountBearer?: AgreementInput['discountBearer'];
  own?: boolean;
  netPriceRupiah?: number;
  costRupiah?: number;
  category?: string;
  /** Pieces that come in, one batch each; 50 without a date when left out. */
  batches?: { pieces: number; expires?: string }[];
}

let counter = 0;

/** A vendor with terms of its own and one product of it on the shelf. */
export async function goodsAt(
  { manager }: Shop,
  priceRupiah: number,
  { terms, discountBearer, batches = [{ pieces: 50 }], ...product }: GoodsOptions,
): Promise<Goods> {
  counter += 1;
  const { vendor } = await manager.must(vendorCreate, { code: `G${counter}`, name: `Penitip ${counter}` });
  if (terms) await manager.must(agreementSet, { vendor, terms, ...(discountBearer && { discountBearer }) });
  const made = await manager.must(productCreate, {
    vendor,
    name: `Barang ${counter}`,
    priceRupiah,
    ...product,
  });
  if (product.own || batches.length === 0) return { vendor, product: made.product, batches: [] };
  const taken = await manager.must(intakeConfirm, {
    vendor,
    lines: batches.map(({ pieces, ...rest }) => ({ product: made.product, qty: pieces * 1000, ...rest })),
  });
  return { vendor, product: made.product, batches: taken.batches };
}

/** Rings a sale as the cashier. */
export function ring({ cashier }: Shop, sale: SaleInput): Promise<Answer<typeof saleComplete>> {
  return cashier.ask(saleComplete, sale);
}

/** The cashier gives a command, with the manager's yes to this very input. */
export async function withYes<E extends Entry>(
  { cashier }: Shop,
  entry: E,
  input: InputOf<E>,
): Promise<Answer<E>> {
  const commandId = newCommandId();
  const { approval } = await cashier.must(authApprove, {
    commandId,
    action: entry.name,
    figures: input,
    username: 'budi',
    pin: PINS.manager,
  });
  return cashier.ask(entry, input, { commandId, approval });
}

/** What an answer carried, or an error that shows the "no". */
export function accepted<E extends Entry>(answer: Answer<E>): OutputOf<E> {
  if (answer.outcome === 'ok') return answer.value;
  throw new Error(JSON.stringify(answer));
}

/** A sale paid in one cash tender: 100.000 more than its total, so that rounding up never leaves it short. */
export function inCash(sale: Omit<SaleInput, 'tenders'>): SaleInput {
  return { ...sale, tenders: [{ kind: 'cash', amountRupiah: sale.totalRupiah + 100_000 }] };
}
