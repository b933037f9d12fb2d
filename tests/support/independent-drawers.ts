/** Cash: what each shift expects, what each drawer holds, and that it moves only while somebody answers for it. */
import { live, type Rules, sum } from './independent-rows.ts';

const SAFE = '(SELECT id FROM drawer WHERE is_safe = 1)';

/**
 * Cash that a document brought into a drawer (above 0) or took out of it (below 0), rupiah: cash tendered less change,
 * refunds, moves by hand, drops, payouts, purchases, payments to buyers and from vendors. Floats, closings and counts
 * of the safe stand apart, in `handed`.
 */
const MOVED = `moved AS (
  SELECT seq AS document, seq, drawer, cash_due AS amount FROM sale
  UNION ALL SELECT seq, seq, drawer, -cash FROM refund
  UNION ALL SELECT seq, seq, drawer, iif(direction = 'in', amount, -amount) FROM cash_move
  UNION ALL SELECT seq, seq, ${SAFE}, iif(direction = 'in', -amount, amount) FROM cash_move WHERE kind = 'safe'
  UNION ALL SELECT id, seq, drawer, -amount FROM payout WHERE drawer IS NOT NULL
  UNION ALL SELECT seq, seq, drawer, -total FROM intake WHERE drawer IS NOT NULL
  UNION ALL SELECT seq, seq, drawer, -amount FROM buyer_payment WHERE drawer IS NOT NULL
  UNION ALL SELECT seq, seq, drawer, amount FROM vendor_payment WHERE drawer IS NOT NULL),
handed AS (
  SELECT shift.seq, ${SAFE} AS drawer, -float AS amount FROM shift JOIN journal USING (seq)
    WHERE input ->> '$.floatFrom' IS NOT 'opening'
  UNION ALL SELECT seq, ${SAFE}, counted FROM shift_close
  UNION ALL SELECT seq, drawer, difference FROM safe_count)`;

/** What documents moved in a drawer between two rows, as far as nobody had taken them back by the second. */
const between = (drawer: string, from: string, to: string) =>
  sum(
    'amount',
    `moved WHERE moved.drawer = ${drawer} AND moved.seq > ${from} AND moved.seq < ${to} AND ${live('moved.document', to)}`,
  );
const handed = (before: string) =>
  sum('amount', `handed WHERE handed.drawer = d.id AND handed.seq < ${before}`);
const CASH = sum('debits - credits', "account WHERE code = 'cash' AND owner = CAST(d.id AS TEXT)");

export const drawerRules: Rules = {
  'a shift expects float + cash tendered − change ± in and out − drops − refunds − payouts − purchases ± payments': `
    WITH ${MOVED} SELECT c.seq FROM shift_close AS c JOIN shift ON shift.seq = c.shift
    WHERE difference <> counted - expected OR expected <> float + ${between('shift.drawer', 'shift.seq', 'c.seq')}`,
  'an X report says what its drawer held and its shift had done by then': `
    WITH ${MOVED}, said AS (SELECT seq, shift, iif(json_valid(figures), figures, '{}') AS figures FROM shift_report)
    SELECT r.seq FROM said AS r LEFT JOIN shift ON shift.seq = r.shift
    WHERE figures ->> '$.expectedRupiah' IS NOT float + ${between('shift.drawer', 'shift.seq', 'r.seq')}
      OR figures ->> '$.shift' IS NOT shift.seq OR r.seq > (SELECT c.seq FROM shift_close AS c WHERE c.shift = shift.seq)
      OR figures ->> '$.salesRupiah' IS NOT ${sum('net', 'sale WHERE sale.shift = shift.seq AND sale.seq < r.seq')}
      OR figures ->> '$.refundsRupiah' IS NOT ${sum('net', 'refund WHERE refund.shift = shift.seq AND refund.seq < r.seq')}
    UNION ALL SELECT seq FROM journal WHERE name = 'shift.report' AND outcome LIKE '{"ok"%'
      AND seq NOT IN (SELECT seq FROM shift_report)`,
  'a closed drawer is empty, an open one holds what its shift says': `
    WITH ${MOVED} SELECT d.id FROM drawer AS d LEFT JOIN shift ON shift.seq = (SELECT max(seq) FROM shift WHERE shift.drawer = d.id)
    WHERE is_safe = 0 AND ${CASH} <> iif(shift.seq IS NULL OR EXISTS (SELECT 1 FROM shift_close AS c WHERE c.shift = shift.seq), 0,
      float + ${between('d.id', 'shift.seq', '9e15')})`,
  'the safe holds what drawers handed in less their floats, and what its own documents moved': `
    WITH ${MOVED} SELECT d.id FROM drawer AS d WHERE is_safe = 1 AND ${CASH} <> ${handed('9e15')} + ${between('d.id', '0', '9e15')}`,
  'a count of the safe expects what it held': `
    WITH ${MOVED} SELECT c.seq FROM safe_count AS c JOIN drawer AS d ON d.id = c.drawer
    WHERE difference <> counted - expected OR is_safe = 0 OR expected <> ${handed('c.seq')} + ${between('d.id', '0', 'c.seq')}`,
  'notes and coins add up to what was counted': `
    SELECT n.seq FROM cash_count AS n LEFT JOIN shift_close USING (seq) LEFT JOIN safe_count USING (seq)
    GROUP BY n.seq HAVING sum(value * pieces) IS NOT max(coalesce(shift_close.counted, safe_count.counted))`,
  'cash moves, and moves back, only in an open shift of its drawer': `
    WITH ${MOVED}, kept AS (SELECT seq, drawer, seq AS at FROM moved
      UNION ALL SELECT moved.seq, moved.drawer, reversal.seq FROM moved JOIN reversal USING (document) WHERE moved.amount <> 0)
    SELECT kept.seq, kept.at FROM kept WHERE NOT EXISTS (SELECT 1 FROM shift LEFT JOIN shift_close AS c ON c.shift = shift.seq
      WHERE shift.drawer = kept.drawer AND shift.seq < kept.seq AND coalesce(c.seq, 9e15) > kept.at)`,
  'a drawer has one open shift, and a move by hand names it': `
    SELECT drawer, count(*) FROM shift LEFT JOIN shift_close AS c ON c.shift = shift.seq WHERE c.seq IS NULL
      GROUP BY drawer HAVING count(*) > 1
    UNION ALL SELECT m.seq, m.shift FROM cash_move AS m LEFT JOIN shift ON shift.seq = m.shift WHERE m.drawer IS NOT shift.drawer
      OR m.amount < 1 OR (m.category IS NULL) = (m.kind = 'expense') OR (m.kind = 'safe' AND m.drawer = ${SAFE})
      OR m.direction || ' ' || m.kind NOT IN ('in other-income', 'in bank', 'in opening', 'in safe', 'out expense', 'out bank', 'drop safe')
    UNION ALL SELECT c.seq, c.shift FROM shift_close AS c WHERE c.seq <= c.shift`,
};
