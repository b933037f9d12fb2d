/**
 * Proves what goes on paper and where: a printer is kept as it was set up; money back, money moved by hand and parked
 * baskets wish for their slips; every document can be printed once more, the office's with a supervisor's yes. Each
 * "no" of it is said. Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { printerOf } from '../../main/engine/store/printer-row.ts';
import { centerChange } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { documentReprint, labelPrint, printerSet } from '../../shared/contract/printing.ts';
import { refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import { qrisShow, saleComplete, saleDiscard, saleHold, saleRecall } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import {
  cashDrop,
  cashIn,
  cashOut,
  drawerCreate,
  drawerList,
  shiftClose,
  shiftReport,
} from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { newestWishes, printerAt } from '../support/paper-wishes.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { accepted, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
  await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const SAFE_SHIFT = 1;
const CUSTOM = { dots: 576, codePage: 16, cut: true, kickPin: 5, raster: true } as const;

async function viewOf(drawer: number) {
  const { drawers } = await shop.cashier.must(drawerList, {});
  return drawers.find((one) => one.drawer === drawer)?.printer;
}

it('keeps a printer as it was set up, and knows what paper and profile say by themselves', async () => {
  const { drawer, safe } = shop;
  const set = async (more: Partial<InputOf<typeof printerSet>>) => {
    await printerAt(engine, shop, more);
    return { view: await viewOf(drawer), profile: printerOf(engine.engine.sql, drawer)?.profile };
  };
  expect(await viewOf(drawer)).toBeNull();
  expect(await set({})).toMatchObject({
    view: {
      paperMm: 58,
      profile: 'simple58',
      columns: 32,
      answersStatus: false,
      custom: null,
      fallback: null,
    },
    profile: { columns: 32, dots: 384, canCut: false, kickPin: 2, raster: true, answersStatus: false },
  });
  expect(await set({ paperMm: 80, profile: 'epson', kick: false, fallback: safe })).toMatchObject({
    view: { paperMm: 80, profile: 'epson', columns: 48, kick: false, fallback: safe },
    profile: { columns: 48, dots: 576, canCut: true },
  });
  // 42 columns of 12 dots are a narrower head.
  expect(await set({ paperMm: 80, profile: 'epson', columns: 42, answersStatus: true })).toMatchObject({
    view: { columns: 42, answersStatus: true },
    profile: { columns: 42, dots: 512, answersStatus: true },
  });
  expect(await set({ paperMm: 80, profile: 'custom', columns: 64, custom: CUSTOM })).toMatchObject({
    view: { profile: 'custom', columns: 64, custom: CUSTOM },
    profile: { kind: 'custom', columns: 64, dots: 576, codePage: 16, canCut: true, kickPin: 5, raster: true },
  });
  expect(await set({ profile: 'custom', custom: { ...CUSTOM, cut: false, raster: false } })).toMatchObject({
    view: { columns: 32, fallback: null },
    profile: { canCut: false, raster: false },
  });
});

it('sets no printer up for drawers that there are not, nor behind itself, nor by halves', async () => {
  const { manager, drawer } = shop;
  const input = { drawer, address: { kind: 'tcp' as const, host: '10.0.0.9' }, paperMm: 58 as const };
  const ask = (more: object) =>
    manager.ask(printerSet, { ...input, profile: 'epson', ...more } as InputOf<typeof printerSet>);
  const noDrawer = { name: 'drawer-unknown', details: { drawer: 77 } };
  expect(await ask({ drawer: 77 })).toMatchObject(noDrawer);
  expect(await ask({ fallback: 77 })).toMatchObject(noDrawer);
  for (const [more, field] of [
    [{ fallback: drawer }, 'fallback'],
    [{ profile: 'custom' }, 'custom'],
    [{ custom: CUSTOM }, 'custom'],
    [{ profile: 'custom', custom: { ...CUSTOM, dots: 500 } }, 'custom.dots'],
    [{ columns: 23 }, 'columns'],
  ] as const)
    expect(await ask(more), field).toMatchObject({ name: 'bad-input', details: { field } });
  expect(await viewOf(drawer)).toBeNull();
});

it('wishes for a slip where money is given back or moved by hand, at the drawer that holds it', async () => {
  const { manager, cashier, drawer, shift, product } = shop;
  await printerAt(engine, shop);
  const slip = (kind: string) => [{ kind, drawer, document: null }];
  const { sale } = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
  expect(newestWishes(engine)).toEqual(slip('receipt'));
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  await cashier.must(refundComplete, { shift, sale, lines: [line] });
  expect(newestWishes(engine)).toEqual(slip('refund-slip'));
  const last = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await cashier.must(saleVoid, { shift, sale: last.sale });
  expect(newestWishes(engine)).toEqual(slip('refund-slip'));
  const move = { shift, amountRupiah: 1_000, kind: 'bank' as const, memo: 'uang kecil' };
  await cashier.must(cashIn, move);
  expect(newestWishes(engine)).toEqual(slip('cash-slip'));
  await cashier.must(cashOut, move);
  expect(newestWishes(engine)).toEqual(slip('cash-slip'));
  await cashier.must(cashDrop, { shift, amountRupiah: 1_000 });
  expect(newestWishes(engine)).toEqual(slip('cash-slip'));
  // The safe has no printer of its own, and no other drawer is to open for its money.
  await manager.must(cashIn, { ...move, shift: SAFE_SHIFT });
  expect(newestWishes(engine)).toEqual([]);
});

it('wishes for the slip of a ticket only when asked, and beside a printer', async () => {
  const { cashier, drawer, product } = shop;
  const basket = { lines: [{ product, qty: 1_000, priceRupiah: 18_000 }] };
  const show = { basket, amountRupiah: 18_000 };
  for (const more of [{ drawer, paper: true }, {}]) {
    await cashier.must(saleHold, { basket, ...more });
    expect(newestWishes(engine)).toEqual([]);
  }
  await printerAt(engine, shop);
  await cashier.must(saleHold, { basket, drawer, paper: true });
  expect(newestWishes(engine)).toEqual([{ kind: 'ticket-slip', drawer, document: null }]);
  await cashier.must(qrisShow, { ...show, drawer, paper: true });
  expect(newestWishes(engine)).toEqual([{ kind: 'qris-slip', drawer, document: null }]);
  for (const more of [{ drawer }, { paper: true }, { drawer, paper: false }]) {
    await cashier.must(saleHold, { basket, ...more });
    expect(newestWishes(engine)).toEqual([]);
    await cashier.must(qrisShow, { ...show, ...more });
    expect(newestWishes(engine)).toEqual([]);
  }
});

/** One document of each kind there is, by that kind. */
async function oneOfEach(): Promise<Record<string, number>> {
  const { admin, manager, cashier, drawer, shift, product, vendor } = shop;
  const { sale } = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  const { refund } = await cashier.must(refundComplete, { shift, sale, lines: [line] });
  const { move } = await cashier.must(cashDrop, { shift, amountRupiah: 100_000 });
  const basket = { lines: [{ product, qty: 1_000, priceRupiah: 18_000 }] };
  const { ticket } = await cashier.must(saleHold, { basket });
  const { ticket: shown } = await cashier.must(qrisShow, { basket, amountRupiah: 18_000 });
  const { labels } = await manager.must(labelPrint, { product, copies: 1, drawer });
  const { report } = await manager.must(shiftReport, { shift });
  const { settlement } = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement, amountRupiah: 15_300 });
  const { payout } = await manager.must(settlementPay, { settlement });
  await cashier.must(shiftClose, { shift, countedRupiah: 118_000 });
  const closing = engine.engine.journal.head().seq;
  return {
    receipt: sale,
    'refund-slip': refund,
    'cash-slip': move,
    'ticket-slip': ticket,
    'qris-slip': shown,
    label: labels,
    'shift-report': report,
    'payout-slip': payout,
    'shift-slip': closing,
  };
}

