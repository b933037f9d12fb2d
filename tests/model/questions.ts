/** What the two books ask of the engine's rows, in plain SQL. */

export const ACCOUNTS = `SELECT ledger, code, owner, debits - credits AS balance FROM account WHERE debits <> credits`;
/** Lines as they stand in the books: whose they are, at which terms, and who bears what came off them. */
export const LINES = `SELECT line, product, vendor, qty, gross, model, rate_bps AS rateBps, net_price AS netPriceRupiah, cost AS costRupiah,
    per_unit AS perUnitRupiah, json_object('shared', coalesce(discount_shared, 0), 'center', coalesce(discount_center, 0),
      'vendor', coalesce(discount_vendor, 0)) AS off
  FROM sale_line JOIN product ON product.id = product WHERE sale_line.seq = ?
  UNION ALL SELECT line, NULL, NULL, qty, net, NULL, NULL, NULL, NULL, NULL, '{}' FROM unresolved_line WHERE seq = ?
  ORDER BY line`;
export const LOSSES = `SELECT l.product, vendor, lost AS qty, credit AS creditRupiah
  FROM (SELECT seq, product, qty AS lost, credit FROM write_off_line UNION ALL SELECT seq, product, lost, credit FROM stock_count_line) AS l
  JOIN product ON product.id = l.product WHERE l.seq = ?`;
/** Parts of a sale that were taken although a batch that goes before them, and may be sold, still has some. */
export const NOT_FIRST_EXPIRED = `
  WITH place AS (SELECT part.line, part.batch, line.product, coalesce(b.expires, '9999-12-31') AS expires
    FROM sale_line_batch AS part JOIN sale_line AS line USING (seq, line) LEFT JOIN batch AS b ON b.id = part.batch
    WHERE part.seq = ? AND part.batch IS NOT line.batch)
  SELECT place.line, o.id FROM place JOIN batch AS o ON o.product = place.product JOIN account AS a
    ON a.ledger = o.product AND a.code = 'shelf' AND a.owner = CAST(o.id AS TEXT) AND a.debits > a.credits
  WHERE coalesce(o.expires, '9999-12-31') >= (SELECT day FROM sale WHERE seq = ?)
    AND (0, coalesce(o.expires, '9999-12-31'), o.id) < (place.batch = 0, place.expires, place.batch)`;

export const LIVE_RUN = `SELECT seq FROM run WHERE NOT EXISTS (SELECT 1 FROM run_stop WHERE run = run.seq)
  AND NOT EXISTS (SELECT 1 FROM run_part WHERE run = run.seq AND is_last = 1)`;
