import { type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import type { PayoutSlip } from '../../../shared/domain/payout-slip.ts';
import { sectionOf } from '../../../shared/domain/reasons.ts';
import { statementOf } from '../../../shared/domain/statement.ts';
import { centerRow } from '../store/rows.ts';
import { settlementBefore, settlementById, watermarksOf } from '../store/settlements.ts';
import type { Statements } from '../store/statements.ts';
import { periodReasons } from '../store/vendor-book.ts';
import type { OnPaper } from './paper-head.ts';

interface PayoutRow {
  settlement: number;
  number: string;
  at: number;
  vendorCode: string;
  vendorName: string;
  paidBy: string;
  amount: number;
}

/** A vendor keeps on paper the name it was paid under. */
const PAYOUT = `SELECT payout.settlement, payout.number, journal.at, vendor.code AS vendorCode,
    coalesce(version.name, vendor.name) AS vendorName, "user".username AS paidBy, payout.amount
  FROM payout JOIN settlement ON settlement.id = payout.settlement JOIN vendor ON vendor.id = settlement.vendor
  JOIN journal ON journal.seq = payout.seq JOIN "user" ON "user".id = journal.actor
  LEFT JOIN vendor_version AS version ON version.seq = (SELECT max(seq) FROM vendor_version AS earlier
    WHERE earlier.vendor = vendor.id AND earlier.seq < payout.seq)
  WHERE payout.id = ?`;

/** The payout of a document number with the statement it settles: opening, movements, the fees of its approval. */
export function payoutOnPaper(sql: Statements, payout: number): OnPaper<PayoutSlip> | undefined {
  const row = sql.one<PayoutRow>(PAYOUT, payout);
  const settlement = row && settlementById(sql, row.settlement);
  if (!row || !settlement) return undefined;
  const settled = watermarksOf(settlementBefore(sql, settlement));
  const moved = periodReasons(sql, settlement.vendor, { ...watermarksOf(settlement), settled });
  const movements = moved.map(({ reason, amount }) => ({
    section: sectionOf(reason),
    amount: rupiah(amount),
    seq: settlement.seq,
  }));
  const fees = { section: 'fees', amount: rupiah(-settlement.fees), seq: settlement.seq } as const;
  return {
    number: row.number,
    at: row.at,
    vendorCode: row.vendorCode,
    vendorName: row.vendorName,
    paidBy: row.paidBy,
    cutoffDay: settlement.cutoff_day,
    statement: statementOf(rupiah(settlement.opening), [...movements, fees]),
    paid: rupiah(row.amount),
    stampDuty: stampDutyOf(sql, row.amount),
  };
}

/** UU 10/2020: a paper that states money received above 5 million rupiah carries a stamp of 10.000; both are settings. */
function stampDutyOf(sql: Statements, amount: number): Rupiah {
  const center = centerRow(sql);
  return rupiah(center && amount > center.stamp_from ? center.stamp_duty : 0);
}
