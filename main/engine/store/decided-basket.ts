import type { SealedInput } from '../../../shared/contract/personal.ts';
import type { BasketView } from '../../../shared/contract/sale.ts';
import { type BasketLine, type PricedLine, priceBasket } from '../../../shared/domain/basket.ts';
import { borneBy, joinDiscounts, percentDiscount, splitDiscount } from '../../../shared/domain/discount.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { grossWithinRange, qty } from '../../../shared/domain/quantity.ts';
import {
  type Bearer,
  bearerAllowed,
  type Discounts,
  NO_DISCOUNTS,
  needsApproval,
  splitLine,
  termsWithinRange,
} from '../../../shared/domain/terms.ts';
import type { Context } from '../context.ts';
import { type PromotionRow, promotionOrReject } from './promotions.ts';
import { centerRow, type PriceRow, priceOf, productById, vendorById } from './rows.ts';
import type { SoldLine } from './sale-line.ts';
import { agreementOrReject, termsOf } from './terms.ts';

/**
 * Everything about a basket that is decided before anything is written: whose terms, which price, who bears which
 * discount, and whether a supervisor has to say yes. Goods and tenders are decided elsewhere.
 */
export interface DecidedBasket {
  readonly lines: readonly (SoldLine | UnknownLine)[];
  readonly gross: number;
  /** What the buyer owes before cash rounding. */
  readonly net: number;
  /** What a supervisor has to say yes to; one yes covers all of it. */
  readonly supervisor: readonly ('price' | 'discount')[];
}

/** A line with a code nobody knows: its money waits until somebody says what it was. */
export interface UnknownLine {
  readonly code: string;
  readonly name: string | null;
  readonly vendor: number | null;
  readonly qty: number;
  readonly price: number;
  readonly net: number;
}

/** As a handler has it: a basket that nothing may change any more. */
type Basket = SealedInput<Pick<BasketView, 'lines' | 'discount'>>;
type LineInput = Basket['lines'][number];
type KnownInput = Extract<LineInput, { product: number }>;
type UnknownInput = Extract<LineInput, { unknownCode: string }>;

/** What the books say about a line's product at this moment. */
interface LineFacts extends Pick<SoldLine, 'row' | 'agreement' | 'level' | 'terms' | 'listPrice'> {
  readonly promotion: PromotionRow | undefined;
  readonly discounts: Discounts;
}

const KEPT_PRICE_MS = 24 * 60 * 60 * 1000;

/** Decides a basket on the command's day, or says the first "no" about it. */
export function decideBasket(ctx: Context, { lines: inputs, discount }: Basket): DecidedBasket {
  const facts = inputs.map((line) => ('product' in line ? factsOf(ctx, line) : admitUnknown(ctx, line)));
  const basketLines = inputs.map((line, index) => asBasketLine(line, facts[index], discount?.bearer));
  const basket = priceBasket(basketLines, rupiah(discount?.amountRupiah ?? 0));
  if (!basket.ok) return refuseBasket(ctx, basket.reason, basketLines);
  const lines = inputs.map((line, index) => {
    const priced = basket.lines[index];
    const known = facts[index];
    if (!priced) throw new Error('a basket prices each of its lines');
    return 'product' in line && known
      ? sold(ctx, line, known, priced)
      : unknown(line as UnknownInput, priced);
  });
  const { gross, net } = basket.totals;
  return {
    lines,
    gross,
    net,
    supervisor: supervisorFor(ctx, inputs, lines, gross, discount?.amountRupiah ?? 0),
  };
}

function factsOf(ctx: Context, line: KnownInput): LineFacts {
  const row = productById(ctx.sql, line.product);
  const price = priceOf(ctx.sql, line.product);
  if (!row || !price) return ctx.reject('product-unknown', { product: String(line.product) });
  checkPrice(ctx, line, row.name, price);
  const { level, agreement } = agreementOrReject(ctx, row, ctx.day);
  const terms = termsOf(ctx, row, agreement, price);
  if (!termsWithinRange(terms, qty(line.qty))) ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const promotion =
    line.promotion === undefined ? undefined : promotionOrReject(ctx, line.promotion, row, ctx.day);
  const discounts = discountsOf(ctx, line, agreement.discount_bearer, promotion);
  return { row, agreement, level, terms, listPrice: price.price, promotion, discounts };
}

/** A price other than the one in force needs its reason: an earlier lower one just shown, or a supervisor's yes. */
function checkPrice(ctx: Context, line: KnownInput, name: string, price: PriceRow): void {
  if (line.priceRupiah === price.price || line.price === 'override') return;
  if (line.price !== 'kept') {
    ctx.reject('price-changed', {
      product: line.product,
      name,
      basketRupiah: line.priceRupiah,
      currentRupiah: price.price,
    });
  }
  const wasShown =
    line.priceRupiah < price.price &&
    ctx.sql.value<number>(
      `SELECT 1 FROM price AS earlier WHERE product = ? AND price = ? AND ? <=
         (SELECT at FROM price WHERE price.product = earlier.product AND price.id > earlier.id ORDER BY id LIMIT 1)`,
      line.product,
      line.priceRupiah,
      ctx.at - KEPT_PRICE_MS,
    ) !== undefined;
  if (!wasShown) ctx.reject('price-not-kept', { product: name, currentRupiah: price.price });
}

