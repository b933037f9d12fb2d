/**
 * What every document says was posted, read from its rows alone: one transfer after another with its reason, its line
 * and both sides as `code/owner`, in rupiah (ledger 0) or thousandths of a product. An amount below 0 stands for its
 * sides swapped. Which of the sold pieces were not on the book stands in no document, only in the transfer itself;
 * independent-goods.ts asks whether those are right.
 */

/** Owner of a shelf: nothing for the shelf of no batch. */
const batch = (column: string) => `iif(${column} = 0, '', ${column})`;
const SAFE = "'cash/' || (SELECT id FROM drawer WHERE is_safe = 1)";
const cashOrBank = (drawer: string) => `iif(${drawer} IS NULL, 'bank/', 'cash/' || ${drawer})`;

/** Lines that a sale wrote, or the resolution of an unknown code. */
const lines = (as: 'sale' | 'resolution', from: string) => `
  SELECT d.seq, d.seq, l.line, '${as}.share', 0, '${from}', 'vendor/' || p.vendor, l.share
    FROM ${as} AS d JOIN sale_line AS l ON l.seq = d.seq JOIN product AS p ON p.id = l.product
  UNION ALL SELECT d.seq, d.seq, l.line, '${as}.commission', 0, '${from}', 'commission/', l.commission
    FROM ${as} AS d JOIN sale_line AS l ON l.seq = d.seq WHERE l.model <> 'own-goods'
  UNION ALL SELECT d.seq, d.seq, l.line, '${as}.own-goods', 0, '${from}', 'own-goods-sales/', l.commission
    FROM ${as} AS d JOIN sale_line AS l ON l.seq = d.seq WHERE l.model = 'own-goods'
  UNION ALL SELECT d.seq, d.seq, l.line, '${as}.goods', l.product, 'sold/', 'shelf/' || ${batch('b.batch')}, b.qty
    FROM ${as} AS d JOIN sale_line AS l ON l.seq = d.seq
    JOIN sale_line_batch AS b ON b.seq = l.seq AND b.line = l.line
  UNION ALL SELECT d.seq, d.seq, t.line, '${as}.oversold', t.ledger, 'shelf/', 'found/', t.amount
    FROM transfer AS t JOIN ${as} AS d USING (seq) WHERE t.reason = '${as}.oversold'`;

const tendered = (kind: string, account: string) => `
  SELECT seq, seq, NULL, 'sale.${kind}', 0, '${account}/', 'clearing/', amount FROM sale_tender WHERE kind = '${kind}'`;

const SALES = `
  ${lines('sale', 'clearing/')}
  UNION ALL SELECT seq, seq, line, 'sale.unresolved', 0, 'clearing/', 'unresolved/', net FROM unresolved_line
  UNION ALL ${lines('resolution', 'unresolved/')}
  UNION ALL SELECT d.seq, d.seq, d.line, 'resolution.income', 0, 'unresolved/', 'other-income/', u.net
    FROM resolution AS d JOIN unresolved_line AS u ON u.seq = d.sale AND u.line = d.line WHERE d.product IS NULL
  UNION ALL SELECT seq, seq, NULL, 'sale.cash', 0, 'cash/' || drawer, 'clearing/', amount
    FROM sale JOIN sale_tender USING (seq) WHERE kind = 'cash'
  UNION ALL SELECT seq, seq, NULL, 'sale.change', 0, 'clearing/', 'cash/' || drawer, change FROM sale
  UNION ALL SELECT seq, seq, NULL, 'sale.rounding', 0, 'clearing/', 'rounding/', rounding FROM sale
  UNION ALL ${tendered('qris', 'qris-clearing')}
  UNION ALL ${tendered('debit', 'card-clearing')}
  UNION ALL ${tendered('transfer', 'bank')}`;

/** Lines that came back, beside the line they were sold as, under its sale or what resolved it. */
const BACK = `refund_line AS d JOIN product AS p ON p.id = d.product
  JOIN sale_line AS l ON l.line = d.sale_line AND l.seq = coalesce((SELECT max(r.seq) FROM resolution AS r
    WHERE r.sale = d.sale AND r.line = d.sale_line AND r.seq < d.seq), d.sale)
  WHERE d.reason <> 'goodwill'`;

