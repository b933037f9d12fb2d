/**
 * Proves parked baskets and payments: a basket comes back as it was parked, a QRIS code carries amount and bill number
 * and pays for one sale after somebody saw the money, and every tender lands on its own account with only the cash
 * part rounded. Afterwards the books verify and replay.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import {
  type BasketView,
  qrisSeen,
  qrisShow,
  saleDiscard,
  saleHold,
  saleRecall,
  ticketByCode,
  ticketGet,
  ticketList,
} from '../../shared/contract/sale.ts';
import { parseQris } from '../../shared/domain/qris.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { accepted, goodsAt, owed, ring, type SaleInput, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let engine: TestEngine;
let shop: Shop;
let product: number;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
  ({ product } = await goodsAt(shop, 107_331, { terms: { model: 'percent', rateBps: 1000 } }));
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

function basket(): BasketView {
  return { lines: [{ product, qty: 1000, priceRupiah: 107_331 }] };
}

function saleWith(tenders: SaleInput['tenders']): SaleInput {
  return { shift: shop.shift, ...basket(), totalRupiah: 107_331, tenders };
}

async function shown(amountRupiah: number, seen = true): Promise<number> {
  const { ticket } = await shop.cashier.must(qrisShow, { basket: basket(), amountRupiah });
  if (seen) await shop.cashier.must(qrisSeen, { ticket, reference: '8899' });
  return ticket;
}

describe('a parked basket', () => {
  it('waits on the list and comes back once, exactly as it was', async () => {
    const parked = {
      lines: [
        {
          product,
          qty: 1500,
          priceRupiah: 107_331,
          discounts: [{ amountRupiah: 997, bearer: 'vendor' as const }],
        },
        { unknownCode: 'X-1', name: 'Kue tanpa label', qty: 2000, priceRupiah: 5_000 },
      ],
      discount: { amountRupiah: 10_000 },
      visit: 'Bus 7',
    };
    const { ticket, code } = await shop.cashier.must(saleHold, {
      basket: parked,
      name: 'Bu Rini',
      drawer: shop.drawer,
    });
    expect(code).toMatch(/^T261121\d{4}$/);
    const { tickets } = await shop.manager.must(ticketList, {});
    expect(tickets).toEqual([
      {
        ticket,
        code,
        kind: 'held',
        name: 'Bu Rini',
        at: Date.UTC(2026, 10, 21, 3),
        by: 'siti',
        // 160.996,5 is rounded half up; less 997, plus 10.000 for the unknown, less 10.000 off the whole.
        amountRupiah: 160_000,
        lines: 2,
        payload: null,
        state: 'held',
      },
    ]);
    expect((await shop.cashier.must(ticketGet, { ticket })).basket).toEqual(parked);
    expect(await shop.manager.must(saleRecall, { ticket })).toEqual({ basket: parked, name: 'Bu Rini' });
    expect(await shop.cashier.ask(saleRecall, { ticket })).toMatchObject({
      name: 'ticket-closed',
      details: { how: 'recalled' },
    });
    expect((await shop.cashier.must(ticketList, {})).tickets).toEqual([]);
    const older = await shop.cashier.must(saleHold, { basket: basket() });
    expect((await shop.cashier.must(ticketList, {})).tickets).toHaveLength(1);
    const newer = await shop.cashier.must(saleHold, { basket: basket() });
    const listed = async (limit: number) =>
      (await shop.cashier.must(ticketList, { limit })).tickets.map((open) => open.ticket);
    expect([await listed(5), await listed(1)]).toEqual([[newer.ticket, older.ticket], [newer.ticket]]);
    expect(await shop.cashier.ask(ticketGet, { ticket })).toMatchObject({ name: 'ticket-unknown' });
  });

  it('can be thrown away, and moves neither goods nor money', async () => {
    const before = engine.engine.books.prepare('SELECT count(*) FROM transfer').pluck().get();
    const { ticket } = await shop.cashier.must(saleHold, { basket: basket() });
    await shop.cashier.must(saleDiscard, { ticket, memo: 'pembeli pergi' });
    expect(await shop.cashier.ask(saleDiscard, { ticket })).toMatchObject({
      name: 'ticket-closed',
      details: { how: 'discarded' },
    });
    expect(engine.engine.books.prepare('SELECT count(*) FROM transfer').pluck().get()).toBe(before);
  });

  it('is found by its code, scanned or typed, as long as it waits', async () => {
    const { cashier } = shop;
    const { ticket, code } = await cashier.must(saleHold, { basket: basket() });
    const { ticket: other, code: otherCode } = await cashier.must(saleHold, { basket: basket() });
    for (const typed of [code, code.toLowerCase()])
      expect(await cashier.must(ticketByCode, { code: typed })).toEqual({ ticket });
    expect(await cashier.must(ticketByCode, { code: otherCode })).toEqual({ ticket: other });
    const unknown = [code.replace('T26', 'T25'), `${code}0`, `T261121${ticket}`, 'T261121', '8991001'];
    await cashier.must(saleRecall, { ticket });
    for (const wrong of [...unknown, code]) {
      expect(await cashier.ask(ticketByCode, { code: wrong }), wrong).toMatchObject({
        name: 'ticket-code-unknown',
        details: { code: wrong },
      });
    }
  });

  it('is refused for a drawer or an amount that there cannot be', async () => {
    const { cashier } = shop;
    expect(await cashier.ask(saleHold, { basket: basket(), drawer: 99 })).toMatchObject({
      name: 'drawer-unknown',
    });
    const huge = { lines: [{ product, qty: 9_999_999_000, priceRupiah: 107_331 }] };
    expect(await cashier.ask(saleHold, { basket: huge })).toMatchObject({ name: 'amount-too-large' });
    for (const entry of [saleRecall, saleDiscard, ticketGet]) {
      expect(await cashier.ask(entry, { ticket: 999 }), entry.name).toMatchObject({ name: 'ticket-unknown' });
    }
  });
});

describe('a QRIS code', () => {
  it('is made only for a center that has one, at most for the basket and for 10 million', async () => {
    const ask = (amountRupiah: number) => shop.cashier.ask(qrisShow, { basket: basket(), amountRupiah });
    expect(await ask(1_000)).toMatchObject({ name: 'qris-not-set-up' });
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
    expect(await ask(10_000_001)).toMatchObject({ name: 'qris-amount', details: { mostRupiah: 10_000_000 } });
    expect(await ask(107_332)).toMatchObject({ name: 'tender-exceeds-total', details: { excessRupiah: 1 } });
    const { ticket, code, payload } = accepted(await ask(57_331));
    expect(parseQris(payload)).toMatchObject({ ok: true, isStatic: false, amountRupiah: 57_331, bill: code });
    expect((await shop.cashier.must(ticketList, {})).tickets).toMatchObject([
      { ticket, kind: 'qris', state: 'shown', amountRupiah: 57_331, payload },
    ]);
  });

  it('pays for one sale, after somebody saw the money', async () => {
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
    const ticket = await shown(107_331, false);
    const sale = saleWith([{ kind: 'qris', amountRupiah: 107_331, ticket }]);
    expect(await ring(shop, saleWith([{ kind: 'qris', amountRupiah: 107_331 }]))).toMatchObject({
      name: 'qris-proof-needed',
    });
    expect(await ring(shop, sale)).toMatchObject({ name: 'qris-proof-needed' });
    await shop.cashier.must(qrisSeen, { ticket, reference: '8898' });
    await shop.cashier.must(qrisSeen, { ticket, reference: '8899' });
    expect((await shop.cashier.must(ticketGet, { ticket })).state).toBe('seen');
    const done = accepted(await ring(shop, sale));
    expect(done).toMatchObject({ roundingRupiah: 0, cashDueRupiah: 0, changeRupiah: 0 });
    const tenders = engine.engine.books
      .prepare('SELECT kind, amount, reference, ticket FROM sale_tender')
      .raw();
    expect(tenders.all()).toEqual([['qris', 107_331, '8899', ticket]]);
    expect(owed(engine, 'qris-clearing')).toBe(-107_331);
    for (const answer of [
      await ring(shop, sale),
      await shop.cashier.ask(qrisSeen, { ticket, reference: '1234' }),
    ]) {
      expect(answer).toMatchObject({ name: 'ticket-closed', details: { how: 'sold' } });
    }
  });

  it('that was only shown pays where the center allows it', async () => {
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS, qrisShownSuffices: true });
    const ticket = await shown(107_331, false);
    const sale = saleWith([{ kind: 'qris', amountRupiah: 107_331, ticket }]);
    expect((await ring(shop, sale)).outcome).toBe('ok');
  });

  it('pays its own amount, once, and is no parked basket', async () => {
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
    const half = await shown(50_000);
    const { ticket: held } = await shop.cashier.must(saleHold, { basket: basket() });
    const tryWith = (ticket: number, amountRupiah: number) =>
      ring(shop, saleWith([{ kind: 'qris', amountRupiah, ticket }]));
    expect(await tryWith(half, 57_331)).toMatchObject({
      name: 'ticket-differs',
      details: { ticketRupiah: 50_000, tenderRupiah: 57_331 },
    });
    expect(await tryWith(held, 107_331)).toMatchObject({ name: 'ticket-not-qris' });
    expect(await tryWith(999, 107_331)).toMatchObject({ name: 'ticket-unknown' });
    const twice = { kind: 'qris' as const, amountRupiah: 50_000, ticket: half };
    expect(await ring(shop, saleWith([twice, twice]))).toMatchObject({ name: 'ticket-closed' });
    expect(await shop.cashier.ask(qrisSeen, { ticket: held, reference: '8899' })).toMatchObject({
      name: 'ticket-not-qris',
    });
    // Two codes of two buyers pay one sale.
    const rest = await shown(57_331);
    const both = saleWith([twice, { kind: 'qris', amountRupiah: 57_331, ticket: rest }]);
    expect((await ring(shop, both)).outcome).toBe('ok');
    expect(
      engine.engine.books.prepare("SELECT ticket FROM ticket_end WHERE how = 'sold'").pluck().all(),
    ).toEqual([half, rest]);
  });

  it('that was paid is put away with a supervisor’s yes only', async () => {
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
    const needed = { name: 'approval-needed', details: { why: 'seen-ticket' } };
    const first = await shown(50_000);
    expect(await shop.cashier.ask(saleRecall, { ticket: first })).toMatchObject(needed);
    expect((await withYes(shop, saleRecall, { ticket: first })).outcome).toBe('ok');
    const second = await shown(50_000);
    expect(await shop.cashier.ask(saleDiscard, { ticket: second })).toMatchObject(needed);
    await shop.manager.must(saleDiscard, { ticket: second });
    const third = await shown(50_000, false);
    await shop.cashier.must(saleDiscard, { ticket: third });
  });
});

describe('tenders', () => {
  it('of 107.331: with QRIS 50.000 the cash is 57.300, with QRIS 57.331 nothing is rounded', async () => {
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
    const first = accepted(
      await ring(
        shop,
        saleWith([
          { kind: 'qris', amountRupiah: 50_000, ticket: await shown(50_000) },
          { kind: 'cash', amountRupiah: 60_000 },
        ]),
      ),
    );
    expect(first).toMatchObject({ roundingRupiah: -31, cashDueRupiah: 57_300, changeRupiah: 2_700 });
    expect([
      owed(engine, 'cash', shop.drawer),
      owed(engine, 'qris-clearing'),
      owed(engine, 'rounding'),
    ]).toEqual([-257_300, -50_000, -31]);
    const second = accepted(
      await ring(
        shop,
        saleWith([
          { kind: 'cash', amountRupiah: 50_000 },
          { kind: 'qris', amountRupiah: 57_331, ticket: await shown(57_331) },
        ]),
      ),
    );
    expect(second).toMatchObject({ roundingRupiah: 0, cashDueRupiah: 50_000, changeRupiah: 0 });
    expect(owed(engine, 'vendor', 2)).toBe(2 * 96_598);
    expect(owed(engine, 'clearing')).toBe(0);
  });

  it('by card and transfer are owed by the acquirer and lie in the bank', async () => {
    const done = accepted(
      await ring(
        shop,
        saleWith([
          { kind: 'debit', amountRupiah: 100_000, reference: '004512' },
          { kind: 'transfer', amountRupiah: 7_300, reference: 'BCA 77' },
          { kind: 'cash', amountRupiah: 100 },
        ]),
      ),
    );
    // 31 rupiah left to pay in cash: an amount above 0 never rounds to 0.
    expect(done).toMatchObject({ roundingRupiah: 69, cashDueRupiah: 100 });
    expect([owed(engine, 'card-clearing'), owed(engine, 'bank'), owed(engine, 'cash', shop.drawer)]).toEqual([
      -100_000, -7_300, -200_100,
    ]);
    const tenders = engine.engine.books
      .prepare('SELECT n, kind, amount, reference FROM sale_tender')
      .raw()
      .all();
    expect(tenders).toEqual([
      [1, 'debit', 100_000, '004512'],
      [2, 'transfer', 7_300, 'BCA 77'],
      [3, 'cash', 100, null],
    ]);
  });

  it('that are short, too much or not taken here are refused', async () => {
    const refusals: [SaleInput['tenders'], object][] = [
      [[{ kind: 'cash', amountRupiah: 107_200 }], { name: 'tender-short', details: { missingRupiah: 100 } }],
      [
        [{ kind: 'debit', amountRupiah: 107_332 }],
        { name: 'tender-exceeds-total', details: { excessRupiah: 1 } },
      ],
      [
        [
          { kind: 'debit', amountRupiah: 107_331 },
          { kind: 'cash', amountRupiah: 100 },
        ],
        { name: 'cash-not-due' },
      ],
      [[{ kind: 'voucher', amountRupiah: 107_331 }], { name: 'vouchers-not-available' }],
      [
        [
          { kind: 'cash', amountRupiah: 99_999_999_999 },
          { kind: 'cash', amountRupiah: 1 },
        ],
        { name: 'amount-too-large' },
      ],
    ];
    for (const [tenders, refusal] of refusals)
      expect(await ring(shop, saleWith(tenders))).toMatchObject(refusal);
  });
});
