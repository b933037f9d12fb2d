import type { AgreementTermsView } from '../../../shared/contract/vendor.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { type Bearer, TERMS_LEVELS, type Terms, type TermsLevel } from '../../../shared/domain/terms.ts';
import type { ReadContext } from '../context.ts';
import type { PriceRow, ProductRow } from './rows.ts';
import type { Statements } from './statements.ts';

/** The terms of a product on a day: read here by sale, write-off, count and resolution alike. */

export interface AgreementRow {
  id: number;
  from_day: BusinessDay;
  model: Terms['model'];
  rate_bps: number | null;
  per_unit: number | null;
  discount_bearer: Bearer;
  loss_bearer: 'vendor' | 'center' | 'shared' | 'allowance';
  /** Of shared: the vendor's part; of allowance: the part of what came in that the vendor bears. */
  loss_bps: number | null;
}

const COLUMNS = `id, from_day, model, rate_bps, per_unit, coalesce(discount_bearer, 'shared') AS discount_bearer,
  coalesce(loss_bearer, 'vendor') AS loss_bearer, loss_bps`;
const NEWEST = 'from_day <= ? ORDER BY from_day DESC, id DESC LIMIT 1';

/** One question for each level; which row is in force: the latest start not after the day, the newest of equals. */
const questions = {
  product: `SELECT ${COLUMNS} FROM agreement WHERE product = ? AND ${NEWEST}`,
  'vendor-category': `SELECT ${COLUMNS} FROM agreement WHERE product IS NULL AND vendor = ? AND category = ? AND ${NEWEST}`,
  vendor: `SELECT ${COLUMNS} FROM agreement WHERE product IS NULL AND category IS NULL AND vendor = ? AND ${NEWEST}`,
  category: `SELECT ${COLUMNS} FROM agreement WHERE product IS NULL AND vendor IS NULL AND category = ? AND ${NEWEST}`,
  center: `SELECT ${COLUMNS} FROM agreement WHERE product IS NULL AND vendor IS NULL AND category IS NULL AND ${NEWEST}`,
} as const satisfies Record<TermsLevel, string>;

export interface AgreementFound {
  readonly level: TermsLevel;
  readonly agreement: AgreementRow;
}

/**
 * The agreement that wins for a product on a day, with the level it was found at; undefined when no level has one.
 * Docs/domain rule: product agreement, then vendor with category, vendor, category, center default.
 */
export function agreementFor(sql: Statements, product: ProductRow, day: string): AgreementFound | undefined {
  for (const level of TERMS_LEVELS) {
    const values = keyOf(level, product);
    const agreement = values && sql.kept<AgreementRow>(['agreement'], questions[level], ...values, day);
    if (agreement) return { level, agreement };
  }
  return undefined;
}

/** The vendor's own general terms on a day: what a list of vendors shows. */
export function vendorAgreementOn(sql: Statements, vendor: number, day: string): AgreementRow | undefined {
  return sql.kept<AgreementRow>(['agreement'], questions.vendor, vendor, day);
}

/** What holds for a vendor's goods unless the product or its category says otherwise: the own terms, else the center's. */
export function generalTermsOn(
  sql: Statements,
  vendor: number,
  day: string,
): { readonly level: 'vendor' | 'center'; readonly agreement: AgreementRow } | undefined {
  const own = vendorAgreementOn(sql, vendor, day);
  if (own) return { level: 'vendor', agreement: own };
  const agreement = sql.kept<AgreementRow>(['agreement'], questions.center, day);
  return agreement && { level: 'center', agreement };
}

/** An agreement as people see it: without what only a product's price knows. */
export function termsView({
  model,
  rate_bps,
  per_unit,
}: Pick<AgreementRow, 'model' | 'rate_bps' | 'per_unit'>): AgreementTermsView {
  switch (model) {
    case 'percent':
    case 'margin':
      return { model, rateBps: rate_bps ?? 0 };
    case 'fixed':
      return { model, perUnitRupiah: per_unit ?? 0 };
    default:
      return { model };
  }
}

function keyOf(level: TermsLevel, { id, vendor, category }: ProductRow): (string | number)[] | undefined {
  switch (level) {
    case 'product':
      return [id];
    case 'vendor-category':
      return category === null ? undefined : [vendor, category];
    case 'vendor':
      return [vendor];
    case 'category':
      return category === null ? undefined : [category];
    case 'center':
      return [];
  }
}

/** `agreementFor`, or the "no" a person can act on. */
export function agreementOrReject(ctx: ReadContext, product: ProductRow, day: string): AgreementFound {
  const found = agreementFor(ctx.sql, product, day);
  return found ?? ctx.reject('no-agreement', { vendor: String(product.vendor) });
}

/** The terms of an agreement with the figures that stand on the product's price version. */
export function termsOf(
  ctx: ReadContext,
  product: ProductRow,
  agreement: AgreementRow,
  price: PriceRow,
): Terms {
  switch (agreement.model) {
    case 'percent':
      return { model: 'percent', rateBps: agreement.rate_bps ?? 0 };
    case 'net-price':
      if (price.net_price === null) return ctx.reject('net-price-missing', { product: product.name });
      return { model: 'net-price', netPrice: rupiah(price.net_price) };
    case 'fixed':
      return { model: 'fixed', perUnit: rupiah(agreement.per_unit ?? 0) };
    case 'margin':
      if (price.cost === null) return ctx.reject('cost-missing', { product: product.name });
      return { model: 'margin', cost: rupiah(price.cost), rateBps: agreement.rate_bps ?? 0 };
    case 'none':
      return { model: 'none' };
    case 'own-goods':
      return { model: 'own-goods' };
  }
}
