import type { RejectionDetails } from '../../../shared/contract/rejections.ts';
import type { DueFee } from '../../../shared/contract/settlement.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import { cashPayout, minimumReached, payableNow, payoutFee } from '../../../shared/domain/settlement.ts';
import type { Context } from '../context.ts';
import { dueFees, sumOf } from './due-fees.ts';
import { groupedBy } from './grouped.ts';
import { type Held, heldOf, NO_CUTOFF } from './holds.ts';
import { documentId, type Part, partNumber, rowNumber } from './parts.ts';
import { centerRow } from './rows.ts';
import { lastLiveSettlements, type SettlementRow, scopeOf } from './settlements.ts';
import type { Statements } from './statements.ts';

/**
 * From a draft to the vendor's money: what may be approved now, the fees that go with it, approval and payout. All of
 * it for many settlements at once; one is a list of one.
 */

/** How the payout fee stands on a statement. The recurring ones carry the names they were agreed under. */
const PAYOUT_FEE_NAME = 'Biaya pencairan';

/** A vendor's account at this moment, rupiah. balance = payable now + held + disputed. */
export interface Standing {
  readonly balance: number;
  readonly held: Held;
}

const BALANCES = `SELECT asked.value AS vendor, coalesce(account.credits - account.debits, 0) AS balance
  FROM json_each(?) AS asked LEFT JOIN account
    ON account.ledger = 0 AND account.code = 'vendor' AND account.owner = CAST(asked.value AS TEXT)`;

/** Where each vendor stands today. */
export function standingsOf(
  sql: Statements,
  vendors: readonly number[],
  today: BusinessDay,
): Map<number, Standing> {
  const last = lastLiveSettlements(sql, vendors);
  const scopes = vendors.map((vendor) => scopeOf(vendor, last.get(vendor)));
  const moment = { cutoffDay: NO_CUTOFF, asOfSeq: Number.MAX_SAFE_INTEGER, today };
  const held = heldOf(sql, moment, scopes);
  const rows = sql.all<{ vendor: number; balance: number }>(BALANCES, JSON.stringify(vendors));
  return new Map(rows.map(({ vendor, balance }) => [vendor, { balance, held: held.get(vendor) as Held }]));
}

/** What may be approved of a draft as things are now. Rupiah. */
export interface Offer {
  readonly fees: readonly DueFee[];
  readonly feesRupiah: number;
  /** The most that may be approved, after the fees; 0 or more. */
  readonly eligibleRupiah: number;
}

/**
 * What each of these drafts offers. Neither more than the draft itself leaves after what it holds back, nor more than
 * the balance of today leaves after what is held today: a refund, a dispute or a hold may have come since.
 * Docs/domain rule: approval refuses more than the smaller of balance and eligible, and fees come before the payout.
 */
export function offersOf(
  sql: Statements,
  drafts: readonly SettlementRow[],
  today: BusinessDay,
): Map<number, Offer> {
  const standings = standingsOf(
    sql,
    drafts.map(({ vendor }) => vendor),
    today,
  );
  const offers = new Map<number, Offer>();
  for (const [cutoffDay, rows] of groupedBy(drafts, ({ cutoff_day }) => cutoff_day)) {
    const due = dueFees(
      sql,
      rows.map(({ vendor }) => vendor),
      cutoffDay,
    );
    for (const row of rows) {
      const now = standings.get(row.vendor) as Standing;
      const payable = Math.min(
        payableOf(row.closing, row.held, row.disputed),
        payableOf(now.balance, now.held.heldRupiah, now.held.disputedRupiah),
      );
      offers.set(row.id, offerOf(sql, payable, due.get(row.vendor) ?? []));
    }
  }
  return offers;
}

function payableOf(balance: number, held: number, disputed: number): number {
  return payableNow({ balance: rupiah(balance), held: rupiah(held), disputed: rupiah(disputed) });
}

function offerOf(sql: Statements, payable: number, recurring: readonly DueFee[]): Offer {
  const available = rupiah(payable - sumOf(recurring));
  const fee = payoutFee(available, rupiah(centerRow(sql)?.payout_fee ?? 0), cashStep(sql));
  const fees =
    fee === 0
      ? recurring
      : [...recurring, { name: PAYOUT_FEE_NAME, fee: null, period: null, amountRupiah: fee }];
  return { fees, feesRupiah: sumOf(fees), eligibleRupiah: Math.max(0, available - fee) };
}

function cashStep(sql: Statements) {
  return centerRow(sql)?.rounding_step ?? 0;
}

/** Below one cash step nothing could be handed over: the settlement would stay open and stop every later one. */
export function canBePaid(sql: Statements, amount: number): boolean {
  return amount > 0 && cashPayout(rupiah(amount), cashStep(sql)).paid > 0;
}

type ApprovalRefusal = {
  [Name in 'more-than-eligible' | 'nothing-to-settle' | 'below-minimum']: {
    readonly no: Name;
    readonly details: RejectionDetails[Name];
  };
}['more-than-eligible' | 'nothing-to-settle' | 'below-minimum'];

/**
 * Why an amount (rupiah ≥ 0) may not be approved; undefined when it may. 0 always may: it closes the period.
 * Docs/domain rule: the minimum is tested on eligible minus due fees, with an override.
 */
