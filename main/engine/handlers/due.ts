import type { OutputOf } from '../../../shared/contract/define.ts';
import { payoutList, settlementDue } from '../../../shared/contract/settlement.ts';
import type { CycleView } from '../../../shared/contract/vendor.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { isDue, lastCutoff, type SettlementCycle } from '../../../shared/domain/cycle.ts';
import { answers, type QueryContext } from '../context.ts';
import { dueFees, sumOf } from '../store/due-fees.ts';
import { groupedBy } from '../store/grouped.ts';
import { dayAt } from '../store/rows.ts';
import { isOpen, lastLiveSettlements, type SettlementRow } from '../store/settlements.ts';

/** What is to be done for vendors: who is to be settled, and which payouts nobody has confirmed. */

interface Candidate {
  readonly vendor: number;
  readonly code: string;
  readonly name: string;
  /** JSON of the settlement cycle, null: on request. */
  readonly cycle: string | null;
  readonly balance: number;
}

const CANDIDATES = `SELECT vendor_now.id AS vendor, vendor_now.code, vendor_now.name, vendor_now.cycle,
    coalesce(account.credits - account.debits, 0) AS balance
  FROM vendor_now LEFT JOIN account
    ON account.ledger = 0 AND account.code = 'vendor' AND account.owner = CAST(vendor_now.id AS TEXT)`;

type DueVendor = OutputOf<typeof settlementDue>['vendors'][number];

/**
 * Vendors whose cycle has come round since their last settlement, those longest due first, then those who may ask.
 * Left out is who has nothing to receive nor to be charged, and whose settlement is under way.
 */
export const listDue = answers(settlementDue, (ctx, { limit }) => {
  const today = dayAt(ctx.sql, ctx.at);
  const candidates = ctx.sql.all<Candidate>(CANDIDATES);
  const last = lastLiveSettlements(
    ctx.sql,
    candidates.map(({ vendor }) => vendor),
  );
  const cutoffs = new Map<number, BusinessDay | null>();
  for (const candidate of candidates) {
    const cutoff = cutoffOf(candidate, last.get(candidate.vendor), today);
    if (cutoff !== undefined) cutoffs.set(candidate.vendor, cutoff);
  }
  const fees = feesUpTo(ctx, cutoffs, today);
  const vendors = candidates.flatMap(({ vendor, code, name, balance }): DueVendor[] => {
    const cutoffDay = cutoffs.get(vendor);
    const feesRupiah = fees.get(vendor) ?? 0;
    // Whoever may ask is not troubled to come and hear what is owed.
    const isWorthIt = cutoffDay === null ? balance > 0 : balance !== 0 || feesRupiah > 0;
    if (cutoffDay === undefined || !isWorthIt) return [];
    const lastCutoffDay = last.get(vendor)?.cutoff_day ?? null;
    return [{ vendor, code, name, cutoffDay, lastCutoffDay, balanceRupiah: balance, feesRupiah }];
  });
  return { vendors: vendors.sort(byUrgency).slice(0, limit) };
});

/** The day a vendor is to be settled up to; null: whenever the vendor asks; undefined: not now. */
function cutoffOf(
  { cycle: json }: Candidate,
  last: SettlementRow | undefined,
  today: BusinessDay,
): BusinessDay | null | undefined {
  if (last && isOpen(last)) return undefined;
  const cycle = json === null ? ON_REQUEST : (JSON.parse(json) as CycleView as SettlementCycle);
  if (cycle.kind === 'on-request') return null;
  return isDue(cycle, last?.cutoff_day, today) ? lastCutoff(cycle, today) : undefined;
}

const ON_REQUEST: SettlementCycle = { kind: 'on-request' };

/** Fees that would be charged with these settlements, rupiah by vendor. */
function feesUpTo(
  ctx: QueryContext,
  cutoffs: ReadonlyMap<number, BusinessDay | null>,
  today: BusinessDay,
): Map<number, number> {
  const sums = new Map<number, number>();
  const groups = groupedBy(cutoffs, ([, cutoffDay]) => cutoffDay ?? today);
  for (const [upTo, group] of groups) {
    const due = dueFees(
      ctx.sql,
      group.map(([vendor]) => vendor),
      upTo,
    );
    for (const [vendor, fees] of due) sums.set(vendor, sumOf(fees));
  }
  return sums;
}

function byUrgency(left: DueVendor, right: DueVendor): number {
  const [a, b] = [left.cutoffDay ?? '~', right.cutoffDay ?? '~'];
  if (a !== b) return a < b ? -1 : 1;
  return left.code < right.code ? -1 : 1;
}

const PAYOUTS = `SELECT settlement_now.payout, settlement_now.payout_number AS number, settlement_now.id AS settlement,
    settlement_now.vendor, vendor_now.name AS vendorName, journal.day, settlement_now.how,
    settlement_now.paid AS amountRupiah, payout_confirmation.seq IS NOT NULL AS confirmed,
    settlement_now.state = 'reversed' AS reversed
  FROM payout JOIN settlement_now ON settlement_now.id = payout.settlement
  JOIN vendor_now ON vendor_now.id = settlement_now.vendor JOIN journal ON journal.seq = payout.seq
  LEFT JOIN payout_confirmation ON payout_confirmation.payout = payout.id`;

/** A payout counts to the run that paid it, and to the one that prepared its settlement. */
const OF_RUN = `${PAYOUTS} WHERE payout.id IN (
    SELECT paid.id FROM run_part JOIN payout AS paid ON paid.seq = run_part.seq WHERE run_part.run = ?
    UNION SELECT paid.id FROM settlement JOIN payout AS paid ON paid.settlement = settlement.id WHERE settlement.run = ?)
  AND settlement_now.how = coalesce(?, settlement_now.how) ORDER BY payout.seq, payout.part LIMIT ?`;
const UNCONFIRMED = `${PAYOUTS} WHERE payout_confirmation.seq IS NULL AND settlement_now.state <> 'reversed'
  AND settlement_now.how = coalesce(?, settlement_now.how) ORDER BY payout.seq DESC, payout.part LIMIT ?`;

type PayoutView = OutputOf<typeof payoutList>['payouts'][number];

export const listPayouts = answers(payoutList, (ctx, { run, how = null, limit }) => {
  type Row = Omit<PayoutView, 'confirmed' | 'reversed'> & { confirmed: 0 | 1; reversed: 0 | 1 };
  const rows =
    run === undefined
      ? ctx.sql.all<Row>(UNCONFIRMED, how, limit)
      : ctx.sql.all<Row>(OF_RUN, run, run, how, limit);
  return {
    payouts: rows.map((row) => ({ ...row, confirmed: row.confirmed === 1, reversed: row.reversed === 1 })),
  };
});
