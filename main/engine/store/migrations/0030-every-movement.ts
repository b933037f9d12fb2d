import { DOCUMENTS_OF_A_PART } from '../parts.ts';
import { appendOnly } from './append-only.ts';

/**
 * Every way goods and money move. Tables of earlier versions get further columns, nullable, so that rows written
 * before keep their digest; two of them had a column that may now be empty and are made anew with their rows
 * (`rebuilds` in migrate.ts says how).
 */

const furtherColumns: Readonly<Record<string, readonly string[]>> = {
  center: [
    'commission_label TEXT',
    'qris_static TEXT',
    'qris_shown_suffices INTEGER',
    'hold_unmatched_qris INTEGER',
    'qris_release_days INTEGER',
    'return_window_days INTEGER',
    'minimum_payout INTEGER',
    'payout_fee INTEGER',
    'stamp_from INTEGER',
    'stamp_duty INTEGER',
    'cashier_discount_bps INTEGER',
  ],
  product: ['own INTEGER'],
  price: ['cost INTEGER'],
  intake: ['paid TEXT', 'drawer INTEGER', 'total INTEGER'],
  intake_line: ['unit_cost INTEGER', 'cost INTEGER'],
  sale: ['sale_discount INTEGER', 'visit TEXT'],
  sale_line: [
    'level TEXT',
    'per_unit INTEGER',
    'cost INTEGER',
    'discount_shared INTEGER',
    'discount_center INTEGER',
    'discount_vendor INTEGER',
    'sale_discount INTEGER',
    'list_price INTEGER',
    'batch INTEGER',
    'printed_expiry TEXT',
    'promotion INTEGER',
  ],
  sale_tender: ['reference TEXT', 'ticket INTEGER'],
};

/**
 * A command that settles many vendors makes many documents, so its journal row alone names none of them: the number
 * of a document is its journal row, and the part's number in the bits above it (store/parts.ts).
 */
const documentId = `id INTEGER NOT NULL GENERATED ALWAYS AS (seq + coalesce(part, 0) * ${DOCUMENTS_OF_A_PART}) STORED UNIQUE`;

const rebuilt = `
CREATE TABLE agreement_made_anew (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vendor INTEGER REFERENCES vendor (id),
  from_day TEXT NOT NULL, model TEXT NOT NULL, rate_bps INTEGER, product INTEGER REFERENCES product (id),
  category TEXT, per_unit INTEGER, discount_bearer TEXT, loss_bearer TEXT, loss_bps INTEGER, decree TEXT
) STRICT;
INSERT INTO agreement_made_anew (id, seq, vendor, from_day, model, rate_bps)
  SELECT id, seq, vendor, from_day, model, rate_bps FROM agreement;
DROP TABLE agreement;
ALTER TABLE agreement_made_anew RENAME TO agreement;
CREATE INDEX agreement_vendor ON agreement (vendor, from_day, id);
CREATE INDEX agreement_product ON agreement (product, from_day, id) WHERE product IS NOT NULL;

CREATE TABLE settlement_made_anew (
  seq INTEGER NOT NULL, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id),
  cutoff_day TEXT NOT NULL, as_of_seq INTEGER NOT NULL, opening INTEGER NOT NULL, movement INTEGER NOT NULL,
  closing INTEGER NOT NULL, fees INTEGER, held INTEGER, disputed INTEGER, run INTEGER, part INTEGER,
  ${documentId}, PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;
INSERT INTO settlement_made_anew (seq, number, vendor, cutoff_day, as_of_seq, opening, movement, closing)
  SELECT seq, number, vendor, cutoff_day, as_of_seq, opening, movement, closing FROM settlement;
DROP TABLE settlement;
ALTER TABLE settlement_made_anew RENAME TO settlement;
CREATE INDEX settlement_vendor ON settlement (vendor, seq);

CREATE TABLE settlement_approval_made_anew (
  seq INTEGER NOT NULL, settlement INTEGER NOT NULL UNIQUE REFERENCES settlement (id), amount INTEGER NOT NULL,
  approver INTEGER NOT NULL REFERENCES "user" (id), fees INTEGER, minimum_overridden INTEGER, part INTEGER,
  ${documentId}, PRIMARY KEY (seq, settlement)
) STRICT, WITHOUT ROWID;
INSERT INTO settlement_approval_made_anew (seq, settlement, amount, approver)
  SELECT seq, settlement, amount, approver FROM settlement_approval;
DROP TABLE settlement_approval;
ALTER TABLE settlement_approval_made_anew RENAME TO settlement_approval;

CREATE TABLE payout_made_anew (
  seq INTEGER NOT NULL, number TEXT NOT NULL UNIQUE, settlement INTEGER NOT NULL UNIQUE REFERENCES settlement (id),
  drawer INTEGER REFERENCES drawer (id), amount INTEGER NOT NULL, rest INTEGER NOT NULL, how TEXT, part INTEGER,
  ${documentId}, PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;
INSERT INTO payout_made_anew (seq, number, settlement, drawer, amount, rest)
  SELECT seq, number, settlement, drawer, amount, rest FROM payout;
DROP TABLE payout;
ALTER TABLE payout_made_anew RENAME TO payout;

DROP INDEX transfer_debit;
DROP INDEX transfer_credit;
CREATE INDEX transfer_debit ON transfer (debit, seq, day, reason, amount, line);
CREATE INDEX transfer_credit ON transfer (credit, seq, day, reason, amount, line);
CREATE INDEX journal_day ON journal (day);
`;

