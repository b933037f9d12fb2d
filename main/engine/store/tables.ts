/**
 * Every history table: append-only, its rows written by `insertHistory` alone and digested into the journal.
 * `columns` is the digest's order and is fixed for ever: a later column is appended, nullable, and rows written
 * before it keep their digest, because trailing nulls are left out of it.
 */
interface HistoryTable {
  readonly columns: readonly string[];
  /** How many of the first columns are the key. */
  readonly keyLength: number;
}

function table<const Columns extends readonly string[]>(keyLength: number, ...columns: Columns) {
  return { keyLength, columns };
}

export const historyTables = {
  account: table(1, 'id', 'seq', 'ledger', 'code', 'owner', 'floor'),
  agreement: table(1, 'id', 'seq', 'vendor', 'from_day', 'model', 'rate_bps'),
  barcode: table(1, 'barcode', 'seq', 'product'),
  batch: table(1, 'id', 'seq', 'product', 'day', 'expires'),
  center: table(
    1,
    'seq',
    'name',
    'address',
    'phone',
    'operator',
    'receipt_footer',
    'utc_offset_minutes',
    'rounding_step',
    'rounding_mode',
    'two_person_settlement',
    'variance_limit',
  ),
  drawer: table(1, 'id', 'seq', 'code', 'name', 'is_safe'),
  import: table(1, 'seq', 'prepared', 'created', 'repriced', 'unchanged'),
  intake: table(1, 'seq', 'number', 'vendor', 'note'),
  intake_line: table(2, 'seq', 'line', 'product', 'qty', 'batch', 'repaid_qty'),
  payout: table(1, 'seq', 'number', 'settlement', 'drawer', 'amount', 'rest'),
  price: table(1, 'id', 'seq', 'product', 'at', 'price', 'net_price'),
  print_wish: table(2, 'seq', 'n', 'kind', 'drawer'),
  printer: table(1, 'seq', 'drawer', 'address', 'paper_mm', 'profile', 'kick'),
  product: table(1, 'id', 'seq', 'vendor', 'name', 'category', 'unit'),
  sale: table(
    1,
    'seq',
    'number',
    'drawer',
    'day',
    'counter',
    'shift',
    'gross',
    'net',
    'rounding',
    'cash_due',
    'change',
  ),
  sale_line: table(
    2,
    'seq',
    'line',
    'product',
    'qty',
    'price',
    'gross',
    'net',
    'commission',
    'share',
    'agreement',
    'model',
    'rate_bps',
    'net_price',
  ),
  sale_line_batch: table(3, 'seq', 'line', 'n', 'batch', 'qty'),
  sale_tender: table(2, 'seq', 'n', 'kind', 'amount'),
  settlement: table(
    1,
    'seq',
    'number',
    'vendor',
    'cutoff_day',
    'as_of_seq',
    'opening',
    'movement',
    'closing',
  ),
  settlement_approval: table(1, 'seq', 'settlement', 'amount', 'approver'),
  shift: table(1, 'seq', 'drawer', 'user', 'day', 'at', 'float'),
  shift_close: table(1, 'seq', 'number', 'shift', 'expected', 'counted', 'difference'),
  transfer: table(1, 'id', 'seq', 'day', 'ledger', 'debit', 'credit', 'amount', 'reason', 'line'),
  user: table(1, 'id', 'seq', 'username', 'role', 'person'),
  user_pin: table(2, 'seq', 'user', 'pin'),
  vendor: table(1, 'id', 'seq', 'code', 'name', 'person', 'bank_code'),
} as const satisfies Record<string, HistoryTable>;

export type HistoryTableName = keyof typeof historyTables;
export type HistoryValue = string | number | null;
export type HistoryRow<Name extends HistoryTableName> = Record<
  (typeof historyTables)[Name]['columns'][number],
  HistoryValue
>;

export const historyTableNames = (Object.keys(historyTables) as HistoryTableName[]).sort();

/**
 * Tables that handlers may also change: personal fields are blanked when a person is erased, so they stand outside
 * the digest. Replay rebuilds them, erasures are applied again after it.
 */
export const registerTables = ['person_field'] as const;
