/**
 * Proves that the refund dialog shows beforehand exactly what the engine then pays: seeded random sales in any mix of
 * tenders and cash steps come back in random portions, and every net, cash and owed sum shown equals the answer. Also
 * what keys and scans choose of a receipt, and that scans are looked at one after the other. SEED= repeats a run.
 */
import { afterAll, describe, expect, it, test } from 'vitest';
import { type Chosen, createScanChoice } from '../../renderer/features/refund/chosen.ts';
import {
  allPicks,
  backNow,
  firstPicks,
  leftQty,
  lineOfScan,
  netBack,
  type Picks,
  picked,
  stepped,
  within,
} from '../../renderer/features/refund/coming-back.ts';
import { createScanQueue } from '../../renderer/features/refund/scan-queue.ts';
import { centerChange, centerGet } from '../../shared/contract/center.ts';
import { refundComplete, refundGet } from '../../shared/contract/refund.ts';
import { type SaleLineView, type SaleView, saleComplete, saleGet } from '../../shared/contract/sale.ts';
import type { CashStep } from '../../shared/domain/tender.ts';
import { startEngine } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { seededRandom } from './seal-support.ts';

const SALES = process.env.SOAK === '1' ? 600 : 60;
const STEPS = [0, 50, 100, 500, 1000] as const;
/** What a piece of the shop's product costs. */
const PRICE = 18_000;

let refunds = 0;
let unsure = 0;
afterAll(() => console.log(`SEED=${seed} ${refunds} refunds, ${unsure} of them not shown beforehand`));

describe('what the dialog shows is what the engine pays', () => {
  it(`holds for ${SALES} sales that come back in portions`, async () => {
    const below = belowOf(seededRandom(seed));
    const engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
    const shop = await openShop(engine);
    for (let n = 0; n < SALES; n += 1) {
      await shop.admin.must(centerChange, {
        cashRounding: { stepRupiah: STEPS[below(STEPS.length)] ?? 0, mode: 'down' },
      });
      const sale = await randomSale(shop, below);
      while (await bringBackSome(shop, sale, below)) refunds += 1;
    }
    expect(refunds).toBeGreaterThan(SALES);
    expect(unsure, 'the test must not look away').toBeLessThan(refunds / 2);
    await engine.stop();
  });
});

type Below = (limit: number) => number;

function belowOf(random: () => number): Below {
  return (limit) => Math.floor(random() * limit);
}

async function randomSale({ cashier, product, shift }: Shop, below: Below): Promise<number> {
  const lines = Array.from({ length: 1 + below(3) }, () => ({
    product,
    qty: below(2) === 0 ? (1 + below(4)) * 1000 : 1 + below(3_000),
    priceRupiah: PRICE,
  }));
  const gross = lines.reduce((sum, { qty }) => sum + Math.floor((PRICE * qty + 500) / 1000), 0);
  const discount = gross > 1_000 ? below(Math.floor(gross / 20)) : 0;
  const total = gross - discount;
  const debit = below(3) === 0 ? below(total) : 0;
  const second = below(3) === 0 ? below(total - debit) : 0;
  const cash = total - debit - second;
  const { sale } = await cashier.must(saleComplete, {
    shift,
    lines,
    ...(discount > 0 && { discount: { amountRupiah: discount } }),
    totalRupiah: total,
    tenders: [
      ...(debit > 0 ? [{ kind: 'debit' as const, amountRupiah: debit }] : []),
      ...(cash > 0 ? [{ kind: 'cash' as const, amountRupiah: cash + 1_000 }] : []),
      ...(second > 0
        ? [{ kind: below(2) === 0 ? ('transfer' as const) : ('debit' as const), amountRupiah: second }]
        : []),
    ],
  });
  return sale;
}

/** One refund of a part of what is left; false when nothing is. */
async function bringBackSome(
  { manager, cashier, shift }: Shop,
  sale: number,
  below: Below,
): Promise<boolean> {
  const view = await cashier.must(saleGet, { sale });
  const open = view.lines.filter((line) => leftQty(line) > 0);
  if (open.length === 0) return false;
  const chosen = open.filter((_, index) => index === 0 || below(2) === 0);
  const picks = chosen.reduce<Picks>(
    (before, line) => picked(before, line, below(2) === 0 ? leftQty(line) : 1 + below(leftQty(line) + 500)),
    {},
  );
  const earlier = await Promise.all(view.refunds.map(({ refund }) => cashier.must(refundGet, { refund })));
  const step = (await manager.must(centerGet, {})).cashRounding.stepRupiah as CashStep;
  const net = netBack(view, picks);
  const shown = backNow(view, earlier, net, step);
  const answer = await cashier.must(refundComplete, {
    shift,
    sale,
    lines: Object.entries(picks).map(([line, qty]) => ({
      line: Number(line),
      qty,
      reason: 'resaleable' as const,
    })),
  });
  const about = `SEED=${seed} sale ${view.number}`;
  expect(net, about).toBe(answer.netRupiah);
  if (!shown) unsure += 1;
  else expect([shown.cash, shown.owed], about).toEqual([answer.cashRupiah, answer.buyerDueRupiah]);
  return true;
}