/** Tables of this version: their SQL, and every one of them is history. */
const tables: Readonly<Record<string, string>> = {
  operator: `seq INTEGER PRIMARY KEY, name TEXT NOT NULL, from_day TEXT NOT NULL, decree TEXT`,
  user_change: `seq INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES "user" (id), role TEXT NOT NULL,
    active INTEGER NOT NULL`,
  vendor_group: `id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE UNIQUE`,
  vendor_version: `seq INTEGER PRIMARY KEY, vendor INTEGER NOT NULL REFERENCES vendor (id), name TEXT NOT NULL,
    bank_code TEXT, vendor_group INTEGER REFERENCES vendor_group (id), active INTEGER NOT NULL, cycle TEXT`,
  vendor_person: `seq INTEGER PRIMARY KEY, vendor INTEGER NOT NULL REFERENCES vendor (id), person TEXT NOT NULL`,
  product_version: `seq INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES product (id), name TEXT NOT NULL,
    category TEXT, unit TEXT NOT NULL, active INTEGER NOT NULL, discountable INTEGER NOT NULL`,
  promotion: `id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, from_day TEXT NOT NULL,
    to_day TEXT NOT NULL, rate_bps INTEGER NOT NULL, shared_bps INTEGER NOT NULL, center_bps INTEGER NOT NULL,
    vendor_bps INTEGER NOT NULL, vendor INTEGER REFERENCES vendor (id), category TEXT,
    product INTEGER REFERENCES product (id)`,
  promotion_end: `seq INTEGER PRIMARY KEY, promotion INTEGER NOT NULL UNIQUE REFERENCES promotion (id)`,

  // Goods. What a line of a document took from or put on which shelf stands in goods_part.
  goods_part: `seq INTEGER NOT NULL, line INTEGER NOT NULL, n INTEGER NOT NULL,
    product INTEGER NOT NULL REFERENCES product (id), batch INTEGER NOT NULL, shelf TEXT NOT NULL,
    qty INTEGER NOT NULL, cost INTEGER, PRIMARY KEY (seq, line, n)`,
  goods_return: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,
    vendor INTEGER NOT NULL REFERENCES vendor (id), total INTEGER NOT NULL, note TEXT`,
  goods_return_line: `seq INTEGER NOT NULL, line INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
    qty INTEGER NOT NULL, PRIMARY KEY (seq, line)`,
  write_off: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, reason TEXT NOT NULL, note TEXT`,
  write_off_line: `seq INTEGER NOT NULL, line INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
    qty INTEGER NOT NULL, value INTEGER NOT NULL, credit INTEGER NOT NULL, vendor_bps INTEGER,
    PRIMARY KEY (seq, line)`,
  stock_count: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, note TEXT`,
  stock_count_line: `seq INTEGER NOT NULL, line INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
    batch INTEGER, book INTEGER NOT NULL, counted INTEGER NOT NULL, repaid INTEGER NOT NULL, lost INTEGER NOT NULL,
    surplus INTEGER NOT NULL, value INTEGER NOT NULL, credit INTEGER NOT NULL, PRIMARY KEY (seq, line)`,
  count_request: `seq INTEGER NOT NULL, n INTEGER NOT NULL, product INTEGER NOT NULL REFERENCES product (id),
    PRIMARY KEY (seq, n)`,
  unresolved_line: `seq INTEGER NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, name TEXT,
    vendor INTEGER REFERENCES vendor (id), qty INTEGER NOT NULL, price INTEGER NOT NULL, net INTEGER NOT NULL,
    PRIMARY KEY (seq, line)`,
  resolution: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, sale INTEGER NOT NULL REFERENCES sale (seq),
    line INTEGER NOT NULL, product INTEGER REFERENCES product (id), memo TEXT`,

  // Drawers.
  cash_move: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, shift INTEGER NOT NULL REFERENCES shift (seq),
    drawer INTEGER NOT NULL REFERENCES drawer (id), direction TEXT NOT NULL, kind TEXT NOT NULL, category TEXT,
    amount INTEGER NOT NULL, memo TEXT NOT NULL`,
  cash_count: `seq INTEGER NOT NULL, value INTEGER NOT NULL, pieces INTEGER NOT NULL, PRIMARY KEY (seq, value)`,
  safe_count: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, drawer INTEGER NOT NULL REFERENCES drawer (id),
    expected INTEGER NOT NULL, counted INTEGER NOT NULL, difference INTEGER NOT NULL`,

  // Parked baskets and what the acquirer said.
  ticket: `seq INTEGER PRIMARY KEY, code TEXT NOT NULL, kind TEXT NOT NULL, name TEXT, drawer INTEGER,
    amount INTEGER NOT NULL, basket TEXT NOT NULL, payload TEXT`,
  ticket_seen: `seq INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (seq), reference TEXT NOT NULL`,
  ticket_end: `seq INTEGER NOT NULL, ticket INTEGER NOT NULL UNIQUE REFERENCES ticket (seq), how TEXT NOT NULL,
    memo TEXT, PRIMARY KEY (seq, ticket)`,
  clearing_match: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, gross INTEGER NOT NULL,
    fee INTEGER NOT NULL, memo TEXT`,
  clearing_match_tender: `seq INTEGER NOT NULL, n INTEGER NOT NULL, sale INTEGER NOT NULL REFERENCES sale (seq),
    tender INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (seq, n)`,

  // Back from the buyer.
  refund: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, sale INTEGER NOT NULL REFERENCES sale (seq),
    shift INTEGER NOT NULL REFERENCES shift (seq), drawer INTEGER NOT NULL REFERENCES drawer (id), day TEXT NOT NULL,
    net INTEGER NOT NULL, cash INTEGER NOT NULL, rounding INTEGER NOT NULL, is_void INTEGER NOT NULL, memo TEXT`,
  refund_line: `seq INTEGER NOT NULL, line INTEGER NOT NULL, sale INTEGER NOT NULL, sale_line INTEGER NOT NULL,
    product INTEGER NOT NULL REFERENCES product (id), qty INTEGER NOT NULL, net INTEGER NOT NULL,
    commission INTEGER NOT NULL, share INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (seq, line)`,
  refund_tender: `seq INTEGER NOT NULL, n INTEGER NOT NULL, tender INTEGER NOT NULL, kind TEXT NOT NULL,
    part INTEGER NOT NULL, paid INTEGER NOT NULL, PRIMARY KEY (seq, n)`,
  buyer_payment: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, refund INTEGER NOT NULL REFERENCES refund (seq),
    amount INTEGER NOT NULL, how TEXT NOT NULL, drawer INTEGER REFERENCES drawer (id), memo TEXT`,

  // A vendor's money besides sales.
  fee_charge: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL, amount INTEGER NOT NULL, memo TEXT`,
  recurring_fee: `id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vendor INTEGER NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL, amount INTEGER NOT NULL, cycle TEXT NOT NULL, from_day TEXT NOT NULL`,
  recurring_fee_end: `seq INTEGER PRIMARY KEY, fee INTEGER NOT NULL UNIQUE REFERENCES recurring_fee (id),
    until_day TEXT NOT NULL`,
  adjustment: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id),
    amount INTEGER NOT NULL, memo TEXT NOT NULL`,
  vendor_payment: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,
    vendor INTEGER NOT NULL REFERENCES vendor (id), amount INTEGER NOT NULL, how TEXT NOT NULL,
    drawer INTEGER REFERENCES drawer (id), memo TEXT`,
  debt_write_off: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,
    vendor INTEGER NOT NULL REFERENCES vendor (id), amount INTEGER NOT NULL, approver INTEGER NOT NULL,
    memo TEXT NOT NULL`,
  dispute: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, vendor INTEGER NOT NULL REFERENCES vendor (id),
    sale INTEGER NOT NULL REFERENCES sale (seq), line INTEGER NOT NULL, amount INTEGER NOT NULL, memo TEXT NOT NULL`,
  dispute_end: `seq INTEGER PRIMARY KEY, dispute INTEGER NOT NULL UNIQUE REFERENCES dispute (seq), memo TEXT NOT NULL`,
  hold_release: `seq INTEGER PRIMARY KEY, sale INTEGER NOT NULL UNIQUE REFERENCES sale (seq), memo TEXT NOT NULL`,

  // Settlement.
  settlement_exception: `seq INTEGER NOT NULL, n INTEGER NOT NULL,
    settlement INTEGER NOT NULL REFERENCES settlement (id), kind TEXT NOT NULL, sale INTEGER, line INTEGER,
    amount INTEGER NOT NULL, PRIMARY KEY (seq, n)`,
  settlement_fee: `seq INTEGER NOT NULL, n INTEGER NOT NULL, settlement INTEGER NOT NULL REFERENCES settlement (id),
    vendor INTEGER NOT NULL REFERENCES vendor (id), name TEXT NOT NULL, fee INTEGER REFERENCES recurring_fee (id),
    period TEXT, amount INTEGER NOT NULL, PRIMARY KEY (seq, n)`,
  settlement_cancel: `seq INTEGER PRIMARY KEY, settlement INTEGER NOT NULL UNIQUE REFERENCES settlement (id),
    memo TEXT NOT NULL`,
  payout_confirmation: `seq INTEGER PRIMARY KEY, payout INTEGER NOT NULL UNIQUE REFERENCES payout (id)`,
  run: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, cutoff_day TEXT NOT NULL,
    vendor_group INTEGER REFERENCES vendor_group (id), of INTEGER REFERENCES run (seq), vendors INTEGER NOT NULL`,
  run_part: `seq INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (seq), part INTEGER NOT NULL,
    from_vendor INTEGER NOT NULL, to_vendor INTEGER NOT NULL, done INTEGER NOT NULL, skipped INTEGER NOT NULL,
    amount INTEGER NOT NULL, is_last INTEGER NOT NULL, UNIQUE (run, part)`,
  run_stop: `seq INTEGER PRIMARY KEY, run INTEGER NOT NULL UNIQUE REFERENCES run (seq)`,

  reversal: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, document INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
    memo TEXT NOT NULL`,
};

