/** Goods: what lies where, what is still unexplained, what losses and returns of own goods cost. */
import { COMMISSION, categoryAt, live, type Rules, sum, times, winner } from './independent-rows.ts';

/** Every piece that a document put on a shelf (above 0) or took off it (below 0), thousandths. */
const MOVED = `moved AS (
  SELECT seq AS document, product, batch, 'shelf' AS shelf, qty FROM intake_line
  UNION ALL SELECT seq, product, batch, 'shelf', -repaid_qty FROM intake_line
  UNION ALL SELECT l.seq, l.product, b.batch, 'shelf', -b.qty FROM sale_line AS l JOIN sale_line_batch AS b USING (seq, line)
  UNION ALL SELECT g.seq, product, batch, shelf, qty FROM goods_part AS g JOIN refund USING (seq)
  UNION ALL SELECT g.seq, product, batch, shelf, -qty FROM goods_part AS g JOIN goods_return USING (seq)
  UNION ALL SELECT g.seq, product, batch, shelf, -qty FROM goods_part AS g JOIN write_off USING (seq)
  UNION ALL SELECT g.seq, g.product, g.batch, shelf, iif(l.surplus > 0, qty, -qty)
    FROM goods_part AS g JOIN stock_count_line AS l USING (seq, line)
  UNION ALL SELECT document, product, 0, 'shelf', qty FROM oversold)`;

/** Pieces that were sold and were not on the book: known by their transfer alone. */
const OVERSOLD = `oversold AS (SELECT t.seq AS document, t.ledger AS product, t.line, t.amount AS qty FROM transfer AS t
  WHERE t.reason = 'sale.oversold' OR t.reason = 'resolution.oversold' AND t.seq IN (SELECT seq FROM resolution))`;

/** Balance of an account of a product, debits less credits, of all its owners. */
const holds = (code: string, product = 'product.id') =>
  sum('debits - credits', `account WHERE ledger = ${product} AND code IN (${code})`);
/** Sum over the live rows of a table for a product. */
const of = (table: string, column: string, where = '1') =>
  sum(column, `${table} AS d WHERE d.product = product.id AND ${where} AND ${live('d.seq')}`);
const OVERSOLD_OF = sum(
  'qty',
  `oversold WHERE oversold.product = product.id AND ${live('oversold.document')}`,
);
const BACK = of('refund_line', 'qty', "d.reason <> 'goodwill'");

/** Lost lines with price, terms and day of their loss. */
const LOST = `lost AS (SELECT l.*, journal.day, vendor, own, ${categoryAt('l.product', 'l.seq')} AS category FROM (
    SELECT seq, line, product, qty, value, credit, vendor_bps FROM write_off_line
    UNION ALL SELECT seq, line, product, lost, value, credit, NULL FROM stock_count_line) AS l
  JOIN journal USING (seq) JOIN product ON product.id = l.product),
valued AS (SELECT l.seq, l.line, l.product, l.qty, value, credit, vendor_bps, own, NULL AS discount_shared, model, rate_bps,
    per_unit, net_price, cost, ${times('price', 'l.qty')} AS gross, coalesce(loss_bearer, 'vendor') AS bearer, loss_bps
  FROM lost AS l LEFT JOIN agreement ON agreement.id = ${winner('l.day')}
  LEFT JOIN price ON price.id = (SELECT max(id) FROM price AS p WHERE p.product = l.product AND p.seq < l.seq))`;

/** What came in, and what was lost, of a product since the count before a loss, as far as nobody had taken it back. */
const SINCE = `(SELECT coalesce(max(c.seq), 0) FROM stock_count_line AS c WHERE c.product = valued.product AND c.batch IS NULL
  AND c.seq < valued.seq AND ${live('c.seq', 'valued.seq')})`;
const sinceCount = (
  code: string,
  reasons: string,
) => `max(0, (SELECT coalesce(sum(iif(a.id = t.debit, t.amount, -t.amount)), 0)
  FROM account AS a JOIN transfer AS t ON a.id IN (t.debit, t.credit) WHERE a.ledger = valued.product AND a.code = '${code}'
    AND t.reason ${reasons} AND t.seq > ${SINCE} AND (t.seq < valued.seq OR t.seq = valued.seq AND t.line < valued.line)))`;
const RECEIVED = sinceCount('at-vendor', "= 'intake.batch'").replace('a.id = t.debit', 'a.id = t.credit');
const ALLOWED = `min(qty, max(0, ${RECEIVED} * loss_bps / 10000 - ${sinceCount('lost', 'IS NOT NULL')}))`;
const BORNE_BY_VENDOR = `CASE WHEN vendor_bps IS NOT NULL THEN value * vendor_bps / 10000 ELSE CASE bearer
  WHEN 'vendor' THEN value WHEN 'center' THEN 0 WHEN 'shared' THEN value * loss_bps / 10000
  WHEN 'allowance' THEN value * ${ALLOWED} / max(qty, 1) END END`;

