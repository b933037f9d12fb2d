import { parse } from 'csv-parse/sync';
import { MAX_IMPORT_ROWS, type SheetProblem } from '../../../shared/contract/product.ts';
import { mapHeaders, type ProductRow, readProductRow } from '../../../shared/domain/product-sheet.ts';
import type { PreparedRow } from './prepared.ts';

/** A sheet as it was read: rows that can become products, and what is wrong with the others. */
export interface ReadSheet {
  /** Rows that hold anything, the header apart. */
  readonly count: number;
  readonly rows: readonly { readonly row: number; readonly product: PreparedRow }[];
  readonly problems: readonly SheetProblem[];
  readonly warnings: readonly SheetProblem[];
  readonly vendorColumn: string;
}

/** A cell longer than this is no product: it bounds what a broken quote can swallow. */
const MOST_RECORD_BYTES = 64 * 1024;

/**
 * Reads a CSV as shops save it: UTF-8 with or without a mark, or Windows-1252; commas, semicolons or tabs. Row
 * numbers are the spreadsheet's own, the header being row 1.
 */
export function readSheet(
  content: Uint8Array,
  defaultVendor: string | undefined,
): ReadSheet | { unreadable: string } {
  const text = textOf(content);
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MOST_RECORD_BYTES,
      to: MAX_IMPORT_ROWS + 5000,
    });
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : 'not a table' };
  }
  const headerIndex = records.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
  const header = records[headerIndex];
  if (!header) return { unreadable: 'empty' };
  const mapping = mapHeaders(header);
  const missing = mapping.missing.filter((field) => field !== 'vendor' || defaultVendor === undefined);
  if (missing.length > 0) return { unreadable: `missing columns: ${missing.join(', ')}` };
  return readRows(records, headerIndex, mapping, defaultVendor);
}

function readRows(
  records: readonly string[][],
  headerIndex: number,
  mapping: ReturnType<typeof mapHeaders>,
  defaultVendor: string | undefined,
): ReadSheet {
  const rows: { row: number; product: PreparedRow }[] = [];
  const problems: SheetProblem[] = [];
  const warnings: SheetProblem[] = [];
  const seen = new Map<string, number>();
  let count = 0;
  for (let index = headerIndex + 1; index < records.length; index += 1) {
    const row = index + 1;
    const result = readProductRow(records[index] ?? [], mapping, row, defaultVendor);
    if (result.kind === 'blank') continue;
    count += 1;
    warnings.push(...result.warnings.map(asProblem));
    if (result.kind === 'failed') {
      problems.push(...result.problems.map(asProblem));
      continue;
    }
    const { code } = result.product;
    const earlier = code === undefined ? undefined : seen.get(code);
    if (code !== undefined && earlier !== undefined) {
      const column = mapping.headers[mapping.columns.code ?? 0] ?? '';
      problems.push({ row, column, name: 'barcode-twice', text: `${code} (${earlier})` });
      continue;
    }
    if (code !== undefined) seen.set(code, row);
    rows.push({ row, product: prepared(result.product) });
  }
  const vendorColumn =
    mapping.columns.vendor === undefined ? '' : (mapping.headers[mapping.columns.vendor] ?? '');
  return { count, rows, problems, warnings, vendorColumn };
}

function asProblem(problem: { row: number; column: string; name: string; details: string }): SheetProblem {
  const { row, column, name, details } = problem;
  return { row, column, name, text: details };
}

function prepared(product: ProductRow): PreparedRow {
  const { code, name, vendor, category, unit, price, netPrice } = product;
  return {
    code: code ?? null,
    name,
    vendor,
    category: category ?? null,
    unit,
    priceRupiah: price,
    netPriceRupiah: netPrice ?? null,
  };
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** The separator that the first line holds most often. */
function delimiterOf(text: string): string {
  const line =
    text
      .slice(0, 10_000)
      .split(/\r?\n/)
      .find((candidate) => candidate.trim() !== '') ?? '';
  const count = (sign: string) => line.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