const indexes = `
CREATE INDEX user_change_user ON user_change (user, seq);
CREATE INDEX vendor_version_vendor ON vendor_version (vendor, seq);
CREATE INDEX vendor_person_vendor ON vendor_person (vendor, seq);
CREATE INDEX product_version_product ON product_version (product, seq);
CREATE INDEX stock_count_line_product ON stock_count_line (product, seq);
CREATE INDEX count_request_product ON count_request (product, seq);
CREATE INDEX goods_part_cost ON goods_part (batch) WHERE cost IS NOT NULL;
CREATE INDEX ticket_seen_ticket ON ticket_seen (ticket, seq);
CREATE INDEX resolution_sale ON resolution (sale, line);
CREATE INDEX cash_move_shift ON cash_move (shift);
CREATE INDEX clearing_match_tender_sale ON clearing_match_tender (sale, tender);
CREATE INDEX sale_tender_not_cash ON sale_tender (kind, seq) WHERE kind <> 'cash';
CREATE INDEX refund_sale ON refund (sale);
CREATE INDEX refund_shift ON refund (shift);
CREATE INDEX refund_day ON refund (day);
CREATE INDEX refund_line_sale ON refund_line (sale, sale_line);
CREATE INDEX buyer_payment_refund ON buyer_payment (refund);
CREATE INDEX fee_charge_vendor ON fee_charge (vendor, seq);
CREATE INDEX recurring_fee_vendor ON recurring_fee (vendor);
CREATE INDEX settlement_fee_fee ON settlement_fee (fee, period);
CREATE INDEX settlement_fee_settlement ON settlement_fee (settlement);
CREATE INDEX settlement_exception_settlement ON settlement_exception (settlement);
CREATE INDEX settlement_run ON settlement (run, vendor) WHERE run IS NOT NULL;
CREATE INDEX dispute_vendor ON dispute (vendor);
CREATE INDEX run_part_run ON run_part (run, part);
`;