describe('choosing of a receipt', () => {
  test('a receipt with one line opens with one piece chosen, or with all that was weighed', () => {
    expect(firstPicks(receipt([line(1, 3_000)]))).toEqual({ 1: 1_000 });
    expect(firstPicks(receipt([line(1, 755)]))).toEqual({ 1: 755 });
    expect(firstPicks(receipt([line(1, 3_000), line(2, 1_000)]))).toEqual({});
  });

  test('a line that is all back, or that nobody has named yet, does not count', () => {
    const back = { ...line(1, 2_000), refundedQty: 2_000 };
    const unnamed = { ...line(2, 1_000), product: null };
    expect(firstPicks(receipt([back, unnamed, line(3, 1_000)]))).toEqual({ 3: 1_000 });
    expect(leftQty(unnamed)).toBe(0);
    expect(allPicks(receipt([back, unnamed, line(3, 2_500)]))).toEqual({ 3: 2_500 });
  });

  test('no key chooses more than is left or less than nothing', () => {
    const two = { ...line(1, 3_000), refundedQty: 1_000 };
    let picks = {};
    for (let press = 0; press < 5; press += 1) picks = stepped(picks, two, 1);
    expect(picks).toEqual({ 1: 2_000 });
    for (let press = 0; press < 5; press += 1) picks = stepped(picks, two, -1);
    expect(picks).toEqual({});
  });

  test('what another till took back meanwhile is chosen no more', () => {
    const three = { ...line(1, 3_000), refundedQty: 2_000 };
    const gone = { ...line(2, 1_000), refundedQty: 1_000 };
    const sale = receipt([three, gone, line(3, 1_000)]);
    expect(within(sale, { 1: 3_000, 2: 1_000, 3: 1_000 })).toEqual({ 1: 1_000, 3: 1_000 });
  });

  test('a scan goes to the first line of the product that has more to give', () => {
    const sale = receipt([line(1, 1_000, 7), line(2, 2_000, 7), line(3, 1_000, 8)]);
    expect(lineOfScan(sale, {}, 7)).toMatchObject({ line: 1 });
    expect(lineOfScan(sale, { 1: 1_000 }, 7)).toMatchObject({ line: 2 });
    expect(lineOfScan(sale, { 1: 1_000, 2: 2_000 }, 7)).toBe('full');
    expect(lineOfScan(sale, {}, 9)).toBe('none');
  });
});

test('scans wait for somebody who looks at them and are looked at one by one, in their order', async () => {
  const queue = createScanQueue();
  const seen: string[] = [];
  let open = 0;
  queue.add('a');
  queue.add('b');
  const leave = queue.listen({
    begin: () => seen.push('begin'),
    heard: () => seen.push('heard'),
    async scan(code) {
      open += 1;
      expect(open, 'one at a time').toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(code);
      open -= 1;
    },
  });
  queue.begin();
  queue.add('c');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(seen).toEqual(['begin', 'heard', 'a', 'b', 'c']);
  leave();
  queue.add('d');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(seen).not.toContain('d');
});

describe('figures in a scanned code', () => {
  const sale = receipt([line(1, 3_000, 7), line(2, 1_000, 8)]);
  /** The dialog's own key for a reason, as the figures of a code press it. */
  const press = (state: { chosen: Chosen }, reason: Chosen['reason']) => {
    state.chosen = { ...state.chosen, reason };
  };
  const open = () => {
    const state = { chosen: { picks: {}, reason: undefined, batches: {} } as Chosen };
    const scans = createScanChoice({
      get: () => state.chosen,
      set: (next) => {
        state.chosen = next;
      },
    });
    return { state, scans };
  };

  test('choose no reason, however late the answers come', () => {
    const { state, scans } = open();
    for (const _ of ['first', 'second']) {
      scans.begin();
      press(state, 'resaleable');
      scans.heard();
    }
    scans.grow(sale, { product: 7, batch: null });
    // The third is being typed while the second is answered.
    scans.begin();
    press(state, 'vendor-fault');
    scans.grow(sale, { product: 7, batch: 31 });
    scans.heard();
    expect(state.chosen).toEqual({ picks: { 1: 2_000 }, reason: undefined, batches: { 1: 31 } });
    expect(scans.grow(sale, { product: 9, batch: null })).toBe('none');
    expect(state.chosen.picks).toEqual({ 1: 2_000 });
  });

  test('keep the reason that a hand chose before and between scans', () => {
    const { state, scans } = open();
    press(state, 'vendor-fault');
    scans.begin();
    press(state, 'resaleable');
    scans.heard();
    expect(scans.grow(sale, { product: 8, batch: null })).toMatchObject({ line: 2 });
    press(state, 'goodwill');
    expect(scans.grow(sale, { product: 8, batch: null })).toBe('full');
    expect(state.chosen).toEqual({ picks: { 2: 1_000 }, reason: 'goodwill', batches: {} });
  });
});

function line(number: number, qty: number, product = number): SaleLineView {
  return {
    line: number,
    product,
    name: `Barang ${product}`,
    qty,
    unit: 'pcs',
    priceRupiah: 1_000,
    grossRupiah: qty,
    discountRupiah: 0,
    saleDiscountRupiah: 0,
    netRupiah: qty,
    refundedQty: 0,
  };
}

function receipt(lines: SaleLineView[]): SaleView {
  const totalRupiah = lines.reduce((sum, { netRupiah }) => sum + netRupiah, 0);
  return {
    sale: 1,
    number: 'K1-261121-0001',
    at: 0,
    day: '2026-11-21',
    cashier: 'siti',
    drawerCode: 'K1',
    lines,
    saleDiscountRupiah: 0,
    totalRupiah,
    roundingRupiah: 0,
    visit: null,
    refunds: [],
    tenders: [{ kind: 'cash', amountRupiah: totalRupiah, reference: null }],
    changeRupiah: 0,
  };
}
