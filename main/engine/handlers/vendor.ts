import {
  type CycleView,
  contactPerson,
  groupCreate,
  groupList,
  type VendorView,
  vendorChange,
  vendorCreate,
  vendorGet,
  vendorList,
  vendorSearch,
} from '../../../shared/contract/vendor.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, handles, type ReadContext } from '../context.ts';
import { owed } from '../ledger.ts';
import { putPersonFields, vendorPersonFields } from '../store/person-fields.ts';
import { dayAt, type VendorRow, vendorById } from '../store/rows.ts';
import { generalTermsOn, termsView } from '../store/terms.ts';

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

/** A new version of what is given; a person's changed fields are sealed anew and stand beside the others. */
export const change = handles(vendorChange, (ctx, input) => {
  const vendor = vendorById(ctx.sql, input.vendor);
  if (!vendor) return ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const { group = vendor.vendor_group, bankCode = vendor.bank_code } = input;
  if (group !== null && !ctx.sql.value('SELECT id FROM vendor_group WHERE id = ?', group))
    ctx.reject('group-unknown', { group });
  ctx.insert('vendor_version', {
    vendor: vendor.id,
    name: input.name ?? vendor.name,
    bank_code: bankCode,
    vendor_group: group,
    active: (input.active ?? vendor.active === 1) ? 1 : 0,
    cycle: input.cycle ? JSON.stringify(input.cycle) : vendor.cycle,
  });
  const person = putPersonFields(ctx.sql, input.person ?? {});
  if (person !== null) ctx.insert('vendor_person', { vendor: vendor.id, person });
  ctx.changed('vendors');
  return { vendor: vendor.id };
});

export const createGroup = handles(groupCreate, (ctx, { name }) => {
  if (ctx.sql.value('SELECT id FROM vendor_group WHERE name = ?', name))
    ctx.reject('group-name-taken', { name });
  const group = ctx.nextId('vendor_group');
  ctx.insert('vendor_group', { id: group, name });
  ctx.changed('vendors');
  return { group };
});

export const listGroups = answers(groupList, (ctx) => ({
  groups: ctx.sql.all<{ group: number; name: string; vendors: number }>(
    `SELECT vendor_group.id AS "group", vendor_group.name, count(vendor_now.id) AS vendors
     FROM vendor_group LEFT JOIN vendor_now ON vendor_now.vendor_group = vendor_group.id
     GROUP BY vendor_group.id ORDER BY vendor_group.name, vendor_group.id`,
  ),
}));

function view(ctx: ReadContext, vendor: VendorRow, day: string): VendorView {
  const terms = generalTermsOn(ctx.sql, vendor.id, day);
  return {
    vendor: vendor.id,
    code: vendor.code,
    name: vendor.name,
    terms: terms ? termsView(terms.agreement) : null,
    termsLevel: terms?.level ?? null,
    termsFrom: terms?.agreement.from_day ?? null,
    balanceRupiah: owed(ctx.totals(moneyAccount('vendor', vendor.id))),
    payoutDueRupiah: owed(ctx.totals(moneyAccount('payout-due', vendor.id))),
    group: vendor.vendor_group,
    active: vendor.active === 1,
    cycle: vendor.cycle === null ? null : (JSON.parse(vendor.cycle) as CycleView),
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
  const rows = ctx.sql.all<VendorRow>(
    `SELECT id, code, name, bank_code, vendor_group, active, cycle FROM vendor_now
     WHERE id > ? ORDER BY id LIMIT ?`,
    after,
    limit,
  );
  return { vendors: rows.map((row) => view(ctx, row, day)) };
});

/** A center has some hundred vendors: all of them are looked through. Upper and lower case are alike. */
export const search = answers(vendorSearch, (ctx, { text, limit }) => {
  const words = text.toLowerCase().split(/\s+/u);
  const found = ctx.sql
    .all<{ vendor: number; code: string; name: string }>(
      'SELECT id AS vendor, code, name FROM vendor_now ORDER BY name COLLATE NOCASE, id',
    )
    .filter(({ code, name }) => {
      const texts = `${code}\n${name}`.toLowerCase();
      return words.every((word) => texts.includes(word));
    });
  return { vendors: found.slice(0, limit) };
});

export const get = answers(vendorGet, (ctx, input) => {
  const vendor = vendorById(ctx.sql, input.vendor);
  if (!vendor) return ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const fields = vendorPersonFields(ctx.sql, vendor.id).sort(asOnTheForm);
  return {
    ...view(ctx, vendor, dayAt(ctx.sql, ctx.at)),
    bankCode: vendor.bank_code,
    person: fields.map(({ field, last4 }) => ({ field, masked: `••••${last4 ?? '••••'}` })),
  };
});
