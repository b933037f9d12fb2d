import type { OutputOf, ParsedOf } from '../../../shared/contract/define.ts';
import { MAX_LABELS, type printPreview } from '../../../shared/contract/printing.ts';
import { paperOfDocument } from '../store/documents.ts';
import { printerOf } from '../store/printer-row.ts';
import type { Statements } from '../store/statements.ts';
import type { Asked } from './jobs.ts';
import { bytesOf, type PrintMaterial } from './material.ts';
import { copyMaterial, labelMaterial, materialOf, testMaterial } from './material-of.ts';

type Kind = OutputOf<typeof printPreview>['kind'];

/** The bytes that a printer gets and what a reader of them has to know of its paper. */
export interface Preview {
  readonly bytes: Buffer;
  readonly columns: number;
  readonly dots: number;
  readonly kind: Kind;
}

/** Why there is no picture: what `print.preview` says. */
export type NoPreview = 'job-unknown' | 'document-unknown' | 'no-printer';

/**
 * What a job, a document's copy, a label or a test page is on the paper of its printer as that is set up now: laid out and
 * encoded as the queue does it, only that nothing opens a drawer. `at` is the moment a test page bears.
 */
export function previewOf(
  sql: Statements,
  wanted: ParsedOf<typeof printPreview>,
  at: number,
): Preview | NoPreview {
  if (wanted.of === 'job') return previewOfJob(sql, wanted.seq, wanted.n);
  if (wanted.of === 'document') return previewOfDocument(sql, wanted.document, wanted.drawer);
  if (wanted.of === 'label') {
    if (!printerOf(sql, wanted.drawer)) return 'no-printer';
    const label = labelMaterial(sql, wanted, wanted.drawer);
    return label ? previewed(label, 'label', false) : 'document-unknown';
  }
  const page = testMaterial(sql, wanted.drawer, at);
  return page ? previewed(page, 'test-page', false) : 'no-printer';
}

function previewOfJob(sql: Statements, seq: number, n: number): Preview | NoPreview {
  const job = sql.one<{ kind: Kind; printer: number | null; asked: Asked; out: number }>(
    `SELECT print_wish.kind, print_job.printer, print_job.asked, print_job.labels_out AS out
     FROM print_job JOIN print_wish ON print_wish.seq = wish_seq AND print_wish.n = wish_n
     WHERE wish_seq = ? AND wish_n = ?`,
    seq,
    n,
  );
  if (!job) return 'job-unknown';
  // Of a run of labels what is still to come.
  const rest = { out: job.out, atOnce: MAX_LABELS };
  const material = job.printer === null ? undefined : materialOf(sql, seq, n, job.printer, rest);
  return material ? previewed(material, job.kind, job.asked === 'copy') : 'no-printer';
}

function previewOfDocument(sql: Statements, document: number, drawer: number): Preview | NoPreview {
  const kind = paperOfDocument(sql, document);
  if (kind === undefined) return 'document-unknown';
  if (!printerOf(sql, drawer)) return 'no-printer';
  const material = copyMaterial(sql, kind, document, drawer);
  return material ? previewed(material, kind, false) : 'document-unknown';
}

function previewed(material: PrintMaterial, kind: Kind, isCopy: boolean): Preview {
  const { columns, dots } = material.profile;
  return { bytes: bytesOf(material, { kick: false, isCopy }), columns, dots, kind };
}
