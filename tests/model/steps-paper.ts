/** What is put on paper besides the documents themselves, and what the till's quick keys show. None of it moves anything. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentReprint, labelPrint, printerSet } from '../../shared/contract/printing.ts';
import { quickKeysSet } from '../../shared/contract/product.ts';
import { shiftReport } from '../../shared/contract/shift.ts';
import type { Step } from './steps.ts';
import { anyId } from './steps-office.ts';
import { keeperOf, OPEN_SHIFTS, type OpenShift } from './steps-till.ts';

/** Whatever was ever put on paper, and now and then something that never was. */
const DOCUMENTS = `SELECT seq AS document FROM sale UNION ALL SELECT seq FROM refund UNION ALL SELECT seq FROM cash_move
  UNION ALL SELECT seq FROM shift_report UNION ALL SELECT seq FROM shift_close UNION ALL SELECT id FROM payout
  UNION ALL SELECT seq FROM ticket UNION ALL SELECT seq FROM label_print UNION ALL SELECT 1`;

/** From then on the first till prints: into a file, whose writing waits for nobody. */
async function setPrinter({ books, dice }: Step): Promise<void> {
  const address = { kind: 'file' as const, path: join(books.engine.dir, 'kertas.prn') };
  writeFileSync(address.path, '');
  const make = dice.chance(50)
    ? { profile: 'epson' as const, columns: 42, fallback: dice.pick([3, 9]) }
    : {
        profile: 'custom' as const,
        custom: { dots: 384, codePage: 0, cut: false, kickPin: 2 as const, raster: dice.chance(50) },
      };
  await books.give({
    as: 'budi',
    entry: printerSet,
    input: { drawer: 1, address, paperMm: dice.pick([58, 80] as const), ...make },
  });
}

export async function putOnPaper(step: Step): Promise<void> {
  const { books, dice } = step;
  if (dice.chance(30) || books.value('SELECT seq FROM printer WHERE drawer = 1') === undefined)
    await setPrinter(step);
  const drawer = dice.chance(10) ? dice.pick([2, 9]) : 1;
  const approver = dice.chance(50) ? 'ratna' : undefined;
  const kind = dice.below(4);
  if (kind === 0) {
    const { document } = dice.pick(books.rows<{ document: number }>(DOCUMENTS));
    const as = dice.pick(['budi', 'siti'] as const);
    await books.give({ as, entry: documentReprint, input: { document, drawer }, approver });
  }
  if (kind === 1) {
    const batch = dice.chance(50) ? { batch: anyId(step, 'batch') } : {};
    const input = { product: anyId(step, 'product'), ...batch, copies: 1 + dice.below(3), drawer };
    await books.give({ as: 'budi', entry: labelPrint, input });
  }
  if (kind === 2) {
    const open = dice.pick(books.rows<OpenShift>(OPEN_SHIFTS));
    const as = open && dice.chance(70) ? keeperOf(open) : 'budi';
    const shift = dice.chance(5) ? 1 : (open?.seq ?? 1);
    await books.give({ as, entry: shiftReport, input: { shift }, approver });
  }
  if (kind === 3) {
    const products = Array.from({ length: dice.below(4) }, () => anyId(step, 'product'));
    await books.give({ as: 'budi', entry: quickKeysSet, input: { products } });
  }
}