/** What a vendor, a product and a user are now: the first row or its newest version. */
const views = `
CREATE VIEW vendor_now AS
  SELECT vendor.id, vendor.code, coalesce(version.name, vendor.name) AS name,
    iif(version.seq IS NULL, vendor.bank_code, version.bank_code) AS bank_code, version.vendor_group,
    coalesce(version.active, 1) AS active, version.cycle
  FROM vendor LEFT JOIN vendor_version AS version
    ON version.seq = (SELECT max(seq) FROM vendor_version WHERE vendor = vendor.id);
CREATE VIEW product_now AS
  SELECT product.id, product.vendor, coalesce(version.name, product.name) AS name,
    iif(version.seq IS NULL, product.category, version.category) AS category,
    coalesce(version.unit, product.unit) AS unit, coalesce(version.active, 1) AS active,
    coalesce(version.discountable, 1) AS discountable, coalesce(product.own, 0) AS own
  FROM product LEFT JOIN product_version AS version
    ON version.seq = (SELECT max(seq) FROM product_version WHERE product = product.id);
CREATE VIEW user_now AS
  SELECT "user".id, username, coalesce(change.role, "user".role) AS role, coalesce(change.active, 1) AS active, person
  FROM "user" LEFT JOIN user_change AS change
    ON change.seq = (SELECT max(seq) FROM user_change WHERE user = "user".id);
CREATE VIEW settlement_now AS
  SELECT settlement.id, settlement.seq, settlement.number, settlement.vendor, cutoff_day, as_of_seq, opening, movement,
    closing, coalesce(held, 0) AS held, coalesce(disputed, 0) AS disputed, run, approval.id AS approval, approval.approver,
    approval.amount AS approved, coalesce(approval.fees, 0) AS fees, payout.id AS payout,
    payout.number AS payout_number, payout.amount AS paid, payout.rest,
    iif(payout.seq IS NULL, NULL, coalesce(payout.how, 'cash')) AS how,
    CASE
      WHEN cancel.seq IS NOT NULL THEN 'cancelled'
      WHEN taken_back.seq IS NOT NULL OR brought_back.seq IS NOT NULL THEN 'reversed'
      WHEN payout.seq IS NOT NULL THEN 'paid'
      WHEN approval.amount > 0 THEN 'approved'
      WHEN approval.seq IS NOT NULL THEN 'closed'
      ELSE 'draft'
    END AS state
  FROM settlement
  LEFT JOIN settlement_cancel AS cancel ON cancel.settlement = settlement.id
  LEFT JOIN settlement_approval AS approval ON approval.settlement = settlement.id
  LEFT JOIN payout ON payout.settlement = settlement.id
  LEFT JOIN reversal AS taken_back ON taken_back.document = approval.id
  LEFT JOIN reversal AS brought_back ON brought_back.document = payout.id;
`;

const withoutRowid = (columns: string) => (columns.includes('PRIMARY KEY (') ? ', WITHOUT ROWID' : '');

export const everyMovementMigration = {
  version: 30,
  rebuilds: true,
  sql: [
    ...Object.entries(furtherColumns).flatMap(([table, columns]) =>
      columns.map((column) => `ALTER TABLE "${table}" ADD COLUMN ${column};`),
    ),
    rebuilt,
    ...Object.entries(tables).map(
      ([table, columns]) => `CREATE TABLE ${table} (${columns}) STRICT${withoutRowid(columns)};`,
    ),
    indexes,
    views,
    ...['agreement', 'settlement', 'settlement_approval', 'payout', ...Object.keys(tables)].map(appendOnly),
  ].join('\n'),
};
