import {
  type AgreementTermsView,
  agreementSet,
  contactPerson,
  type VendorView,
  vendorCreate,
  vendorGet,
  vendorList,
} from '../../../shared/contract/vendor.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, handles, type ReadContext } from '../context.ts';
import { owed } from '../ledger.ts';
import { personFields, putPersonFields } from '../store/person-fields.ts';
import { dayAt, type VendorRow, vendorById } from '../store/rows.ts';
import { type AgreementRow, vendorAgreementOn } from '../store/terms.ts';

export const create = handles(vendorCreate, (ctx, input) => {
  const { code, name } = input;
  if (ctx.sql.value('SELECT id FROM vendor WHERE code = ?', code)) ctx.reject('vendor-code-taken', { code });
  const { bankCode, ...sealed } = input.person ?? {};
  const person = putPersonFields(ctx.sql, sealed);
  const vendor = ctx.nextId('vendor');
  ctx.insert('vendor', { id: vendor, code, name, person, bank_code: bankCode ?? null });
  ctx.changed('vendors');
  return { vendor };
});

/** Terms never reach back: a line sold under earlier terms keeps them, and so does the day they were in force. */
export const setAgreement = handles(agreementSet, (ctx, input) => {
  const { vendor, terms } = input;
  if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const from = input.from ?? ctx.day;
  if (from < ctx.day) ctx.reject('agreement-backdated', { from, day: ctx.day });
  const agreement = ctx.nextId('agreement');
  ctx.insert('agreement', {
    id: agreement,
    vendor,
    from_day: from,
    model: terms.model,
    rate_bps: terms.model === 'percent' ? terms.rateBps : null,
  });
  ctx.changed('vendors');
  return { agreement };
});

function termsView(agreement: AgreementRow | undefined): AgreementTermsView | null {
  if (!agreement) return null;
  return agreement.model === 'percent'
    ? { model: 'percent', rateBps: agreement.rate_bps ?? 0 }
    : { model: 'net-price' };
}

function view(ctx: ReadContext, vendor: VendorRow, day: string): VendorView {
  const agreement = vendorAgreementOn(ctx.sql, vendor.id, day);
  return {
    vendor: vendor.id,
    code: vendor.code,
    name: vendor.name,
    terms: termsView(agreement),
    termsFrom: agreement?.from_day ?? null,
    balanceRupiah: owed(ctx.totals(moneyAccount('vendor', vendor.id))),
    payoutDueRupiah: owed(ctx.totals(moneyAccount('payout-due', vendor.id))),
    onHandQty:
      ctx.sql.value<number>(
        `SELECT coalesce(sum(account.debits - account.credits), 0) FROM product
         JOIN account ON account.ledger = product.id AND account.code = 'shelf' WHERE product.vendor = ?`,
        vendor.id,
      ) ?? 0,
    products: ctx.sql.value<number>('SELECT count(*) FROM product WHERE vendor = ?', vendor.id) ?? 0,
  };
}

const formOrder = Object.keys(contactPerson.shape);

/** The name first, as a person reads it. */
function asOnTheForm(left: { field: string }, right: { field: string }): number {
  return formOrder.indexOf(left.field) - formOrder.indexOf(right.field);
}

export const list = answers(vendorList, (ctx, { limit, after }) => {
  const day = dayAt(ctx.sql, ctx.at);
  const rows = ctx.sql.all<VendorRow>('SELECT * FROM vendor WHERE id > ? ORDER BY id LIMIT ?', after, limit);
  return { vendors: rows.map((row) => view(ctx, row, day)) };
});

export const get = answers(vendorGet, (ctx, input) => {
  const vendor = vendorById(ctx.sql, input.vendor);
  if (!vendor) return ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const fields = vendor.person ? personFields(ctx.sql, vendor.person).sort(asOnTheForm) : [];
  return {
    ...view(ctx, vendor, dayAt(ctx.sql, ctx.at)),
    bankCode: vendor.bank_code,
    person: fields.map(({ field, last4 }) => ({ field, masked: `••••${last4 ?? '••••'}` })),
  };
});
