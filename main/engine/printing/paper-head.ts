import type { PaperDocument } from '../../../shared/domain/receipt.ts';
import { centerRow, dayAt, operatorOn } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';

/** What a document brings to its paper: its number and moment beside everything that is its own. */
export type OnPaper<Paper extends PaperDocument> = Omit<Paper, keyof PaperDocument> & {
  readonly number: string;
  /** Ms since 1970. */
  readonly at: number;
};

/** What every paper of the center has in common; its operator is the one of the paper's own day. */
export function paperHead(
  sql: Statements,
  { number, at }: { readonly number: string; readonly at: number },
  reprint: boolean,
): PaperDocument {
  const center = centerRow(sql);
  if (!center) throw new Error('a document without a center');
  return {
    center: {
      name: center.name,
      operator: operatorOn(sql, dayAt(sql, at)),
      address: center.address,
      phone: center.phone,
    },
    number,
    atMs: at,
    offsetMinutes: center.utc_offset_minutes,
    reprint,
    language: 'id',
  };
}
