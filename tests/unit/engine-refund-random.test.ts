/**
 * Proves on seeded random histories that whatever is sold, in any mix of terms, discounts, tenders and cash steps, and
 * comes back whole in any portions and order, leaves nothing behind: the drawer holds its float, rounding, commission,
 * own goods and vendors are 0 but for goodwill, every batch has its goods, and the buyers are owed exactly what they did
 * not pay in cash. Meanwhile no refund is refused or faults. SEED= gives the same histories again, SOAK=1 many more.
 */
import { afterAll, expect, it } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { purchaseConfirm } from '../../shared/contract/intake.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { type Goods, goodsAt, heldGoods, owed } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { seededRandom } from './seal-support.ts';

type SaleInput = InputOf<typeof saleComplete>;
type Reason = InputOf<typeof refundComplete>['lines'][number]['reason'];

const HISTORIES = process.env.SOAK === '1' ? 200 : 6;
const SALES = 25;
const FLOAT = 5_000_000;
const STEPS = [0, 50, 100, 500, 1000] as const;
const MODES = ['down', 'nearest', 'up'] as const;

let refunds = 0;
afterAll(() => console.log(`SEED=${seed} ${HISTORIES} histories, ${refunds} refunds`));

interface Offered extends Goods {
  price: number;
}

async function stocked(shop: Shop): Promise<Offered[]> {
  const batches = [3, 2, 400].map((pieces) => ({ pieces }));
  const models = [
    { price: 7_777, terms: { model: 'percent' as const, rateBps: 1250 } },
    { price: 25_000, terms: { model: 'net-price' as const }, netPriceRupiah: 20_001 },
    { price: 333, terms: { model: 'fixed' as const, perUnitRupiah: 57 } },
    { price: 28_500, terms: { model: 'margin' as const, rateBps: 3333 }, costRupiah: 17_000 },
    { price: 1_999, terms: { model: 'none' as const } },
  ];
  const offered: Offered[] = [];
  for (const { price, ...options } of models) {
    offered.push({ ...(await goodsAt(shop, price, { ...options, batches })), price });
  }
  const own = await goodsAt(shop, 12_345, { own: true });
  const { batches: bought } = await shop.manager.must(purchaseConfirm, {
    vendor: own.vendor,
    lines: [{ product: own.product, qty: 400_000, unitCostRupiah: 8_000 }],
    paid: 'bank',
  });
  return [...offered, { ...own, batches: bought, price: 12_345 }];
}

/** A sale of up to four lines, by piece or by weight, with or without discounts, paid in any mix. */
function randomSale(shift: number, offered: readonly Offered[], below: (limit: number) => number): SaleInput {
  const chance = (percent: number) => below(100) < percent;
  let total = 0;
  const lines = Array.from({ length: 1 + below(4) }, () => {
    const { product, price, batches } = offered[below(offered.length)] as Offered;
    const qty = chance(70) ? (1 + below(6)) * 1000 : 1 + below(4_000);
    const gross = Math.floor((price * qty + 500) / 1000);
    const off = gross > 1 && chance(30) ? 1 + below(Math.ceil(gross / 3)) : 0;
    total += gross - off;
    return {
      product,
      qty,
      priceRupiah: price,
      ...(off > 0 && {
        discounts: [{ amountRupiah: off, bearer: chance(50) ? ('shared' as const) : ('center' as const) }],
      }),
      ...(batches.length > 0 && chance(20) && { batch: batches[below(batches.length)] as number }),
    };
  });
  const discount = total > 10 && chance(40) ? 1 + below(Math.floor(total / 4)) : 0;
  total -= discount;
  const card = total > 3 && chance(40) ? 1 + below(chance(30) ? total : total - 1) : 0;
  const left = total - card;
  const transfer = left > 3 && chance(30) ? 1 + below(left - 1) : 0;
  const tenders: SaleInput['tenders'] = [
    ...(card > 0 ? [{ kind: 'debit' as const, amountRupiah: card }] : []),
    ...(left > transfer ? [{ kind: 'cash' as const, amountRupiah: left - transfer + 1000 }] : []),
    ...(transfer > 0 ? [{ kind: 'transfer' as const, amountRupiah: transfer }] : []),
  ];
  return {
    shift,
    lines,
    ...(discount > 0 && { discount: { amountRupiah: discount } }),
    totalRupiah: total,
    tenders,
  };
}

/** What is still out of each line of each sale, thousandths. */
type Out = { sale: number; line: number; left: number };

/** Some lines of one sale, in portions, for any reason. */
function randomReturn(out: readonly Out[], reasons: readonly Reason[], below: (limit: number) => number) {
  const open = out.filter(({ left }) => left > 0);
  const { sale } = open[below(open.length)] as Out;
  const ofSale = open.filter((line) => line.sale === sale);
  const chosen = ofSale.filter((_, index) => index === 0 || below(2) === 0);
  return {
    sale,
    lines: chosen.map((line) => {
      const qty = below(2) === 0 ? line.left : 1 + below(line.left);
      line.left -= qty;
      return { line: line.line, qty, reason: reasons[below(reasons.length)] as Reason };
    }),
  };
}

