import { printerSet } from '../../../shared/contract/printing.ts';
import { handles } from '../context.ts';
import { drawerById } from '../store/rows.ts';

export const setPrinter = handles(printerSet, (ctx, input) => {
  if (!drawerById(ctx.sql, input.drawer)) ctx.reject('drawer-unknown', { drawer: input.drawer });
  ctx.insert('printer', {
    drawer: input.drawer,
    address: JSON.stringify(input.address),
    paper_mm: input.paperMm,
    profile: input.profile,
    kick: input.kick ? 1 : 0,
  });
  ctx.changed('print');
  return { printer: ctx.seq };
});
