import type { PrinterView } from '../../../shared/contract/printing.ts';
import { PROFILES, type PrinterAddress, type PrinterProfile } from '../printing/printer.ts';
import type { Statements } from './statements.ts';

/** A drawer's printer as it is set up now. */
export interface PrinterSetting {
  readonly address: PrinterAddress;
  readonly profile: PrinterProfile;
  readonly kick: boolean;
  /** The drawer whose printer takes over what this one surely did not print. */
  readonly fallback: number | null;
}

/** What paper of this width holds where nobody said otherwise: characters of Font A, and dots of the usual heads. */
const PAPER = { 58: { columns: 32, dots: 384 }, 80: { columns: 48, dots: 576 } } as const;

/** Font A is 12 dots wide: 42 columns on 80 mm are a head of 512 dots, over whose edge no code may run. */
const NARROW_HEAD = { columns: 42, dots: 512 } as const;

interface PrinterRow {
  address: string;
  paper_mm: 58 | 80;
  profile: PrinterView['profile'];
  kick: 0 | 1;
  /** From here on empty in rows of 0.1.0, and where a profile or the paper says it. */
  columns: number | null;
  dots: number | null;
  code_page: number | null;
  can_cut: 0 | 1 | null;
  kick_pin: 2 | 5 | null;
  raster: 0 | 1 | null;
  answers_status: 0 | 1 | null;
  fallback: number | null;
}

function printerRow(sql: Statements, drawer: number): PrinterRow | undefined {
  return sql.kept<PrinterRow>(
    ['printer'],
    `SELECT address, paper_mm, profile, kick, columns, dots, code_page, can_cut, kick_pin, raster, answers_status, fallback
     FROM printer WHERE drawer = ? ORDER BY seq DESC LIMIT 1`,
    drawer,
  );
}

/** True when a drawer has a printer, so that a wish to print there is written. */
export function hasPrinter(sql: Statements, drawer: number): boolean {
  return printerRow(sql, drawer) !== undefined;
}

/** As a person set it up, for the settings page; null: none. */
export function printerView(sql: Statements, drawer: number): PrinterView | null {
  const row = printerRow(sql, drawer);
  if (!row) return null;
  return {
    address: JSON.parse(row.address) as PrinterView['address'],
    paperMm: row.paper_mm,
    profile: row.profile,
    columns: columnsOf(row),
    answersStatus: row.answers_status === 1,
    custom: customOf(row),
    kick: row.kick === 1,
    fallback: row.fallback,
  };
}

/** As the print queue needs it. */
export function printerOf(sql: Statements, drawer: number): PrinterSetting | undefined {
  const row = printerRow(sql, drawer);
  if (!row) return undefined;
  const { kind, ...address } = JSON.parse(row.address) as PrinterView['address'];
  return {
    address: { via: kind, ...address } as PrinterAddress,
    profile: profileOf(row),
    kick: row.kick === 1,
    fallback: row.fallback,
  };
}

function profileOf(row: PrinterRow): PrinterProfile {
  const columns = columnsOf(row);
  const answersStatus = row.answers_status === 1;
  const custom = customOf(row);
  if (!custom) return { ...PROFILES[row.profile], columns, dots: dotsOf(row), answersStatus };
  const { dots, codePage, cut: canCut, kickPin, raster } = custom;
  return { kind: 'custom', columns, dots, codePage, canCut, kickPin, raster, answersStatus };
}

function columnsOf(row: PrinterRow): number {
  return row.columns ?? PAPER[row.paper_mm].columns;
}

function dotsOf(row: PrinterRow): number {
  const isNarrow = row.paper_mm === 80 && columnsOf(row) <= NARROW_HEAD.columns;
  return isNarrow ? NARROW_HEAD.dots : PAPER[row.paper_mm].dots;
}

/** What a person said of a make that no profile fits; null under a profile. */
function customOf(row: PrinterRow): PrinterView['custom'] {
  if (row.profile !== 'custom') return null;
  return {
    dots: row.dots ?? PAPER[row.paper_mm].dots,
    codePage: row.code_page ?? PROFILES.custom.codePage,
    cut: row.can_cut === 1,
    kickPin: row.kick_pin ?? 2,
    raster: row.raster === 1,
  };
}
