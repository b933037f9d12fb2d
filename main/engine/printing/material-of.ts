import { MAX_LABELS, type PaperKind } from '../../../shared/contract/printing.ts';
import { cashSlipLines } from '../../../shared/domain/cash-slip.ts';
import { type LabelPart, labelLines } from '../../../shared/domain/label.ts';
import type { PaperItem } from '../../../shared/domain/paper.ts';
import { payoutSlipLines } from '../../../shared/domain/payout-slip.ts';
import { qrisSlipLines } from '../../../shared/domain/qris-slip.ts';
import { type PaperDocument, receiptLines } from '../../../shared/domain/receipt.ts';
import { refundSlipLines } from '../../../shared/domain/refund-slip.ts';
import { shiftReportLines, shiftSlipLines } from '../../../shared/domain/shift-slip.ts';
import { testPageLines } from '../../../shared/domain/test-page.ts';
import { ticketSlipLines } from '../../../shared/domain/ticket-slip.ts';
import type { PrinterSetting } from '../store/printer-row.ts';
import { printerOf } from '../store/printer-row.ts';
import { centerRow } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';
import { cashOnPaper, movedAt } from './cash-on-paper.ts';
import type { JobKind } from './jobs.ts';
import { labelNow, labelOnPaper } from './label-on-paper.ts';
import type { PrintMaterial } from './material.ts';
import { paperHead } from './paper-head.ts';
import { payoutOnPaper } from './payout-on-paper.ts';
import { paidBackFrom, refundOnPaper } from './refund-on-paper.ts';
import { paidInCash, saleOnPaper } from './sale-on-paper.ts';
import { closingOnPaper, reportOnPaper } from './shift-on-paper.ts';
import { qrisOnPaper, ticketOnPaper } from './ticket-on-paper.ts';

/**
 * Labels that go to a printer in one piece: the slowest printers need three seconds for them, so that a drawer which has
 * to open meanwhile still does so within its five (see jobs.ts).
 */
export const LABELS_AT_ONCE = 5;

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

interface Paper {
  readonly columns: number;
  /** Printed once more by a command of its own: says SALINAN. */
  readonly reprint: boolean;
  /** Which labels of a run; all of them when left out. */
  readonly labels?: LabelPart | undefined;
}

/** By the document's number, as its command answered it; undefined when there is no such document. */
type Layout = (sql: Statements, document: number, paper: Paper) => PaperItem[] | undefined;

const layouts: Readonly<Record<PaperKind, Layout>> = {
  receipt: layout(saleOnPaper, receiptLines),
  'refund-slip': layout(refundOnPaper, refundSlipLines),
  'cash-slip': layout(cashOnPaper, cashSlipLines),
  'qris-slip': unproven(layout(qrisOnPaper, qrisSlipLines)),
  'ticket-slip': unproven(layout(ticketOnPaper, ticketSlipLines)),
  'shift-report': layout(reportOnPaper, shiftReportLines),
  'shift-slip': layout(closingOnPaper, shiftSlipLines),
  'payout-slip': layout(payoutOnPaper, payoutSlipLines),
  label: (sql, document, { columns, labels }) => {
    const label = labelOnPaper(sql, document);
    return label && labelLines(label, columns, labels);
  },
};

/** A paper that proves nothing has no copies: the second one is as good as the first. */
function unproven(lay: Layout): Layout {
  return (sql, document, { columns }) => lay(sql, document, { columns, reprint: false });
}

function layout<Own extends { readonly number: string; readonly at: number }>(
  read: (sql: Statements, document: number) => Own | undefined,
  lay: (document: Own & PaperDocument, columns: number) => PaperItem[],
): Layout {
  return (sql, document, { columns, reprint }) => {
    const own = read(sql, document);
    return own && lay({ ...own, ...paperHead(sql, own, reprint) }, columns);
  };
}

interface WishRow {
  kind: PaperKind;
  drawer: number;
  document: number | null;
}

/**
 * What the queue prints for a wish, on the printer as it is set up now; undefined when either is gone. Of a run of labels
 * the `atOnce` behind the `out` that are out already.
 */
export function materialOf(
  sql: Statements,
  wishSeq: number,
  wishN: number,
  drawer: number,
  { out, atOnce }: { out: number; atOnce: number } = { out: 0, atOnce: MAX_LABELS },
): PrintMaterial | undefined {
  const wish = sql.one<WishRow>(
    'SELECT kind, drawer, document FROM print_wish WHERE seq = ? AND n = ?',
    wishSeq,
    wishN,
  );
  const printer = printerOf(sql, drawer);
  if (!wish || !printer) return undefined;
  const reprint = wish.document !== null;
  const document = wish.document ?? wishSeq;
  const copies = wish.kind === 'label' ? copiesOf(sql, document) : undefined;
  const labels = copies === undefined ? undefined : { from: out, to: Math.min(out + atOnce, copies) };
  const { columns } = printer.profile;
  const items = layouts[wish.kind](sql, document, { columns, reprint, labels });
  if (!items) return undefined;
  // By the command's own document: a copy is none, so that it opens nothing.
  const kick = printer.kick && needsDrawer(sql, wish, wishSeq);
  const whole = material(printer, jobKinds[wish.kind], items, kick);
  return copies === undefined || !labels ? whole : { ...whole, run: { outAfter: labels.to, copies } };
}

function copiesOf(sql: Statements, document: number): number | undefined {
  return sql.value<number>('SELECT copies FROM label_print WHERE seq = ?', document);
}

/** A drawer that opens for a payment by QRIS or card stands open for nothing; nor does one open for another's cash. */
function needsDrawer(sql: Statements, { kind, drawer }: WishRow, document: number): boolean {
  if (kind === 'receipt') return paidInCash(sql, document);
  if (kind === 'refund-slip') return paidBackFrom(sql, document, drawer);
  return kind === 'cash-slip' && movedAt(sql, document, drawer);
}

/** A document as `document.reprint` puts it on the paper of a drawer's printer. */
export function copyMaterial(
  sql: Statements,
  kind: PaperKind,
  document: number,
  drawer: number,
): PrintMaterial | undefined {
  const printer = printerOf(sql, drawer);
  if (!printer) return undefined;
  const items = layouts[kind](sql, document, { columns: printer.profile.columns, reprint: true });
  return items && material(printer, jobKinds[kind], items, false);
}

/** One label as it would be printed now; undefined when there is no such goods. */
export function labelMaterial(
  sql: Statements,
  of: { product: number; batch?: number | undefined },
  drawer: number,
): PrintMaterial | undefined {
  const printer = printerOf(sql, drawer);
  const label = labelNow(sql, of.product, of.batch);
  if (!printer || !label) return undefined;
  return material(printer, 'label', labelLines(label, printer.profile.columns), false);
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
      dots: profile.dots,
      raster: profile.raster,
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
  lines: readonly PaperItem[],
  kick: boolean,
): PrintMaterial {
  return { kind, lines, kick, profile: printer.profile, address: printer.address };
}