/** Own goods that went back, each part with what went back of its batch before, and what that batch had cost. */
const RETURNED = `returned AS (SELECT g.*, bought.qty AS bought_qty, bought.cost AS bought_cost,
    ${['qty', 'cost']
      .map(
        (column) =>
          `${sum(
            `e.${column}`,
            `goods_part AS e JOIN goods_return AS r ON r.seq = e.seq WHERE e.batch = g.batch
      AND e.cost IS NOT NULL AND (e.seq, e.line, e.n) < (g.seq, g.line, g.n) AND ${live('e.seq', 'g.seq')}`,
          )} AS ${column}_before`,
      )
      .join(', ')},
    (SELECT unit_cost FROM intake_line AS i WHERE i.product = g.product AND i.unit_cost IS NOT NULL AND i.seq < g.seq
      AND ${live('i.seq', 'g.seq')} ORDER BY i.batch DESC LIMIT 1) AS newest
  FROM goods_part AS g JOIN goods_return ON goods_return.seq = g.seq JOIN product ON product.id = g.product AND own = 1
  LEFT JOIN intake_line AS bought ON bought.batch = g.batch AND g.batch <> 0 AND bought.cost IS NOT NULL)`;
const UPTO = '(qty_before + qty)';
const COST_OF_RETURN = `CASE WHEN bought_qty IS NULL THEN ${times('coalesce(newest, 0)', 'qty')}
  WHEN ${UPTO} <= bought_qty THEN (2 * bought_cost * ${UPTO} + bought_qty) / (2 * bought_qty) - cost_before
  ELSE bought_cost + ${times('((2000 * bought_cost + bought_qty) / (2 * bought_qty))', `(${UPTO} - bought_qty)`)} - cost_before END`;

const partsOf = (line: string, column = 'qty') =>
  sum(
    column,
    `goods_part AS g WHERE g.seq = ${line}.seq AND g.line = ${line}.line AND g.product = ${line}.product`,
  );

