import type { OutputOf } from '../../../shared/contract/define.ts';
import type { refundGet } from '../../../shared/contract/refund.ts';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { type Rupiah, rupiah, sumRupiah, ZERO_RUPIAH } from '../../../shared/domain/money.ts';
import { ONE, qty } from '../../../shared/domain/quantity.ts';
import { moneyBack, refundStep } from '../../../shared/domain/refund.ts';
import { type CashStep, type TenderKind, tenderParts } from '../../../shared/domain/tender.ts';

/**
 * What a buyer brings back of a receipt, as the dialog shows it before the engine has decided. Sums are worked out with
 * the engine's own rules; where the screen does not know enough for an exact one it shows none.
 */

/** Thousandths that come back, by line number of the receipt; a line that is not named stays sold. */
export type Picks = Readonly<Record<number, number>>;

/** Thousandths of a line that can still come back: none while nobody has said what it was. */
export function leftQty(line: SaleLineView): number {
  return line.product === null ? 0 : line.qty - line.refundedQty;
}

/** What is chosen when the receipt opens: of a receipt with one line left, one piece of it, or all that was weighed. */
export function firstPicks(sale: SaleView): Picks {
  const open = sale.lines.filter((line) => leftQty(line) > 0);
  const [line] = open;
  return line && open.length === 1 ? { [line.line]: Math.min(ONE, leftQty(line)) } : {};
}

/** One piece more (`step` 1) or less (−1) of a line, within what is left of it. */
export function stepped(picks: Picks, line: SaleLineView, step: 1 | -1): Picks {
  return picked(picks, line, (picks[line.line] ?? 0) + step * ONE);
}

/** A quantity in thousandths for a line, brought within what is left of it. */
export function picked(picks: Picks, line: SaleLineView, quantity: number): Picks {
  const bounded = Math.min(Math.max(quantity, 0), leftQty(line));
  const { [line.line]: _before, ...rest } = picks;
  return bounded > 0 ? { ...rest, [line.line]: bounded } : rest;
}

/** What is chosen, brought within what is left: meanwhile another till may have taken some of it back. */
export function within(sale: SaleView, picks: Picks): Picks {
  return sale.lines.reduce<Picks>((kept, line) => picked(kept, line, picks[line.line] ?? 0), {});
}

/** Everything that can still come back. */
export function allPicks(sale: SaleView): Picks {
  return sale.lines.reduce<Picks>((picks, line) => picked(picks, line, leftQty(line)), {});
}

/**
 * The line that a scanned product adds to: the first of its lines that has more to give back. `full`: all of them are
 * chosen already; `none`: the receipt has no such product.
 */
export function lineOfScan(sale: SaleView, picks: Picks, product: number): SaleLineView | 'full' | 'none' {
  const lines = sale.lines.filter((line) => line.product === product);
  if (lines.length === 0) return 'none';
  return lines.find((line) => (picks[line.line] ?? 0) < leftQty(line)) ?? 'full';
}

/** Rupiah the buyer paid for what is chosen, after what came back before; exact, for refunds are steps of a line. */
export function netBack(sale: SaleView, picks: Picks): Rupiah {
  return sumRupiah(sale.lines.map((line) => lineNetBack(line, picks[line.line] ?? 0)));
}

export function lineNetBack(line: SaleLineView, quantity: number): Rupiah {
  if (quantity <= 0) return ZERO_RUPIAH;
  const sold = { net: rupiah(line.netRupiah), commission: ZERO_RUPIAH, quantity: qty(line.qty) };
  return refundStep(sold, qty(line.refundedQty), qty(quantity)).net;
}

/** Out of the drawer now, and owed to the buyer because it was not paid in cash. */
export interface BackNow {
  readonly cash: Rupiah;
  readonly owed: Rupiah;
}

type RefundView = OutputOf<typeof refundGet>;

/**
 * How `net` rupiah go back, given every earlier refund of the sale and the center's cash step. Undefined where earlier
 * refunds do not say which of two payments of one kind they came from.
 */
export function backNow(
  sale: SaleView,
  earlier: readonly RefundView[],
  net: Rupiah,
  step: CashStep,
): BackNow | undefined {
  const tenders = sale.tenders.map(({ kind, amountRupiah }) => ({
    kind: kind as TenderKind,
    amount: rupiah(amountRupiah),
  }));
  const parts = tenderParts(rupiah(sale.totalRupiah), tenders);
  const kinds = new Set(parts.map(({ kind }) => kind));
  if (earlier.length > 0 && kinds.size < parts.length) return undefined;
  const before = earlier.flatMap(({ tenders: given }) => given);
  const sumOf = (kind: TenderKind, figure: 'partRupiah' | 'paidRupiah') =>
    before.filter((given) => given.kind === kind).reduce((sum, given) => sum + given[figure], 0);
  const handed = tenders.filter(({ kind }) => kind === 'cash').reduce((sum, { amount }) => sum + amount, 0);
  const money = moneyBack({
    parts: parts.map(({ kind, amount }) => ({
      kind,
      amount,
      returnedBefore: rupiah(sumOf(kind, 'partRupiah')),
    })),
    cashDue: rupiah(handed - sale.changeRupiah),
    cashPaidBefore: rupiah(sumOf('cash', 'paidRupiah')),
    refundNet: net,
    step,
  });
  return { cash: money.cashPaid, owed: money.owedToBuyer };
}