const REFUNDS = `
  SELECT seq, seq, line, 'refund.goodwill', 0, 'goodwill/', 'clearing/', net FROM refund_line WHERE reason = 'goodwill'
  UNION ALL SELECT d.seq, d.seq, d.line, 'refund.share', 0, 'vendor/' || p.vendor, 'clearing/', d.share FROM ${BACK}
  UNION ALL SELECT d.seq, d.seq, d.line, 'refund.commission', 0, 'commission/', 'clearing/', d.commission
    FROM ${BACK} AND l.model <> 'own-goods'
  UNION ALL SELECT d.seq, d.seq, d.line, 'refund.own-goods', 0, 'own-goods-sales/', 'clearing/', d.commission
    FROM ${BACK} AND l.model = 'own-goods'
  UNION ALL SELECT d.seq, d.seq, d.line, 'refund.goods', d.product, d.shelf || '/' || ${batch('d.batch')}, 'sold/', d.qty
    FROM goods_part AS d JOIN refund USING (seq)
  UNION ALL SELECT seq, seq, NULL, 'refund.cash', 0, 'clearing/', 'cash/' || drawer, cash FROM refund
  UNION ALL SELECT seq, seq, NULL, 'refund.rounding', 0, 'clearing/', 'rounding/', rounding FROM refund
  UNION ALL SELECT seq, seq, NULL, 'refund.buyer-due', 0, 'clearing/', 'buyer-due/', part
    FROM refund_tender WHERE kind <> 'cash'
  UNION ALL SELECT seq, seq, NULL, 'buyer.paid', 0, 'buyer-due/', ${cashOrBank('drawer')}, amount FROM buyer_payment
  UNION ALL SELECT seq, seq, NULL, 'clearing.matched', 0, 'bank/', iif(kind = 'qris', 'qris', 'card') || '-clearing/',
    gross - fee FROM clearing_match
  UNION ALL SELECT seq, seq, NULL, 'clearing.fee', 0, 'expense/mdr', iif(kind = 'qris', 'qris', 'card') || '-clearing/',
    fee FROM clearing_match`;

/** Goods that left a shelf without a sale, for an account of their product. */
const leaving = (reason: string, to: string, from: string) => `
  SELECT d.seq, d.seq, d.line, '${reason}', d.product, '${to}/', d.shelf || '/' || ${batch('d.batch')}, d.qty FROM ${from}`;

/** Parts of a counted line; those that were repaid stand before those that are lost. */
const COUNTED = `(SELECT part.*, repaid, surplus, sum(part.qty) OVER (PARTITION BY part.seq, part.line ORDER BY part.n)
    AS upto FROM goods_part AS part JOIN stock_count_line USING (seq, line)) AS d`;

const GOODS = `
  SELECT seq, seq, line, 'intake.batch', product, 'shelf/' || batch, 'at-vendor/', qty FROM intake_line
  UNION ALL SELECT seq, seq, line, 'intake.oversold', product, 'found/', 'shelf/' || batch, repaid_qty FROM intake_line
  UNION ALL SELECT seq, seq, line, iif(paid = 'credit', 'purchase.credit', 'purchase.paid'), 0, 'own-goods-purchases/',
    iif(paid = 'credit', 'vendor/' || vendor, ${cashOrBank('drawer')}), cost
    FROM intake_line JOIN intake USING (seq) WHERE cost IS NOT NULL
  UNION ALL ${leaving('return.goods', 'at-vendor', 'goods_part AS d JOIN goods_return USING (seq)')}
  UNION ALL SELECT seq, seq, line, 'return.purchase', 0, 'vendor/' || vendor, 'own-goods-purchases/', cost
    FROM goods_part JOIN goods_return USING (seq) WHERE cost IS NOT NULL
  UNION ALL ${leaving('write-off.goods', 'lost', 'goods_part AS d JOIN write_off USING (seq)')}
  UNION ALL SELECT d.seq, d.seq, line, 'write-off.credit', 0, 'goods-loss/', 'vendor/' || vendor, credit
    FROM write_off_line AS d JOIN product ON product.id = d.product
  UNION ALL SELECT d.seq, d.seq, line, 'count.credit', 0, 'goods-loss/', 'vendor/' || vendor, credit
    FROM stock_count_line AS d JOIN product ON product.id = d.product
  UNION ALL ${leaving('count.repaid', 'found', `${COUNTED} WHERE surplus = 0 AND upto <= repaid`)}
  UNION ALL ${leaving('count.lost', 'lost', `${COUNTED} WHERE surplus = 0 AND upto > repaid`)}
  UNION ALL SELECT d.seq, d.seq, line, 'count.surplus', product, 'shelf/' || ${batch('batch')}, 'found/', qty
    FROM ${COUNTED} WHERE surplus > 0`;

