/** Sold lines, receipts, tenders, tickets and what acquirers paid: every stored figure worked out a second time. */
import {
  COMMISSION,
  categoryAt,
  largestRemainder,
  live,
  type Rules,
  setting,
  sum,
  times,
  WRITTEN,
  winner,
} from './independent-rows.ts';

const DISCOUNTS = `(coalesce(discount_shared, 0) + coalesce(discount_center, 0) + coalesce(discount_vendor, 0))`;

/** Of a code that was unknown the terms are those of the day it was sold or, where there were none, of the day it was named. */
const FACTS = `${WRITTEN}, facts AS (SELECT l.*, vendor, journal.day AS named_day, ${categoryAt('l.product', 'l.seq')} AS category
  FROM written AS l JOIN product ON product.id = l.product JOIN journal ON journal.seq = l.seq)`;

const LEVEL = `CASE WHEN agreement.product IS NOT NULL THEN 'product'
  WHEN agreement.vendor IS NOT NULL THEN iif(agreement.category IS NULL, 'vendor', 'vendor-category')
  ELSE iif(agreement.category IS NULL, 'center', 'category') END`;

/** Lines that a discount on their sale is spread over, by what is left of each after its own. */
const SPREAD = `spread AS (SELECT sale.seq, line, sale_line.sale_discount AS given, sale.sale_discount AS total,
    net + coalesce(sale_line.sale_discount, 0) AS weight FROM sale_line JOIN (
      SELECT seq, sale_discount FROM sale WHERE sale_discount > 0) AS sale USING (seq)
  WHERE coalesce((SELECT discountable FROM product_version AS version WHERE version.product = sale_line.product
    AND version.seq < sale.seq ORDER BY version.seq DESC LIMIT 1), 1) = 1)`;

/** A sale with what of it was left to be paid in cash, and the step and mode of its time. */
const CASH = `cash AS (SELECT sale.*, net - ${sum('amount', "sale_tender AS t WHERE t.seq = sale.seq AND kind <> 'cash'")}
    AS due, ${sum('amount', "sale_tender AS t WHERE t.seq = sale.seq AND kind = 'cash'")} AS given,
    ${setting('rounding_step', 'sale.seq')} AS step,
    (SELECT rounding_mode FROM center WHERE center.seq < sale.seq ORDER BY center.seq DESC LIMIT 1) AS mode FROM sale)`;
const ROUNDED = `CASE WHEN step = 0 OR due % step = 0 THEN due
  WHEN mode = 'up' OR mode = 'nearest' AND 2 * (due % step) >= step THEN due - due % step + step
  ELSE max(step, due - due % step) END`;

