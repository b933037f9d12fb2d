import { vendorStatement } from '../../../shared/contract/vendor.ts';
import { answers } from '../context.ts';
import { vendorById } from '../store/rows.ts';
import { MOST_MOVEMENTS, vendorMovements } from '../store/vendor-book.ts';

export const statement = answers(vendorStatement, (ctx, input) => {
  const vendor = vendorById(ctx.sql, input.vendor);
  if (!vendor) return ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const movements = vendorMovements(ctx, vendor.id, { fromDay: input.fromDay, toDay: input.toDay });
  const shown = movements.slice(0, MOST_MOVEMENTS);
  const before = input.fromDay ? vendorMovements(ctx, vendor.id, { beforeDay: input.fromDay }) : [];
  const sum = (rows: { amountRupiah: number }[]) => rows.reduce((total, row) => total + row.amountRupiah, 0);
  const openingRupiah = sum(before);
  return {
    vendor: vendor.id,
    code: vendor.code,
    name: vendor.name,
    openingRupiah,
    sections: [],
    movements: shown,
    closingRupiah: openingRupiah + sum(movements),
    stock: [],
    complete: shown.length === movements.length,
  };
});