/** The line's own discounts and its promotion's, by who bears them. Most lines have none. */
function discountsOf(
  ctx: Context,
  line: KnownInput,
  agreed: Bearer,
  promotion: PromotionRow | undefined,
): Discounts {
  if (line.discounts === undefined && promotion === undefined) return NO_DISCOUNTS;
  const gross = grossWithinRange(rupiah(line.priceRupiah), qty(line.qty));
  if (gross === undefined) return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const promised = promotion ? percentDiscount(gross, promotion.rate_bps) : rupiah(0);
  if (typedDiscount(line) + promised > gross)
    ctx.reject('discount-too-large', { mostRupiah: gross - promised });
  const own = (line.discounts ?? []).map(({ amountRupiah, bearer }) =>
    splitDiscount(rupiah(amountRupiah), borneBy(bearer ?? agreed)),
  );
  if (!promotion) return joinDiscounts(own);
  const { shared_bps: shared, center_bps: center, vendor_bps: vendor } = promotion;
  return joinDiscounts([...own, splitDiscount(promised, { shared, center, vendor })]);
}

function typedDiscount(line: LineInput): number {
  if (!('product' in line) || line.discounts === undefined) return 0;
  return line.discounts.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
}

/** Goods that the catalogue does know are sold at their price, not at a typed one. */
function admitUnknown(ctx: Context, line: UnknownInput): undefined {
  const known = ctx.sql.kept<{ product: number }>(
    ['barcode'],
    'SELECT product FROM barcode WHERE barcode = ?',
    line.unknownCode,
  );
  if (known) {
    const product = productById(ctx.sql, known.product)?.name ?? '';
    ctx.reject('code-known', { code: line.unknownCode, product });
  }
  if (line.vendor !== undefined && !vendorById(ctx.sql, line.vendor)) {
    ctx.reject('vendor-unknown', { vendor: String(line.vendor) });
  }
  return undefined;
}

/** Unknown goods stay out of a sale discount: whose discount it would be is not known. */
function asBasketLine(
  line: LineInput,
  facts: LineFacts | undefined,
  saleBearer: Bearer | undefined,
): BasketLine {
  return {
    price: rupiah(line.priceRupiah),
    quantity: qty(line.qty),
    discounts: facts?.discounts ?? NO_DISCOUNTS,
    saleDiscountBearer: facts?.row.discountable ? (saleBearer ?? facts.agreement.discount_bearer) : 'none',
  };
}

/** What is wrong with the sums; each line's own discount was looked at before. */
function refuseBasket(ctx: Context, reason: string, lines: readonly BasketLine[]): never {
  const undiscounted = priceBasket(lines, rupiah(0));
  if (reason !== 'sale-discount-exceeds-lines' || !undiscounted.ok) {
    return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  }
  const mostRupiah = undiscounted.lines.reduce(
    (sum, { net }, index) => (lines[index]?.saleDiscountBearer === 'none' ? sum : sum + net),
    0,
  );
  return ctx.reject('discount-too-large', { mostRupiah });
}

function sold(ctx: Context, line: KnownInput, facts: LineFacts, priced: PricedLine): SoldLine {
  const { row, terms } = facts;
  const { gross, saleDiscount, discounts } = priced;
  if (discounts.vendor > 0 && !bearerAllowed(terms, 'vendor')) {
    ctx.reject('bearer-not-allowed', { product: row.name });
  }
  const quantity = qty(line.qty);
  return {
    row,
    agreement: facts.agreement,
    level: facts.level,
    terms,
    qty: line.qty,
    price: line.priceRupiah,
    listPrice: facts.listPrice,
    gross,
    saleDiscount,
    discounts,
    split: splitLine({ gross, quantity, terms, discounts }),
    promotion: facts.promotion?.id ?? null,
    batch: line.batch ?? null,
    printedExpiry: line.printedExpiry ?? null,
  };
}

function unknown(line: UnknownInput, { net }: PricedLine): UnknownLine {
  return {
    code: line.unknownCode,
    name: line.name ?? null,
    vendor: line.vendor ?? null,
    qty: line.qty,
    price: line.priceRupiah,
    net,
  };
}

/**
 * Docs/domain rule: a line whose commission or share comes out negative needs one approval of the discount, not of
 * each line; an approved promotion carries its approval. Up to a part of the sale a cashier gives discounts alone.
 * A sale of version 1 was made before anybody was asked, so its replay asks nobody.
 */
function supervisorFor(
  ctx: Context,
  inputs: readonly LineInput[],
  lines: readonly (SoldLine | UnknownLine)[],
  gross: number,
  saleDiscount: number,
): DecidedBasket['supervisor'] {
  const needed: ('price' | 'discount')[] = [];
  if (ctx.contract < 2) return needed;
  const isOverridden = (line: LineInput, index: number) => {
    const decided = lines[index];
    if (!('product' in line) || !decided || !('row' in decided)) return false;
    return line.price === 'override' && line.priceRupiah !== decided.listPrice;
  };
  if (inputs.some(isOverridden)) needed.push('price');
  const typed = inputs.reduce((sum, line) => sum + typedDiscount(line), saleDiscount);
  const allowed = percentDiscount(rupiah(gross), centerRow(ctx.sql)?.cashier_discount_bps ?? 0);
  const isBelowZero = lines.some((line, index) => {
    const input = inputs[index];
    return 'row' in line && input !== undefined && fallsBelowZero(line, typedDiscount(input));
  });
  if (typed > allowed || isBelowZero) needed.push('discount');
  return needed;
}

/** True when a side of the line is below 0 by anything but its promotion alone. */
function fallsBelowZero(line: SoldLine, typed: number): boolean {
  if (!needsApproval(line.split)) return false;
  const onlyPromotion = line.promotion !== null && typed === 0 && line.saleDiscount === 0;
  if (!onlyPromotion) return true;
  const { gross, terms } = line;
  const without = splitLine({
    gross: rupiah(gross),
    quantity: qty(line.qty),
    terms,
    discounts: NO_DISCOUNTS,
  });
  return needsApproval(without);
}
