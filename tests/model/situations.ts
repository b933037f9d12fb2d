/** Situations of a shop in which something is refused, and the ways into them. */
import { createHash } from 'node:crypto';
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import { blobPut } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import type { RejectionName } from '../../shared/contract/rejections.ts';
import { qrisSeen, qrisShow, saleComplete, saleHold } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import type { Person, TwoBooks } from './two-books.ts';

type Sale = InputOf<typeof saleComplete>;
/** What brings a "no" about; answers it. */
export type Provocation = (shop: TwoBooks) => Promise<unknown>;
export type Provocations = readonly [RejectionName, Provocation][];

/** Something that is refused whatever happened before. */
export function says<E extends Entry>(as: Person, entry: E, input: InputOf<E>): Provocation {
  return (shop) => shop.give({ as, entry, input });
}

/** A sale of pieces of products that is refused for what is other about it. */
export function rings(products: readonly number[], more: Partial<Sale>): Provocation {
  return (shop) => ring(shop, basket(shop, products, more));
}

export const HOUR_MS = 3_600_000;
export const NOWHERE = 99_999;
export const memo = 'catatan';
export const pin = '603825';
export const prices = [0, 18_000, 7_777, 25_000, 333, 28_500, 1_999, 40_000];

export function shiftOf(shop: TwoBooks, user: number): number {
  const open =
    'SELECT max(seq) FROM shift WHERE user = ? AND drawer <> 2 AND seq NOT IN (SELECT shift FROM shift_close)';
  return shop.value(open, user) ?? 0;
}

/** A sale of pieces of products at their prices, by the cashier of the first till, paid in cash. */
export function basket(shop: TwoBooks, products: readonly number[], more: Partial<Sale> = {}): Sale {
  const lines = products.map((product) => ({ product, qty: 1_000, priceRupiah: prices[product] as number }));
  const totalRupiah = lines.reduce((sum, { priceRupiah }) => sum + priceRupiah, 0);
  const tenders = [{ kind: 'cash' as const, amountRupiah: totalRupiah + 100 }];
  return { shift: shiftOf(shop, 3), lines, totalRupiah, tenders, ...more };
}

export function ring(shop: TwoBooks, sale: Sale, approver?: Person) {
  return shop.give({ as: 'siti', entry: saleComplete, input: sale, approver });
}

/** A sale that went through; answers its number. */
export async function sold(
  shop: TwoBooks,
  products: readonly number[],
  more: Partial<Sale> = {},
): Promise<number> {
  const input = basket(shop, products, more);
  return (await shop.must({ as: 'siti', entry: saleComplete, input })).sale;
}

/** A sale of one code that nobody knows. */
export function unknown(shop: TwoBooks): Promise<number> {
  const lines = [{ unknownCode: 'TANPA-1', qty: 1_000, priceRupiah: 9_000 }];
  const tenders = [{ kind: 'cash' as const, amountRupiah: 9_000 }];
  return sold(shop, [], { lines, totalRupiah: 9_000, tenders });
}

/** A line at another price, or with anything else that a line can have. */
export function line(product: number, more: object): Sale['lines'] {
  return [{ product, qty: 1_000, priceRupiah: prices[product] as number, ...more }];
}

/** What was shown for a basket of one piece of product 1, and the tender that pays with it. */
export async function qris(shop: TwoBooks, isSeen: boolean) {
  const { lines } = basket(shop, [1]);
  const input = { basket: { lines }, amountRupiah: 18_000 };
  const { ticket } = await shop.must({ as: 'siti', entry: qrisShow, input });
  if (isSeen) await shop.must({ as: 'siti', entry: qrisSeen, input: { ticket, reference: '8899' } });
  return { kind: 'qris' as const, amountRupiah: 18_000, ticket };
}

export async function held(shop: TwoBooks): Promise<number> {
  const input = { basket: { lines: basket(shop, [1]).lines } };
  return (await shop.must({ as: 'siti', entry: saleHold, input })).ticket;
}

/** A draft of a vendor who sold something; answers the settlement and the most it can pay. */
export async function draft(shop: TwoBooks, vendor: number, product: number) {
  await sold(shop, [product]);
  const { settlement } = await shop.must({ as: 'budi', entry: settlementPrepare, input: { vendor } });
  const { eligibleRupiah } = await shop.settlement(settlement);
  return { settlement, amountRupiah: eligibleRupiah };
}

export async function approved(shop: TwoBooks, vendor: number, product: number) {
  const input = await draft(shop, vendor, product);
  await shop.must({ as: 'ratna', entry: settlementApprove, input });
  return input;
}

export async function paid(shop: TwoBooks, how: 'cash' | 'bank'): Promise<number> {
  const { settlement } = await approved(shop, 1, 1);
  return (await shop.must({ as: 'budi', entry: settlementPay, input: { settlement, how } })).payout;
}

/** A refund that left something owed to its buyer. */
export async function owing(shop: TwoBooks): Promise<number> {
  const sale = await sold(shop, [1], { tenders: [{ kind: 'debit', amountRupiah: 18_000 }] });
  const lines = [{ line: 1, qty: 1_000, reason: 'resaleable' as const }];
  const input = { shift: shiftOf(shop, 3), sale, lines };
  return (await shop.must({ as: 'siti', entry: refundComplete, input })).refund;
}

export function bring(shop: TwoBooks, sale: number, more: { line?: number; qty?: number } = {}) {
  const lines = [{ line: 1, qty: 1_000, reason: 'resaleable' as const, ...more }];
  return shop.give({ as: 'siti', entry: refundComplete, input: { shift: shiftOf(shop, 3), sale, lines } });
}

/** Puts a file into the blob store. */
export async function blob(shop: TwoBooks, text: string): Promise<string> {
  const content = Buffer.from(text, 'utf8');
  const sha256 = createHash('sha256').update(content).digest('hex');
  for (let offset = 0; offset < content.length; offset += 100_000) {
    const chunk = content.subarray(offset, offset + 100_000).toString('base64');
    await shop.must({ as: 'budi', entry: blobPut, input: { sha256, bytes: content.length, offset, chunk } });
  }
  return sha256;
}

export const HEAD = 'kode;nama;penitip;harga\n';
