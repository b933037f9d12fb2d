import type { PaperKind } from '../../../shared/contract/printing.ts';
import type { CashFigures } from '../../../shared/contract/shift.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import type { PaperLine } from '../../../shared/domain/paper.ts';
import { payoutSlipLines } from '../../../shared/domain/payout-slip.ts';
import { receiptLines } from '../../../shared/domain/receipt.ts';
import { type ShiftSlip, shiftSlipLines } from '../../../shared/domain/shift-slip.ts';
import { testPageLines } from '../../../shared/domain/test-page.ts';
import { cashFigures } from '../store/drawers.ts';
import type { PrinterSetting } from '../store/printer-row.ts';
import { printerOf } from '../store/printer-row.ts';
import { centerRow, dayAt, operatorOn, shiftBySeq } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';
import type { JobKind } from './jobs.ts';
import type { PrintMaterial } from './material.ts';
import { payoutOnPaper } from './payout-on-paper.ts';
import { paidInCash, saleOnPaper } from './sale-on-paper.ts';

/** Lays a committed document out for paper: every figure is the stored one, nothing is computed anew. */

export const jobKinds: Readonly<Record<PaperKind, JobKind>> = {
  receipt: 'receipt',
  'refund-slip': 'receipt',
  'cash-slip': 'receipt',
  'qris-slip': 'receipt',
  'ticket-slip': 'receipt',
  'shift-report': 'document',
  'shift-slip': 'document',
  'payout-slip': 'document',
  label: 'label',
};

const layouts: Readonly<
  Partial<Record<PaperKind, (sql: Statements, seq: number, columns: number) => PaperLine[] | undefined>>
> = {
  receipt: receiptOf,
  'payout-slip': payoutSlipOf,
  'shift-slip': shiftSlipOf,
};

/** What the queue prints for a wish, on the printer as it is set up now; undefined when either is gone. */
export function materialOf(
  sql: Statements,
  wishSeq: number,
  wishN: number,
  drawer: number,
): PrintMaterial | undefined {
  const kind = sql.value<PaperKind>('SELECT kind FROM print_wish WHERE seq = ? AND n = ?', wishSeq, wishN);
  const printer = printerOf(sql, drawer);
  if (kind === undefined || !printer) return undefined;
  const lines = layouts[kind]?.(sql, wishSeq, printer.profile.columns);
  if (!lines) return undefined;
  // A drawer that opens for a payment by QRIS or card stands open for nothing.
  const kick = printer.kick && kind === 'receipt' && paidInCash(sql, wishSeq);
  return material(printer, jobKinds[kind], lines, kick);
}

export function testMaterial(sql: Statements, drawer: number, at: number): PrintMaterial | undefined {
  const printer = printerOf(sql, drawer);
  const center = centerRow(sql);
  if (!printer || !center) return undefined;
  const { address, profile } = printer;
  const lines = testPageLines(
    {
      centerName: center.name,
      printer: address.via === 'tcp' ? `${address.host}:${address.port}` : address.path,
      profile: profile.kind,
      atMs: at,
      offsetMinutes: center.utc_offset_minutes,
      language: 'id',
    },
    profile.columns,
  );
  return material(printer, 'document', lines, false);
}

function material(
  printer: PrinterSetting,
  kind: JobKind,
  lines: readonly PaperLine[],
  kick: boolean,
): PrintMaterial {
  return { kind, lines, kick, profile: printer.profile, address: printer.address };
}

interface Head {
  number: string;
  at: number;
  username: string;
}

/** What every paper of the center has in common; its operator is the one of the paper's own day. */
function common(sql: Statements, head: Pick<Head, 'number' | 'at'>) {
  const center = centerRow(sql);
  if (!center) throw new Error('a document without a center');
  return {
    center: {
      name: center.name,
      operator: operatorOn(sql, dayAt(sql, head.at)),
      address: center.address,
      phone: center.phone,
    },
    footer: center.receipt_footer,
    number: head.number,
    atMs: head.at,
    offsetMinutes: center.utc_offset_minutes,
    reprint: false,
    language: 'id',
  } as const;
}

function receiptOf(sql: Statements, seq: number, columns: number): PaperLine[] | undefined {
  const sale = saleOnPaper(sql, seq);
  return sale && receiptLines({ ...sale, ...common(sql, sale) }, columns);
}

function shiftSlipOf(sql: Statements, seq: number, columns: number): PaperLine[] | undefined {
  const row = sql.one<
    Head & {
      drawerCode: string;
      float: number;
      expected: number;
      counted: number;
      difference: number;
      shift: number;
    }
  >(
    `SELECT shift_close.number, journal.at, "user".username, drawer.code AS drawerCode, shift.float,
            shift_close.expected, shift_close.counted, shift_close.difference, shift.seq AS shift
     FROM shift_close JOIN shift ON shift.seq = shift_close.shift JOIN drawer ON drawer.id = shift.drawer
     JOIN journal ON journal.seq = shift_close.seq JOIN "user" ON "user".id = shift.user WHERE shift_close.seq = ?`,
    seq,
  );
  if (!row) return undefined;
  const sales = sql.one<{ count: number; net: number }>(
    'SELECT count(*) AS count, coalesce(sum(net), 0) AS net FROM sale WHERE shift = ?',
    row.shift,
  ) ?? { count: 0, net: 0 };
  const shift = shiftBySeq(sql, row.shift);
  if (!shift) throw new Error(`closing ${row.number} without a shift`);
  const slip = {
    ...common(sql, row),
    cashier: row.username,
    drawerCode: row.drawerCode,
    cash: cashMovesOf(cashFigures(sql, shift)),
    float: rupiah(row.float),
    sales: sales.count,
    salesTotal: rupiah(sales.net),
    expected: rupiah(row.expected),
    counted: rupiah(row.counted),
    difference: rupiah(row.difference),
  };
  return shiftSlipLines(slip, columns);
}

/** A drawer's figures as the slip shows them: below 0 what went out. */
function cashMovesOf(figures: CashFigures): ShiftSlip['cash'] {
  return {
    sales: rupiah(figures.salesCashRupiah),
    refunds: rupiah(-figures.refundsCashRupiah),
    in: rupiah(figures.inRupiah),
    out: rupiah(-figures.outRupiah),
    drops: rupiah(-figures.dropsRupiah),
    payouts: rupiah(-figures.payoutsRupiah),
    purchases: rupiah(-figures.purchasesRupiah),
    buyers: rupiah(-figures.buyerPaymentsRupiah),
    vendors: rupiah(figures.vendorPaymentsRupiah),
  };
}

function payoutSlipOf(sql: Statements, seq: number, columns: number): PaperLine[] | undefined {
  const payout = payoutOnPaper(sql, seq);
  return payout && payoutSlipLines({ ...payout, ...common(sql, payout) }, columns);
}
