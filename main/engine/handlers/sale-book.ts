import { type SaleSummary, type SaleView, saleGet, saleList } from '../../../shared/contract/sale.ts';
import { answers } from '../context.ts';

export const get = answers(saleGet, (ctx, { sale }): SaleView => {
  const head = ctx.sql.one<Omit<SaleView, 'lines' | 'tenders'>>(
    `SELECT sale.seq AS sale, sale.number, journal.at, sale.day, "user".username AS cashier, drawer.code AS drawerCode,
            sale.net AS totalRupiah, sale.rounding AS roundingRupiah, sale.change AS changeRupiah
     FROM sale JOIN journal ON journal.seq = sale.seq JOIN "user" ON "user".id = journal.actor
     JOIN drawer ON drawer.id = sale.drawer WHERE sale.seq = ?`,
    sale,
  );
  if (!head) return ctx.reject('sale-unknown', { sale });
  return {
    ...head,
    lines: ctx.sql.all<SaleView['lines'][number]>(
      `SELECT line, product, product.name, qty, product.unit, price AS priceRupiah, gross AS grossRupiah, net AS netRupiah
       FROM sale_line JOIN product ON product.id = sale_line.product WHERE sale_line.seq = ? ORDER BY line`,
      sale,
    ),
    tenders: ctx.sql.all<SaleView['tenders'][number]>(
      'SELECT kind, amount AS amountRupiah FROM sale_tender WHERE seq = ? ORDER BY n',
      sale,
    ),
  };
});

export const list = answers(saleList, (ctx, { day, shift, limit }) => ({
  sales: ctx.sql.all<SaleSummary>(
    `SELECT sale.seq AS sale, sale.number, journal.at, "user".username AS cashier, sale.net AS totalRupiah,
            (SELECT count(*) FROM sale_line WHERE sale_line.seq = sale.seq) AS lines
     FROM sale JOIN journal ON journal.seq = sale.seq JOIN "user" ON "user".id = journal.actor
     WHERE (sale.day = ? OR ?) AND (sale.shift = ? OR ?) ORDER BY sale.seq DESC LIMIT ?`,
    day ?? null,
    day === undefined ? 1 : 0,
    shift ?? null,
    shift === undefined ? 1 : 0,
    limit,
  ),
}));
