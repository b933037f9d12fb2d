/** What happens in the office with goods, terms and people. */
import { centerChange, clockConfirm, operatorSet } from '../../shared/contract/center.ts';
import {
  countPost,
  countRequest,
  returnConfirm,
  unresolvedResolve,
  writeOffConfirm,
} from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import {
  barcodeAdd,
  priceSet,
  productChange,
  productCreate,
  promotionCreate,
  promotionEnd,
} from '../../shared/contract/product.ts';
import { agreementSet, groupCreate, vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { addDays, type Step } from './steps.ts';

const as = 'budi';

/** One of the ids of a table, now and then one that is not there. */
export function anyId({ books, dice }: Step, table: string): number {
  return 1 + dice.below((books.value(`SELECT max(id) FROM ${table}`) ?? 0) + (dice.chance(3) ? 2 : 0));
}

function pieces({ dice }: Step): number {
  return dice.chance(25) ? 1 + dice.below(9_000) : 1_000 * (1 + dice.below(15));
}

export async function takeIn(step: Step): Promise<void> {
  const { books, dice } = step;
  const isPurchase = dice.chance(30);
  const products = books.rows<{ id: number; vendor: number }>(
    'SELECT id, vendor FROM product WHERE coalesce(own, 0) = ?',
    isPurchase ? 1 : 0,
  );
  const first = dice.pick(products);
  const own = products.filter(({ vendor }) => vendor === first?.vendor);
  const lines = Array.from({ length: 1 + dice.below(3) }, () => ({
    product: dice.chance(3) ? anyId(step, 'product') : dice.pick(own).id,
    qty: pieces(step),
    ...(dice.chance(50) && { expires: addDays(books.today, dice.below(6) - (dice.chance(5) ? 9 : 0)) }),
  }));
  const vendor = first?.vendor as number;
  if (!isPurchase) {
    const prices = dice.chance(15)
      ? { priceRupiah: 1 + dice.below(50_000), netPriceRupiah: dice.below(30_000) }
      : {};
    const input = { vendor, lines: lines.map((line) => ({ ...line, ...prices })) };
    await books.give({ as, entry: intakeConfirm, input });
    return;
  }
  const drawer = dice.chance(30) ? { drawer: dice.pick([1, 3]) } : {};
  const paid = dice.pick(['credit', 'cash', 'bank'] as const);
  const input = {
    vendor,
    paid,
    ...drawer,
    lines: lines.map((line) => ({ ...line, unitCostRupiah: 1 + dice.below(9_000) })),
  };
  await books.give({ as, entry: purchaseConfirm, input });
}

/** Goods leave without a sale, or are counted. */
export async function loseOrReturn(step: Step): Promise<void> {
  const { books, dice } = step;
  const standing = books.rows<{ product: number; vendor: number; code: string; batch: number; qty: number }>(
    `SELECT ledger AS product, vendor, code, CAST(owner AS INTEGER) AS batch, debits - credits AS qty
     FROM account JOIN product ON product.id = ledger WHERE code IN ('shelf', 'return-shelf') AND debits > credits`,
  );
  const one = dice.pick(standing);
  if (!one) return;
  const { product, vendor } = one;
  const line = {
    product,
    qty: Math.max(1, dice.chance(10) ? one.qty + 1 : dice.below(one.qty / 2)),
    ...(one.batch > 0 && dice.chance(50) && { batch: one.batch }),
    ...(one.code === 'return-shelf' && { shelf: 'return-shelf' as const }),
  };
  const kind = dice.below(3);
  if (kind === 0) await books.give({ as, entry: returnConfirm, input: { vendor, lines: [line] } });
  if (kind === 1) {
    const vendorBps = dice.chance(30) ? { vendorBps: dice.below(10_001) } : {};
    const reason = dice.pick(['damaged', 'lost', 'expired', 'tester'] as const);
    await books.give({ as, entry: writeOffConfirm, input: { reason, lines: [{ ...line, ...vendorBps }] } });
  }
  if (kind === 2) {
    const book =
      books.value(
        "SELECT coalesce(sum(debits - credits), 0) FROM account WHERE ledger = ? AND code = 'shelf'",
        product,
      ) ?? 0;
    const countedQty = Math.max(0, book + dice.pick([0, -1_000, 2_000, -3_500]));
    const batch = one.code === 'shelf' && one.batch > 0 && dice.chance(30) ? { batch: one.batch } : {};
    const counted = {
      product,
      countedQty: 'batch' in batch ? dice.below(one.qty * 1.2) : countedQty,
      ...batch,
    };
    if (dice.chance(10)) await books.give({ as, entry: countRequest, input: { products: [product] } });
    await books.give({ as, entry: countPost, input: { lines: [counted] } });
  }
}

export async function resolve(step: Step): Promise<void> {
  const { books, dice } = step;
  const unknown = dice.pick(
    books.rows<{ sale: number; line: number }>('SELECT seq AS sale, line FROM unresolved_line'),
  );
  if (!unknown) return;
  const product = dice.chance(75) ? { product: anyId(step, 'product') } : {};
  const memo = dice.chance(80) ? { memo: 'label lepas' } : {};
  await books.give({ as, entry: unresolvedResolve, input: { ...unknown, ...product, ...memo } });
}

export async function changeTerms(step: Step): Promise<void> {
  const { books, dice } = step;
  const kind = dice.below(7);
  const priceRupiah = 1 + dice.below(60_000);
  const netPrice = dice.chance(60) ? { netPriceRupiah: dice.below(priceRupiah * 1.1) } : {};
  const cost = dice.chance(60) ? { costRupiah: dice.below(priceRupiah) } : {};
  if (kind === 0) {
    const terms = dice.pick([
      { model: 'percent' as const, rateBps: dice.below(10_001) },
      { model: 'net-price' as const },
      { model: 'fixed' as const, perUnitRupiah: 1 + dice.below(3_000) },
      { model: 'margin' as const, rateBps: dice.below(10_001) },
      { model: 'none' as const },
    ]);
    const whose = dice.pick([
      { vendor: anyId(step, 'vendor') },
      { product: anyId(step, 'product') },
      { vendor: anyId(step, 'vendor'), category: dice.pick(['Kue', 'Batik']) },
      { category: dice.pick(['Kue', 'Batik']) },
      {},
    ]);
    const bearer = dice.chance(30)
      ? { discountBearer: dice.pick(['shared', 'center', 'vendor'] as const) }
      : {};
    const from = dice.chance(20) ? { from: addDays(books.today, dice.below(3) - 1) } : {};
    await books.give({ as, entry: agreementSet, input: { terms, ...whose, ...bearer, ...from } });
  }
  if (kind === 1)
    await books.give({
      as,
      entry: priceSet,
      input: { product: anyId(step, 'product'), priceRupiah, ...netPrice, ...cost },
    });
  if (kind === 2) {
    const own = dice.chance(20) ? { own: true } : {};
    const input = {
      vendor: anyId(step, 'vendor'),
      name: `Baru ${books.seq}`,
      priceRupiah,
      ...netPrice,
      ...cost,
      ...own,
    };
    await books.give({ as, entry: productCreate, input });
  }
  if (kind === 3) {
    const flags = dice.chance(50)
      ? { discountable: dice.chance(50) }
      : { active: dice.chance(70), category: 'Kue' };
    await books.give({ as, entry: productChange, input: { product: anyId(step, 'product'), ...flags } });
  }
  if (kind === 4) {
    const vendorBps = dice.below(10_001);
    const bearers = { sharedBps: 10_000 - vendorBps, centerBps: 0, vendorBps };
    const days = { from: books.today, to: addDays(books.today, dice.below(5)) };
    await books.give({
      as,
      entry: promotionCreate,
      input: { name: 'Acara', ...days, rateBps: 1 + dice.below(5_000), bearers },
    });
  }
  if (kind === 5) await books.give({ as, entry: promotionEnd, input: { promotion: 2 + dice.below(3) } });
  if (kind === 6) await changePeople(step);
}

async function changePeople(step: Step): Promise<void> {
  const { books, dice } = step;
  const vendor = anyId(step, 'vendor');
  const kind = dice.below(6);
  if (kind === 0)
    await books.give({ as, entry: vendorCreate, input: { code: `W${books.seq}`, name: 'Penitip baru' } });
  if (kind === 1)
    await books.give({ as, entry: vendorChange, input: { vendor, active: dice.chance(80), group: 1 } });
  if (kind === 2) await books.give({ as, entry: groupCreate, input: { name: `Kelompok ${dice.below(4)}` } });
  if (kind === 3) await books.give({ as, entry: barcodeAdd, input: { product: anyId(step, 'product') } });
  if (kind === 4) await books.give({ as: 'ratna', entry: operatorSet, input: { name: 'Dinas' } });
  if (kind === 5) await books.give({ as, entry: clockConfirm, input: {} });
}

export async function changeSettings({ books, dice }: Step): Promise<void> {
  const stepRupiah = dice.pick([100, 0, 50, 500, 1_000] as const);
  const mode = dice.pick(['down', 'nearest', 'up'] as const);
  const input = dice.pick([
    { cashRounding: { stepRupiah, mode } },
    { cashRounding: { stepRupiah: 1_000 as const, mode: 'nearest' as const } },
    { holdUnmatchedQris: dice.chance(60), qrisReleaseDays: dice.below(9) },
    { returnWindowDays: dice.below(3) },
    { payoutFeeRupiah: dice.below(3_000), minimumPayoutRupiah: dice.below(30_000) },
    { cashierDiscountBps: dice.below(10_001), varianceLimitRupiah: dice.below(60_000) },
    { twoPersonSettlement: dice.chance(60), qrisShownSuffices: dice.chance(40) },
  ]);
  await books.give({ as: 'ratna', entry: centerChange, input });
}