export const saleRules: Rules = {
  'the net of a line is its gross less its discounts, and is shared without a rest': `
    SELECT seq, line FROM sale_line WHERE gross <> ${times('price', 'qty')} OR net <> gross - ${DISCOUNTS} OR net < 0
      OR commission + share <> net OR coalesce(sale_discount, 0) NOT BETWEEN 0 AND ${DISCOUNTS}
      OR min(coalesce(discount_shared, 0), coalesce(discount_center, 0), coalesce(discount_vendor, 0)) < 0`,
  'each of the six models shares a line as it says': `
    SELECT seq, line FROM sale_line WHERE commission IS NOT ${COMMISSION} - coalesce(discount_center, 0)
      OR (rate_bps IS NULL) = (model IN ('percent', 'margin')) OR (net_price IS NULL) = (model = 'net-price')
      OR (per_unit IS NULL) = (model = 'fixed') OR (cost IS NULL) = (model = 'margin')`,
  'a line has the terms that win on its day': `
    WITH ${FACTS}, won AS (SELECT l.*, coalesce(${winner('l.day')}, ${winner('l.named_day')}) AS winner
      FROM facts AS l)
    SELECT won.seq, line FROM won LEFT JOIN agreement ON agreement.id = winner
    WHERE won.agreement IS NOT winner OR won.model IS NOT agreement.model OR won.per_unit IS NOT agreement.per_unit
      OR won.rate_bps IS NOT agreement.rate_bps OR coalesce(won.level, 'vendor') <> ${LEVEL}`,
  'prices of a sale are those in force': `
    SELECT sale_line.seq, line FROM sale JOIN sale_line USING (seq) LEFT JOIN price ON price.id =
      (SELECT max(id) FROM price AS p WHERE p.product = sale_line.product AND p.seq < sale_line.seq)
    WHERE coalesce(list_price, sale_line.price) IS NOT price.price
      OR model = 'net-price' AND sale_line.net_price IS NOT price.net_price
      OR model = 'margin' AND sale_line.cost IS NOT price.cost`,
  'a label says the price in force, and a code of its product or its batch': `
    SELECT l.seq FROM label_print AS l LEFT JOIN batch ON batch.id = l.batch LEFT JOIN price ON price.id =
      (SELECT max(id) FROM price AS p WHERE p.product = l.product AND p.seq < l.seq)
    WHERE l.price IS NOT price.price OR l.batch IS NOT NULL AND (batch.product IS NOT l.product
        OR substr(barcode, 1, 12) <> '29' || printf('%010d', l.batch) OR length(barcode) <> 13)
      OR l.batch IS NULL AND NOT EXISTS (SELECT 1 FROM barcode AS c
        WHERE c.barcode = l.barcode AND c.product = l.product AND c.seq <= l.seq)
    UNION ALL SELECT seq FROM journal WHERE name = 'label.print' AND outcome LIKE '{"ok"%'
      AND seq NOT IN (SELECT seq FROM label_print)`,
  'a discount by a promotion is borne whole': `
    SELECT id FROM promotion WHERE shared_bps + center_bps + vendor_bps <> 10000
      OR min(shared_bps, center_bps, vendor_bps) < 0 OR rate_bps NOT BETWEEN 1 AND 10000`,
  'a promotion runs that day, fits its line and takes off what it promises': `
    WITH ${FACTS} SELECT facts.seq, line FROM facts LEFT JOIN promotion ON promotion.id = facts.promotion
    WHERE facts.promotion IS NOT NULL AND (promotion.id IS NULL OR promotion.seq > facts.seq
      OR day NOT BETWEEN from_day AND to_day OR coalesce(promotion.vendor, facts.vendor) <> facts.vendor
      OR promotion.category IS NOT NULL AND promotion.category IS NOT facts.category
      OR coalesce(promotion.product, facts.product) <> facts.product
      OR ${DISCOUNTS} - coalesce(facts.sale_discount, 0) < gross * promotion.rate_bps / 10000
      OR EXISTS (SELECT 1 FROM promotion_end AS e WHERE e.promotion = promotion.id AND e.seq < facts.seq))`,
  'a discount on a sale is spread by largest remainder over what is left of its lines': `
    WITH ${SPREAD} SELECT seq, line FROM (${largestRemainder('spread', 'seq', 'line')}) WHERE fair <> coalesce(given, 0)
    UNION ALL SELECT seq, line FROM sale_line WHERE sale_discount IS NOT NULL
      AND (seq, line) NOT IN (SELECT seq, line FROM spread)`,
  'a sale is its lines': `
    SELECT seq FROM sale WHERE
      net <> ${sum('net', 'sale_line AS l WHERE l.seq = sale.seq')} +
        ${sum('net', 'unresolved_line AS u WHERE u.seq = sale.seq')} OR
      gross <> ${sum('gross', 'sale_line AS l WHERE l.seq = sale.seq')} +
        ${sum('net', 'unresolved_line AS u WHERE u.seq = sale.seq')} OR
      coalesce(sale_discount, 0) <> ${sum('sale_discount', 'sale_line AS l WHERE l.seq = sale.seq')}`,
  'the lines of a receipt are numbered from 1 without a gap': `
    SELECT seq FROM (SELECT seq, line FROM sale JOIN sale_line USING (seq) UNION ALL SELECT seq, line FROM unresolved_line)
    GROUP BY seq HAVING min(line) <> 1 OR max(line) <> count(*) OR count(DISTINCT line) <> count(*)`,
  'a sale is paid, and only what is left for cash is rounded': `
    WITH ${CASH} SELECT seq FROM cash WHERE due < 0 OR cash_due <> ${ROUNDED} OR rounding <> cash_due - due
      OR given - change <> cash_due OR change < 0 OR due = 0 AND given <> 0`,
  'a sale is of the drawer and the day of its shift': `
    SELECT sale.seq FROM sale LEFT JOIN shift ON shift.seq = sale.shift WHERE sale.drawer IS NOT shift.drawer OR sale.day <> shift.day
      OR sale.seq < shift.seq OR sale.seq > (SELECT seq FROM shift_close WHERE shift_close.shift = shift.seq)`,
  'receipts count without a gap': `
    SELECT drawer, day FROM sale GROUP BY drawer, day HAVING count(*) <> max(counter) OR min(counter) <> 1
    UNION ALL SELECT sale.seq, number FROM sale LEFT JOIN drawer ON drawer.id = drawer
      WHERE number IS NOT code || '-' || replace(substr(day, 3), '-', '') || '-' || printf('%04d', counter)`,
  'the goods of a line come from batches of its product': `
    SELECT seq, line FROM sale_line WHERE
      qty <> ${sum('qty', 'sale_line_batch AS b WHERE b.seq = sale_line.seq AND b.line = sale_line.line')}
    UNION ALL SELECT part.seq, part.line FROM sale_line_batch AS part LEFT JOIN sale_line USING (seq, line)
      LEFT JOIN batch ON batch.id = part.batch
      WHERE part.qty < 1 OR sale_line.seq IS NULL OR part.batch <> 0 AND batch.product IS NOT sale_line.product`,
  'what an unknown code cost is its price times its quantity': `
    SELECT seq, line FROM unresolved_line WHERE net <> ${times('price', 'qty')}`,
  'an unknown code is resolved at most once, as it was sold': `
    SELECT sale, line FROM resolution WHERE ${live('resolution.seq')} GROUP BY sale, line HAVING count(*) > 1
    UNION ALL SELECT r.seq, r.line FROM resolution AS r LEFT JOIN unresolved_line AS u ON u.seq = r.sale AND u.line = r.line
      LEFT JOIN sale_line AS l ON l.seq = r.seq AND l.line = r.line WHERE u.seq IS NULL OR l.product IS NOT r.product
      OR l.seq IS NOT NULL AND (l.qty <> u.qty OR l.price <> u.price OR l.net <> u.net)
    UNION ALL SELECT l.seq, l.line FROM sale_line AS l LEFT JOIN sale ON sale.seq = l.seq
      LEFT JOIN resolution AS r ON r.seq = l.seq AND r.line = l.line WHERE sale.seq IS NULL AND r.seq IS NULL`,
};

