/**
 * The shape of what the model reads and writes down: types alone, nothing of it is there when it runs. One record has
 * every field that any command or row has; whoever reads one knows whether it is there.
 */

export type Kind = 'center' | 'document' | 'refund' | 'reversal' | 'sale' | 'settlement' | 'shift';

/** What is discounted of a line, by who bears it. */
type Off = Record<'shared' | 'center' | 'vendor', number>;

type Id = 'document' | 'drawer' | 'line' | 'product' | 'refund' | 'sale' | 'settlement' | 'shift' | 'vendor';
type Typed = 'amount' | 'counted' | 'fee' | 'float' | 'total' | 'unitCost' | 'varianceLimit' | 'step';
type Told = 'buyerDue' | 'cash' | 'cost' | 'credit' | 'fees' | 'gross' | 'netPrice' | 'perUnit';
type Figure = 'approved' | 'closing' | 'commission' | 'due' | 'gross' | 'left' | 'net' | 'out';
type Number_ = Figure | Id | `${Typed | Told}Rupiah` | 'approval' | 'payout' | 'qty' | 'rateBps' | 'share';
type Text = 'category' | 'cutoffDay' | 'floatFrom' | 'how' | 'kind' | 'model' | 'mode' | 'paid' | 'reason';

/** Who gives a command, and when: `seq` is its journal row, `approver` 0 when nobody stood beside. */
export interface Who {
  seq: number;
  at: number;
  /** The center's date. */
  today: string;
  user: number;
  approver: number;
  /** The number that others know the document by, where its command makes many. */
  document?: number;
}

export interface Data extends Record<Number_, number>, Record<Text, string> {
  id: number;
  table: Kind;
  seq: number;
  user: number;
  approver: number;
  day: string;
  /** The command that wrote it. */
  rule: string;
  state: string;
  shelf: string;
  open: boolean;
  undone: boolean;
  off: Off;
  cashRounding: Data;
  input: Data;
  lines: Data[];
  tenders: Data[];
  debit: string;
  credit: string;
  amount: number;
}

export interface Books {
  /** By kind and number. */
  rows: Record<string, Data>;
  /** Debits less credits of each account. */
  books: Record<string, number>;
  log: Data[];
}