async function history(own: number): Promise<void> {
  const random = seededRandom(own);
  const below = (limit: number) => Math.floor(random() * limit);
  const engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  const shop = await openShop(engine);
  const { admin, manager } = shop;
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const { shift } = await manager.must(shiftOpen, { drawer, floatRupiah: FLOAT, floatFrom: 'opening' });
  const offered = await stocked(shop);
  const bankBefore = owed(engine, 'bank');
  // Every other history knows no goodwill, so that nobody's balance may be left.
  const reasons: Reason[] =
    own % 2 === 0 ? ['resaleable', 'vendor-fault'] : ['resaleable', 'vendor-fault', 'goodwill'];
  const out: Out[] = [];
  let notCash = 0;
  const bring = async () => {
    const wish = { shift, ...randomReturn(out, reasons, below) };
    const answer = await manager.ask(refundComplete, wish);
    expect(answer.outcome, `SEED=${own} ${JSON.stringify(wish)} ${JSON.stringify(answer)}`).toBe('ok');
    refunds += 1;
  };
  for (let n = 0; n < SALES; n += 1) {
    const stepRupiah = STEPS[below(STEPS.length)] as (typeof STEPS)[number];
    const mode = MODES[below(MODES.length)] as (typeof MODES)[number];
    await admin.must(centerChange, { cashRounding: { stepRupiah, mode } });
    const sale = randomSale(shift, offered, below);
    const answer = await manager.ask(saleComplete, sale);
    expect(answer.outcome, `SEED=${own} ${JSON.stringify(sale)} ${JSON.stringify(answer)}`).toBe('ok');
    if (answer.outcome !== 'ok') return;
    for (const { kind, amountRupiah } of sale.tenders) if (kind !== 'cash') notCash += amountRupiah;
    for (const [index, line] of sale.lines.entries()) {
      out.push({ sale: answer.value.sale, line: index + 1, left: line.qty });
    }
    if (below(2) === 0 && out.some(({ left }) => left > 0)) await bring();
  }
  while (out.some(({ left }) => left > 0)) await bring();
  expectNothingLeft(engine, own, { drawer, offered, notCash, bankBefore });
  await expectWholeBooks(engine);
  await engine.stop();
}

interface Before {
  drawer: number;
  offered: readonly Offered[];
  notCash: number;
  bankBefore: number;
}

function expectNothingLeft(
  engine: TestEngine,
  own: number,
  { drawer, offered, notCash, bankBefore }: Before,
): void {
  const about = `SEED=${own}`;
  const value = (sql: string) => engine.engine.books.prepare(sql).pluck().get() as number;
  expect(0 - owed(engine, 'cash', drawer), about).toBe(FLOAT);
  expect(owed(engine, 'rounding'), about).toBe(0);
  expect(owed(engine, 'buyer-due'), about).toBe(notCash);
  expect(0 - owed(engine, 'card-clearing') - owed(engine, 'bank') + bankBefore, about).toBe(notCash);
  // Every line came back to the last rupiah, whoever bore it.
  expect(
    value(`SELECT count(*) FROM sale_line AS sold WHERE net <> (SELECT coalesce(sum(net), 0) FROM refund_line
      WHERE refund_line.sale = sold.seq AND sale_line = sold.line)`),
    about,
  ).toBe(0);
  const kept = 0 - owed(engine, 'goodwill');
  expect(kept, about).toBe(value(`SELECT coalesce(sum(net), 0) FROM refund_line WHERE reason = 'goodwill'`));
  const shares = new Set(offered.map(({ vendor }) => vendor));
  const vendors = [...shares].reduce((sum, vendor) => sum + owed(engine, 'vendor', vendor), 0);
  expect(vendors + owed(engine, 'commission') + owed(engine, 'own-goods-sales'), about).toBe(kept);
  if (own % 2 === 0) {
    expect([...shares].map((vendor) => owed(engine, 'vendor', vendor)).filter(Boolean), about).toEqual([]);
    expect([owed(engine, 'commission'), owed(engine, 'own-goods-sales')], about).toEqual([0, 0]);
    for (const { product, batches } of offered) {
      expect(heldGoods(engine, product, 'sold'), about).toBe(0);
      const lies = batches.map(
        (batch) =>
          heldGoods(engine, product, 'shelf', batch) + heldGoods(engine, product, 'return-shelf', batch),
      );
      expect(lies, about).toEqual(batches.length === 3 ? [3_000, 2_000, 400_000] : [400_000]);
    }
  }
}

it.each(Array.from({ length: HISTORIES }, (_, index) => seed + index))('history of seed %i', history);