export function approvalRefusal(
  sql: Statements,
  offer: Offer,
  amount: number,
  overrideMinimum: boolean,
): ApprovalRefusal | undefined {
  const { eligibleRupiah } = offer;
  if (amount > eligibleRupiah) return { no: 'more-than-eligible', details: { eligibleRupiah } };
  if (amount === 0) return undefined;
  if (!canBePaid(sql, amount)) return { no: 'nothing-to-settle', details: {} };
  const minimumRupiah = centerRow(sql)?.minimum_payout ?? 0;
  const fees = rupiah(offer.feesRupiah);
  const reached = minimumReached(rupiah(eligibleRupiah + fees), fees, rupiah(minimumRupiah));
  if (!reached && !overrideMinimum) {
    return { no: 'below-minimum', details: { eligibleRupiah, minimumRupiah } };
  }
  return undefined;
}

/** What a run approves of a draft: all that is offered, or 0 where that cannot be paid or the minimum is not reached. */
export function amountToApprove(sql: Statements, offer: Offer): number {
  const amount = offer.eligibleRupiah;
  return approvalRefusal(sql, offer, amount, false) ? 0 : amount;
}

/**
 * Posts the fees that are due and moves the amount (rupiah ≥ 0, not refused by `approvalRefusal`) out of the balance:
 * what comes later changes the balance, never this amount. A payout fee is only taken where something is paid.
 */
export function approveDraft(
  ctx: Context,
  row: SettlementRow,
  offer: Offer,
  said: {
    readonly amount: number;
    readonly approver: number;
    readonly overrideMinimum?: boolean | undefined;
    readonly part?: Part;
  },
): { approval: number; feesRupiah: number } {
  const { amount, approver, part = null } = said;
  const vendor = moneyAccount('vendor', row.vendor);
  const fees = amount === 0 ? offer.fees.filter(({ fee }) => fee !== null) : offer.fees;
  for (const [index, { name, fee, period, amountRupiah }] of fees.entries()) {
    const n = rowNumber(part, index + 1);
    ctx.post({
      debit: vendor,
      credit: moneyAccount('vendor-fees'),
      amount: amountRupiah,
      reason: 'settlement.fee',
      line: n,
    });
    ctx.insert('settlement_fee', {
      n,
      settlement: row.id,
      vendor: row.vendor,
      name,
      fee,
      period,
      amount: amountRupiah,
    });
  }
  ctx.post({
    debit: vendor,
    credit: moneyAccount('payout-due', row.vendor),
    amount,
    reason: 'payout.approved',
  });
  ctx.insert('settlement_approval', {
    settlement: row.id,
    amount,
    approver,
    fees: sumOf(fees) || null,
    minimum_overridden: said.overrideMinimum ? 1 : null,
    part,
  });
  ctx.changed('settlements');
  ctx.changed('vendors');
  return { approval: documentId(ctx.seq, part), feesRupiah: sumOf(fees) };
}

export interface Payout {
  readonly payout: number;
  readonly number: string;
  readonly paidRupiah: number;
  readonly restRupiah: number;
}

/**
 * Hands over `paid` (rupiah, above 0, at most what was approved) from a drawer's cash, or from the bank where there is
 * none; the rest goes back to the balance and opens the next settlement.
 */
export function payOut(
  ctx: Context,
  row: SettlementRow,
  paid: Rupiah,
  from: { readonly drawer: number | null; readonly part?: Part },
): Payout {
  const { drawer, part = null } = from;
  const due = moneyAccount('payout-due', row.vendor);
  const rest = (row.approved ?? 0) - paid;
  const source = drawer === null ? moneyAccount('bank') : moneyAccount('cash', drawer);
  ctx.post({
    debit: due,
    credit: source,
    amount: paid,
    reason: drawer === null ? 'payout.bank' : 'payout.cash',
  });
  ctx.post({ debit: due, credit: moneyAccount('vendor', row.vendor), amount: rest, reason: 'payout.rest' });
  const number = partNumber(ctx, 'payout', part);
  // Empty is cash, as in rows of books that knew nothing else.
  const how = drawer === null ? 'bank' : null;
  ctx.insert('payout', { number, settlement: row.id, drawer, amount: paid, rest, how, part });
  ctx.changed('settlements');
  ctx.changed('vendors');
  if (drawer !== null) ctx.changed('shift');
  return { payout: documentId(ctx.seq, part), number, paidRupiah: paid, restRupiah: rest };
}

/**
 * A vendor with a bank's code and an account number. Whether the number was erased since is not asked: a replay reads
 * the register before erasures are applied, and the bank list, which needs the number itself, says so by name.
 */
const WITH_BANK_ACCOUNT = `SELECT vendor_now.id FROM json_each(?) AS asked
  CROSS JOIN vendor_now ON vendor_now.id = asked.value
  WHERE vendor_now.bank_code IS NOT NULL AND EXISTS (
    SELECT 1 FROM person_field WHERE field = 'bankAccount' AND person IN (
      SELECT person FROM vendor WHERE id = asked.value
      UNION ALL SELECT person FROM vendor_person WHERE vendor = asked.value))`;

/** Those of the vendors who can be paid by bank. */
export function withBankAccount(sql: Statements, vendors: readonly number[]): Set<number> {
  const rows = sql.all<{ id: number }>(WITH_BANK_ACCOUNT, JSON.stringify(vendors));
  return new Set(rows.map(({ id }) => id));
}