const DRAWERS = `
  SELECT d.seq, d.seq, NULL, 'shift.float', 0, 'cash/' || drawer,
    iif(input ->> '$.floatFrom' = 'opening', 'opening/', ${SAFE}), float FROM shift AS d JOIN journal USING (seq)
  UNION ALL SELECT d.seq, d.seq, NULL, 'shift.difference', 0, 'cash/' || drawer, 'over-short/', difference
    FROM shift_close AS d JOIN shift ON shift.seq = d.shift
  UNION ALL SELECT d.seq, d.seq, NULL, 'shift.to-safe', 0, ${SAFE}, 'cash/' || drawer, counted
    FROM shift_close AS d JOIN shift ON shift.seq = d.shift
  UNION ALL SELECT seq, seq, NULL, 'safe.difference', 0, 'cash/' || drawer, 'over-short/', difference FROM safe_count
  UNION ALL SELECT seq, seq, NULL, iif(kind = 'safe', 'cash.from-safe', 'cash.in'), 0, 'cash/' || drawer,
    iif(kind = 'safe', ${SAFE}, kind || '/'), amount FROM cash_move WHERE direction = 'in'
  UNION ALL SELECT seq, seq, NULL, 'cash.out', 0, iif(kind = 'expense', 'expense/' || category, kind || '/'),
    'cash/' || drawer, amount FROM cash_move WHERE direction = 'out'
  UNION ALL SELECT seq, seq, NULL, 'cash.drop', 0, ${SAFE}, 'cash/' || drawer, amount
    FROM cash_move WHERE direction = 'drop'`;

const VENDORS = `
  SELECT seq, seq, NULL, 'fee.charged', 0, 'vendor/' || vendor, 'vendor-fees/', amount FROM fee_charge
  UNION ALL SELECT seq, seq, NULL, 'adjustment.posted', 0, iif(amount > 0, 'expense/adjustment', 'other-income/'),
    'vendor/' || vendor, amount FROM adjustment
  UNION ALL SELECT seq, seq, NULL, 'vendor.paid-in', 0, ${cashOrBank('drawer')}, 'vendor/' || vendor, amount
    FROM vendor_payment
  UNION ALL SELECT seq, seq, NULL, 'debt.written-off', 0, 'bad-debt/', 'vendor/' || vendor, amount FROM debt_write_off
  UNION ALL SELECT a.id, f.seq, f.n, 'settlement.fee', 0, 'vendor/' || f.vendor, 'vendor-fees/', f.amount
    FROM settlement_fee AS f LEFT JOIN settlement_approval AS a USING (settlement)
  UNION ALL SELECT a.id, a.seq, NULL, 'payout.approved', 0, 'vendor/' || s.vendor, 'payout-due/' || s.vendor, a.amount
    FROM settlement_approval AS a JOIN settlement AS s ON s.id = a.settlement
  UNION ALL SELECT p.id, p.seq, NULL, iif(p.how = 'bank', 'payout.bank', 'payout.cash'), 0, 'payout-due/' || s.vendor,
    ${cashOrBank('p.drawer')}, p.amount FROM payout AS p JOIN settlement AS s ON s.id = p.settlement
  UNION ALL SELECT p.id, p.seq, NULL, 'payout.rest', 0, 'payout-due/' || s.vendor, 'vendor/' || s.vendor, p.rest
    FROM payout AS p JOIN settlement AS s ON s.id = p.settlement`;

/**
 * Two tables: `due`, the postings of all documents, and `sides`, each of them once for its debit and once, below 0, for
 * its credit. `document` is the number others know a document by, `seq` the journal row that made it.
 */
export const POSTINGS = `
  due (document, seq, line, reason, ledger, debit, credit, amount) AS MATERIALIZED (
    ${[SALES, REFUNDS, GOODS, DRAWERS, VENDORS].join('\n  UNION ALL ')}),
  sides AS MATERIALIZED (
    SELECT document, seq, line, reason, ledger, debit AS account, amount FROM due
    UNION ALL SELECT document, seq, line, reason, ledger, credit, -amount FROM due)`;