export const goodsRules: Rules = {
  'each batch on each shelf holds what came less what went': `
    WITH ${OVERSOLD}, ${MOVED} SELECT product, batch, shelf, sum(qty) AS missing FROM (
      SELECT product, batch, shelf, qty FROM moved WHERE ${live('moved.document')}
      UNION ALL SELECT ledger, CAST(owner AS INTEGER), code, credits - debits FROM account WHERE code IN ('shelf', 'return-shelf'))
    GROUP BY product, batch, shelf HAVING sum(qty) <> 0`,
  'on hand = intake − sold + returned by buyers − returned to vendor − written off ± count difference ± unexplained': `
    WITH ${OVERSOLD} SELECT id FROM product WHERE ${holds("'shelf', 'return-shelf'")} <>
      ${of('intake_line', 'qty')} - ${of('sale_line', 'qty')} + ${BACK} - ${of('goods_return_line', 'qty')}
      - ${of('write_off_line', 'qty')} + ${of('stock_count_line', 'counted - book')}
      + ${OVERSOLD_OF} - ${of('intake_line', 'repaid_qty')}`,
  'what is still unexplained = oversold + surplus − repaid': `
    WITH ${OVERSOLD} SELECT id FROM product WHERE -${holds("'found'")} <> ${OVERSOLD_OF}
      + ${of('stock_count_line', 'surplus')} - ${of('intake_line', 'repaid_qty')} - ${of('stock_count_line', 'repaid')}`,
  'what is sold, lost and with its vendor is what the documents say': `
    SELECT id FROM product WHERE ${holds("'sold'")} <> ${of('sale_line', 'qty')} - ${BACK}
      OR ${holds("'lost'")} <> ${of('write_off_line', 'qty')} + ${of('stock_count_line', 'lost')}
      OR -${holds("'at-vendor'")} <> ${of('intake_line', 'qty')} - ${of('goods_return_line', 'qty')}`,
  'pieces that were not on the book are the last of their line, when nothing unexpired was left': `
    WITH ${OVERSOLD} SELECT document, oversold.line FROM oversold LEFT JOIN sale_line_batch AS b ON b.seq = document AND b.line = oversold.line
      AND b.n = (SELECT max(n) FROM sale_line_batch AS o WHERE o.seq = b.seq AND o.line = b.line)
    WHERE b.batch IS NOT 0 OR b.qty <> oversold.qty OR EXISTS (SELECT 1 FROM account AS a
      LEFT JOIN batch ON batch.id = CAST(a.owner AS INTEGER) WHERE a.ledger = oversold.product AND a.code = 'shelf'
        AND coalesce(batch.expires, '9') >= coalesce((SELECT sale.day FROM resolution JOIN sale ON sale.seq = resolution.sale
          WHERE resolution.seq = document), (SELECT day FROM journal WHERE journal.seq = document))
        AND ${sum('amount', 'transfer AS t WHERE t.debit = a.id AND t.seq <= document')} <>
          ${sum('amount', 'transfer AS t WHERE t.credit = a.id AND t.seq <= document')})`,
  'a line of goods is its parts, of its own product, from one shelf': `
    SELECT seq, line FROM goods_return_line AS l WHERE qty <> ${partsOf('l')}
    UNION ALL SELECT seq, line FROM write_off_line AS l WHERE qty <> ${partsOf('l')}
    UNION ALL SELECT seq, line FROM stock_count_line AS l WHERE repaid + lost + surplus <> ${partsOf('l')}
    UNION ALL SELECT g.seq, g.line FROM goods_part AS g LEFT JOIN batch ON batch.id = g.batch
      WHERE g.qty < 1 OR g.batch <> 0 AND batch.product IS NOT g.product OR shelf NOT IN ('shelf', 'return-shelf')
    UNION ALL SELECT seq, line FROM goods_part AS g WHERE NOT EXISTS (
      SELECT 1 FROM goods_return_line AS l WHERE l.seq = g.seq AND l.line = g.line AND l.product = g.product
      UNION ALL SELECT 1 FROM write_off_line AS l WHERE l.seq = g.seq AND l.line = g.line AND l.product = g.product
      UNION ALL SELECT 1 FROM stock_count_line AS l WHERE l.seq = g.seq AND l.line = g.line AND l.product = g.product
      UNION ALL SELECT 1 FROM refund_line AS l WHERE l.seq = g.seq AND l.line = g.line AND l.product = g.product)`,
  'a delivery makes a batch of its product for each line, of its vendor': `
    SELECT i.seq, i.line FROM intake_line AS i JOIN intake USING (seq) JOIN product ON product.id = i.product
      LEFT JOIN batch ON batch.id = i.batch
      WHERE batch.product IS NOT i.product OR batch.seq <> i.seq OR product.vendor <> intake.vendor OR i.qty < 1
        OR repaid_qty NOT BETWEEN 0 AND i.qty
    UNION ALL SELECT batch, count(*) FROM intake_line GROUP BY batch HAVING count(*) > 1`,
  'a count finds what it counted of what the shelves held, and a shortage repays before it is lost': `
    WITH ${OVERSOLD}, ${MOVED} SELECT seq, line FROM stock_count_line AS l WHERE book - counted <> repaid + lost - surplus
      OR min(repaid, lost, surplus) < 0 OR surplus > 0 AND repaid + lost > 0
      OR batch IS NOT NULL AND EXISTS (SELECT 1 FROM goods_part AS g WHERE g.seq = l.seq AND g.line = l.line AND g.batch <> l.batch)
      OR book <> ${sum(
        'qty',
        `moved WHERE moved.product = l.product AND shelf = 'shelf' AND document < l.seq
        AND moved.batch = coalesce(l.batch, moved.batch) AND ${live('moved.document', 'l.seq')}`,
      )}`,
  "lost goods are worth the vendor's share of their price, and the center credits the part it bears": `
    WITH ${LOST} SELECT seq, line FROM valued WHERE
      value IS NOT iif(own = 1 OR qty = 0, 0, max(0, gross - coalesce(${COMMISSION}, gross)))
      OR credit IS NOT iif(own = 1 OR qty = 0, 0, value - ${BORNE_BY_VENDOR})`,
  'own goods cost their unit cost times their quantity, and a purchase is its lines': `
    SELECT i.seq, line FROM intake_line AS i JOIN intake USING (seq) LEFT JOIN product ON product.id = i.product
      WHERE i.cost IS NOT ${times('unit_cost', 'qty')} OR (i.cost IS NULL) <> (intake.paid IS NULL) OR (i.cost IS NULL) = coalesce(own, 0)
    UNION ALL SELECT seq, total FROM intake WHERE total IS NOT (SELECT sum(cost) FROM intake_line AS l WHERE l.seq = intake.seq)
      OR (total IS NULL) <> (paid IS NULL) OR (drawer IS NULL) = (paid IS 'cash')`,
  'own goods go back for what their batch cost, step by step': `
    WITH ${RETURNED} SELECT seq, line, n FROM returned WHERE cost IS NOT ${COST_OF_RETURN}
    UNION ALL SELECT g.seq, line, n FROM goods_part AS g JOIN product ON product.id = g.product
      WHERE cost IS NOT NULL AND (coalesce(own, 0) = 0 OR g.seq NOT IN (SELECT seq FROM goods_return))
    UNION ALL SELECT seq, total, NULL FROM goods_return WHERE total <> ${sum('cost', 'goods_part AS g WHERE g.seq = goods_return.seq')}`,
};
