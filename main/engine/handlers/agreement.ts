import type { ParsedOf } from '../../../shared/contract/define.ts';
import type { SealedInput } from '../../../shared/contract/personal.ts';
import { type AgreementView, agreementList, agreementSet } from '../../../shared/contract/vendor.ts';
import { bearerAllowed, type TermsLevel } from '../../../shared/domain/terms.ts';
import { answers, type Context, handles } from '../context.ts';
import { type ProductRow, productById, vendorById } from '../store/rows.ts';
import { type AgreementRow, termsView } from '../store/terms.ts';

type Input = SealedInput<ParsedOf<typeof agreementSet>>;

/** Terms never reach back: a line sold under earlier terms keeps them, and so does the day they were in force. */
export const set = handles(agreementSet, (ctx, input) => {
  const product = productOf(ctx, input);
  const vendor = input.vendor ?? product?.vendor ?? null;
  const who = vendor === null ? undefined : vendorById(ctx.sql, vendor);
  if (vendor !== null && !who) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const { terms, discountBearer, loss } = input;
  if (discountBearer && !bearerAllowed(terms, discountBearer)) {
    ctx.reject('bearer-not-allowed', { product: product?.name ?? input.category ?? who?.name ?? '' });
  }
  const from = input.from ?? ctx.day;
  if (from < ctx.day) ctx.reject('agreement-backdated', { from, day: ctx.day });
  const agreement = ctx.nextId('agreement');
  ctx.insert('agreement', {
    id: agreement,
    vendor,
    from_day: from,
    model: terms.model,
    rate_bps: 'rateBps' in terms ? terms.rateBps : null,
    product: product?.id ?? null,
    category: input.category ?? null,
    per_unit: 'perUnitRupiah' in terms ? terms.perUnitRupiah : null,
    discount_bearer: discountBearer ?? null,
    loss_bearer: loss?.bearer ?? null,
    loss_bps: loss ? partOf(loss) : null,
    decree: input.decree ?? null,
  });
  ctx.changed('vendors');
  return { agreement };
});

/** The product that is named, if one is: of the vendor that is named with it, and not the center's own. */
function productOf(ctx: Context, { product: id, vendor }: Input): ProductRow | undefined {
  if (id === undefined) return undefined;
  const product = productById(ctx.sql, id);
  if (!product) return ctx.reject('product-unknown', { product: String(id) });
  if (vendor !== undefined && vendor !== product.vendor) {
    if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
    ctx.reject('wrong-vendor', { product: product.name });
  }
  if (product.own === 1) ctx.reject('own-goods', { product: product.name });
  return product;
}

type Loss = AgreementView['loss'];

/** What column `loss_bps` says of a loss rule. */
function partOf(loss: Loss): number | null {
  if (loss.bearer === 'shared') return loss.vendorBps;
  return loss.bearer === 'allowance' ? loss.allowanceBps : null;
}

interface ListedRow extends AgreementRow {
  vendor: number | null;
  product: number | null;
  category: string | null;
  decree: string | null;
}

const LISTED = `SELECT agreement.id, coalesce(agreement.vendor, product.vendor) AS vendor, agreement.product,
    agreement.category, from_day, model, rate_bps, per_unit, coalesce(discount_bearer, 'shared') AS discount_bearer,
    coalesce(loss_bearer, 'vendor') AS loss_bearer, loss_bps, decree
  FROM agreement LEFT JOIN product ON product.id = agreement.product`;

export const list = answers(agreementList, (ctx, { vendor, limit }) => {
  const rows =
    vendor === undefined
      ? ctx.sql.all<ListedRow>(`${LISTED} ORDER BY agreement.id DESC LIMIT ?`, limit)
      : ctx.sql.all<ListedRow>(
          `${LISTED} WHERE agreement.vendor = ? OR product.vendor = ? ORDER BY agreement.id DESC LIMIT ?`,
          vendor,
          vendor,
          limit,
        );
  return { agreements: rows.map(viewOf) };
});

function viewOf(row: ListedRow): AgreementView {
  return {
    agreement: row.id,
    level: levelOf(row),
    vendor: row.vendor,
    product: row.product,
    category: row.category,
    from: row.from_day,
    terms: termsView(row),
    discountBearer: row.discount_bearer,
    loss: lossOf(row),
    decree: row.decree,
  };
}

function levelOf({ product, vendor, category }: ListedRow): TermsLevel {
  if (product !== null) return 'product';
  if (vendor !== null) return category === null ? 'vendor' : 'vendor-category';
  return category === null ? 'center' : 'category';
}

function lossOf({ loss_bearer: bearer, loss_bps: bps }: ListedRow): Loss {
  if (bearer === 'shared') return { bearer, vendorBps: bps ?? 0 };
  return bearer === 'allowance' ? { bearer, allowanceBps: bps ?? 0 } : { bearer };
}