const OFFICE = ['shift-report', 'shift-slip', 'payout-slip'];

it('prints every document once more, those of the office with a supervisor’s yes', async () => {
  const { manager, cashier, drawer } = shop;
  await printerAt(engine, shop);
  for (const [kind, document] of Object.entries(await oneOfEach())) {
    const input = { document, drawer };
    const alone = await cashier.ask(documentReprint, input);
    if (OFFICE.includes(kind)) {
      expect(alone, kind).toMatchObject({ name: 'approval-needed', details: { why: 'reprint' } });
      expect(newestWishes(engine)).toEqual([]);
      expect(accepted(await withYes(shop, documentReprint, input))).toEqual({ kind });
    } else expect(accepted(alone)).toEqual({ kind });
    expect(newestWishes(engine), kind).toEqual([{ kind, drawer, document }]);
    expect(await manager.must(documentReprint, input)).toEqual({ kind });
    expect(newestWishes(engine), kind).toEqual([{ kind, drawer, document }]);
  }
});

it('prints nothing of what is no paper, is no longer one, or has no printer', async () => {
  const { admin, manager, cashier, drawer, product } = shop;
  const basket = { lines: [{ product, qty: 1_000, priceRupiah: 18_000 }] };
  const { ticket } = await cashier.must(saleHold, { basket });
  const reprint = (document: number, at = drawer) => manager.ask(documentReprint, { document, drawer: at });
  expect(await reprint(ticket)).toMatchObject({ name: 'no-printer' });
  await printerAt(engine, shop);
  expect(await reprint(ticket)).toMatchObject({ outcome: 'ok' });
  const { drawer: other } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  expect(await reprint(ticket, other)).toMatchObject({ name: 'no-printer' });
  expect(await reprint(ticket, 77)).toMatchObject({ name: 'drawer-unknown', details: { drawer: 77 } });
  const unknown = (document: number) => ({ name: 'document-unknown', details: { document } });
  // The drawer's own making; a row that is not there; what was recalled, and what was put away.
  for (const document of [1, 9_999]) expect(await reprint(document)).toMatchObject(unknown(document));
  await cashier.must(saleRecall, { ticket });
  expect(await reprint(ticket)).toMatchObject(unknown(ticket));
  const { ticket: shown } = await cashier.must(qrisShow, { basket, amountRupiah: 18_000 });
  await cashier.must(saleDiscard, { ticket: shown });
  expect(await reprint(shown)).toMatchObject(unknown(shown));
});
