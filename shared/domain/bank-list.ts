import type { Rupiah } from './money.ts';

/** A payout as a bank's upload wants it. */
export interface BankListRow {
  /** Three digits, leading zeros and all. */
  readonly bankCode: string;
  readonly account: string;
  /** Whose account it is. */
  readonly name: string;
  readonly amount: Rupiah;
  /** The payout's number, which comes back on the account's statement. */
  readonly reference: string;
}

const HEADER = ['kode_bank', 'rekening', 'nama', 'jumlah', 'referensi'];

/**
 * Payouts as CSV text (RFC 4180: CRLF, every text in quotes), amounts in whole rupiah without dots. Numbers of banks
 * and accounts stay texts, so that their leading zeros are kept.
 */
export function bankListCsv(rows: readonly BankListRow[]): string {
  const lines = rows.map(({ bankCode, account, name, amount, reference }) =>
    [quoted(bankCode), quoted(account), quoted(name), String(amount), quoted(reference)].join(','),
  );
  return `${[HEADER.join(','), ...lines].join('\r\n')}\r\n`;
}

/**
 * A spreadsheet takes a cell for a formula by its first character, quotes or not; an apostrophe in front makes it text.
 * Source: OWASP, "CSV Injection".
 */
function quoted(text: string): string {
  const isFormula = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/.test(text);
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** An account number as people write it, without the blanks, dots and dashes between its digits. */
export function bareAccount(text: string): string {
  return text.normalize('NFKC').replace(/[\s.\-–/]/g, '');
}
