import type { PrinterView } from '../../../shared/contract/printing.ts';
import { PROFILES, type PrinterAddress, type PrinterProfile } from '../printing/printer.ts';
import type { Statements } from './statements.ts';

/** A drawer's printer as it is set up now. */
export interface PrinterSetting {
  readonly address: PrinterAddress;
  readonly profile: PrinterProfile;
  readonly kick: boolean;
}

/** 58 mm paper has 32 columns of Font A, 80 mm has 48. */
const COLUMNS = { 58: 32, 80: 48 } as const;

interface PrinterRow {
  address: string;
  paper_mm: 58 | 80;
  profile: 'epson' | 'simple58';
  kick: 0 | 1;
}

function printerRow(sql: Statements, drawer: number): PrinterRow | undefined {
  return sql.one<PrinterRow>(
    'SELECT address, paper_mm, profile, kick FROM printer WHERE drawer = ? ORDER BY seq DESC LIMIT 1',
    drawer,
  );
}

/** As a person set it up, for the settings page. */
export function printerView(sql: Statements, drawer: number): PrinterView | null {
  const row = printerRow(sql, drawer);
  if (!row) return null;
  const address = JSON.parse(row.address) as PrinterView['address'];
  return { address, paperMm: row.paper_mm, profile: row.profile, kick: row.kick === 1 };
}

/** As the print queue needs it. */
export function printerOf(sql: Statements, drawer: number): PrinterSetting | undefined {
  const row = printerRow(sql, drawer);
  if (!row) return undefined;
  const { kind, ...address } = JSON.parse(row.address) as PrinterView['address'];
  return {
    address: { via: kind, ...address } as PrinterAddress,
    profile: { ...PROFILES[row.profile], columns: COLUMNS[row.paper_mm] },
    kick: row.kick === 1,
  };
}
