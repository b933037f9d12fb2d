import { floors } from '../../../../shared/domain/chart.ts';
import { appendOnly } from './append-only.ts';

/**
 * The books: journal, accounts, transfers and the documents that explain them. History rows name their journal row
 * by `seq` without a foreign key: the journal row is written last, and a deferred key would make SQLite search every
 * table for it at each commit. `verify` finds rows without a journal row instead.
 */

const tables = `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  actor INTEGER,
  approver INTEGER,
  device TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  contract INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  input TEXT NOT NULL,
  outcome TEXT NOT NULL,
  effects BLOB NOT NULL,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  ledger INTEGER NOT NULL,
  code TEXT NOT NULL,
  owner TEXT NOT NULL,
  floor INTEGER NOT NULL,
  debits INTEGER NOT NULL DEFAULT 0,
  credits INTEGER NOT NULL DEFAULT 0,
  UNIQUE (ledger, code, owner),
  CONSTRAINT drawer_short CHECK (floor <> ${floors.indexOf('drawer_short')} OR debits >= credits),
  CONSTRAINT stock_not_negative CHECK (floor <> ${floors.indexOf('stock_not_negative')} OR debits >= credits),
  CONSTRAINT payout_exceeds_approved CHECK (floor <> ${floors.indexOf('payout_exceeds_approved')} OR credits >= debits)
) STRICT;

-- The bound of an amount leaves room for sums of the largest amounts a person may type, far inside a safe integer.
CREATE TABLE transfer (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  day TEXT NOT NULL,
  ledger INTEGER NOT NULL,
  debit INTEGER NOT NULL REFERENCES account (id),
  credit INTEGER NOT NULL REFERENCES account (id),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 999999999999999),
  reason TEXT NOT NULL,
  line INTEGER,
  CHECK (debit <> credit)
) STRICT;
CREATE INDEX transfer_debit ON transfer (debit, seq);
CREATE INDEX transfer_credit ON transfer (credit, seq);

-- Both accounts exist and are of the transfer's ledger, or the transfer is refused.
CREATE TRIGGER transfer_totals AFTER INSERT ON transfer BEGIN
  UPDATE account SET debits = debits + NEW.amount WHERE id = NEW.debit AND ledger = NEW.ledger;
  SELECT RAISE(ABORT, 'transfer across ledgers') WHERE changes() <> 1;
  UPDATE account SET credits = credits + NEW.amount WHERE id = NEW.credit AND ledger = NEW.ledger;
  SELECT RAISE(ABORT, 'transfer across ledgers') WHERE changes() <> 1;
END;

CREATE TABLE center (
  seq INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT, phone TEXT, operator TEXT, receipt_footer TEXT,
  utc_offset_minutes INTEGER NOT NULL, rounding_step INTEGER NOT NULL, rounding_mode TEXT NOT NULL,
  two_person_settlement INTEGER NOT NULL, variance_limit INTEGER NOT NULL
) STRICT;

CREATE TABLE "user" (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, username TEXT NOT NULL UNIQUE, role TEXT NOT NULL, person TEXT
) STRICT;
CREATE TABLE user_pin (
  seq INTEGER NOT NULL, user INTEGER NOT NULL REFERENCES user (id), pin TEXT NOT NULL, PRIMARY KEY (seq, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_pin_user ON user_pin (user, seq);
CREATE TABLE person_field (
  person TEXT NOT NULL, field TEXT NOT NULL, sealed TEXT, last4 TEXT, idx TEXT, PRIMARY KEY (person, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE vendor (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, code TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL,
  person TEXT, bank_code TEXT
) STRICT;
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vendor INTEGER NOT NULL REFERENCES vendor (id),
  from_day TEXT NOT NULL, model TEXT NOT NULL, rate_bps INTEGER
) STRICT;
CREATE INDEX agreement_vendor ON agreement (vendor, from_day, id);

CREATE TABLE product (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vendor INTEGER NOT NULL REFERENCES vendor (id), name TEXT NOT NULL,
  category TEXT, unit TEXT NOT NULL
) STRICT;
CREATE INDEX product_vendor ON product (vendor, id);
CREATE TABLE barcode (
  barcode TEXT PRIMARY KEY, seq INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX barcode_product ON barcode (product);
CREATE TABLE price (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
  at INTEGER NOT NULL, price INTEGER NOT NULL, net_price INTEGER
) STRICT;
CREATE INDEX price_product ON price (product, id);
CREATE TABLE "import" (
  seq INTEGER PRIMARY KEY, prepared TEXT NOT NULL, created INTEGER NOT NULL, repriced INTEGER NOT NULL,
  unchanged INTEGER NOT NULL
) STRICT;

CREATE TABLE intake (
  seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id), note TEXT
) STRICT;
CREATE TABLE batch (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id), day TEXT NOT NULL,
  expires TEXT
) STRICT;
CREATE INDEX batch_product ON batch (product, id);
CREATE TABLE intake_line (
  seq INTEGER NOT NULL, line INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
  qty INTEGER NOT NULL, batch INTEGER NOT NULL REFERENCES batch (id), repaid_qty INTEGER NOT NULL,
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE drawer (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, code TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL,
  is_safe INTEGER NOT NULL
) STRICT;
CREATE TABLE printer (
  seq INTEGER PRIMARY KEY, drawer INTEGER NOT NULL REFERENCES drawer (id), address TEXT NOT NULL,
  paper_mm INTEGER NOT NULL, profile TEXT NOT NULL, kick INTEGER NOT NULL
) STRICT;
CREATE INDEX printer_drawer ON printer (drawer, seq);
CREATE TABLE shift (
  seq INTEGER PRIMARY KEY, drawer INTEGER NOT NULL REFERENCES drawer (id), user INTEGER NOT NULL REFERENCES user (id),
  day TEXT NOT NULL, at INTEGER NOT NULL, float INTEGER NOT NULL
) STRICT;
CREATE INDEX shift_drawer ON shift (drawer, seq);
CREATE INDEX shift_user ON shift (user, seq);
CREATE TABLE shift_close (
  seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, shift INTEGER NOT NULL UNIQUE REFERENCES shift (seq),
  expected INTEGER NOT NULL, counted INTEGER NOT NULL, difference INTEGER NOT NULL
) STRICT;

CREATE TABLE sale (
  seq INTEGER PRIMARY KEY, number TEXT NOT NULL, drawer INTEGER NOT NULL REFERENCES drawer (id), day TEXT NOT NULL,
  counter INTEGER NOT NULL, shift INTEGER NOT NULL REFERENCES shift (seq), gross INTEGER NOT NULL,
  net INTEGER NOT NULL, rounding INTEGER NOT NULL, cash_due INTEGER NOT NULL, change INTEGER NOT NULL,
  UNIQUE (drawer, day, counter)
) STRICT;
CREATE INDEX sale_shift ON sale (shift);
CREATE TABLE sale_line (
  seq INTEGER NOT NULL, line INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
  qty INTEGER NOT NULL, price INTEGER NOT NULL, gross INTEGER NOT NULL, net INTEGER NOT NULL,
  commission INTEGER NOT NULL, share INTEGER NOT NULL, agreement INTEGER NOT NULL REFERENCES agreement (id),
  model TEXT NOT NULL, rate_bps INTEGER, net_price INTEGER, PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_line_batch (
  seq INTEGER NOT NULL, line INTEGER NOT NULL, n INTEGER NOT NULL, batch INTEGER NOT NULL, qty INTEGER NOT NULL,
  PRIMARY KEY (seq, line, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_tender (
  seq INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlement (
  seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id),
  cutoff_day TEXT NOT NULL, as_of_seq INTEGER NOT NULL, opening INTEGER NOT NULL, movement INTEGER NOT NULL,
  closing INTEGER NOT NULL
) STRICT;
CREATE INDEX settlement_vendor ON settlement (vendor, seq);
CREATE TABLE settlement_approval (
  seq INTEGER PRIMARY KEY, settlement INTEGER NOT NULL UNIQUE REFERENCES settlement (seq), amount INTEGER NOT NULL,
  approver INTEGER NOT NULL REFERENCES user (id)
) STRICT;
CREATE TABLE payout (
  seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, settlement INTEGER NOT NULL UNIQUE REFERENCES settlement (seq),
  drawer INTEGER NOT NULL REFERENCES drawer (id), amount INTEGER NOT NULL, rest INTEGER NOT NULL
) STRICT;

CREATE TABLE print_wish (
  seq INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, drawer INTEGER NOT NULL REFERENCES drawer (id),
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
`;

/** The history tables of this version, in the order their triggers were made. */
const guarded = [
  'journal',
  'account',
  'agreement',
  'barcode',
  'batch',
  'center',
  'drawer',
  'import',
  'intake',
  'intake_line',
  'payout',
  'price',
  'print_wish',
  'printer',
  'product',
  'sale',
  'sale_line',
  'sale_line_batch',
  'sale_tender',
  'settlement',
  'settlement_approval',
  'shift',
  'shift_close',
  'transfer',
  'user',
  'user_pin',
  'vendor',
];

export const booksMigration = {
  version: 10,
  sql: tables + guarded.map(appendOnly).join('\n'),
};