export const tenderRules: Rules = {
  'a ticket ends at most once, after it was made, and is seen only while it is open': `
    SELECT ticket FROM ticket_end GROUP BY ticket HAVING count(*) > 1
    UNION ALL SELECT e.ticket FROM ticket_end AS e LEFT JOIN ticket ON ticket.seq = e.ticket
      WHERE ticket.seq IS NULL OR e.seq <= e.ticket OR e.how NOT IN ('sold', 'recalled', 'discarded')
    UNION ALL SELECT s.ticket FROM ticket_seen AS s LEFT JOIN ticket ON ticket.seq = s.ticket
      LEFT JOIN ticket_end AS e ON e.ticket = s.ticket WHERE ticket.kind IS NOT 'qris' OR s.seq <= s.ticket OR s.seq > e.seq`,
  'each QRIS tender ends one ticket of its amount, and each ticket sold is one QRIS tender': `
    SELECT t.seq FROM sale_tender AS t LEFT JOIN ticket ON ticket.seq = t.ticket
      LEFT JOIN ticket_end AS e ON e.ticket = t.ticket AND e.seq = t.seq AND e.how = 'sold'
      WHERE t.kind = 'qris' AND (ticket.amount IS NOT t.amount OR ticket.kind <> 'qris' OR e.seq IS NULL)
        OR t.kind <> 'qris' AND t.ticket IS NOT NULL
    UNION ALL SELECT e.seq FROM ticket_end AS e LEFT JOIN sale_tender AS t ON t.seq = e.seq AND t.ticket = e.ticket
      WHERE e.how = 'sold' AND t.seq IS NULL`,
  'a QRIS payment was seen, or the code being shown suffices': `
    SELECT t.seq FROM sale_tender AS t WHERE kind = 'qris' AND ${setting('qris_shown_suffices', 't.seq')} = 0
      AND NOT EXISTS (SELECT 1 FROM ticket_seen AS s WHERE s.ticket = t.ticket AND s.seq < t.seq)`,
  'a payment is matched at most once, for what it was': `
    SELECT sale, tender FROM clearing_match_tender AS m WHERE ${live('m.seq')} GROUP BY sale, tender HAVING count(*) > 1
    UNION ALL SELECT m.seq, m.n FROM clearing_match_tender AS m JOIN clearing_match USING (seq)
      LEFT JOIN sale_tender AS t ON t.seq = m.sale AND t.n = m.tender
      WHERE t.amount IS NOT m.amount OR t.kind IS NOT clearing_match.kind OR m.sale > m.seq`,
  'a match is its payments, and its fee is at most that': `
    SELECT seq FROM clearing_match WHERE fee NOT BETWEEN 0 AND gross
      OR gross <> ${sum('amount', 'clearing_match_tender AS m WHERE m.seq = clearing_match.seq')}`,
};
