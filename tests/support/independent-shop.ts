/** Documents that the full shop has no need of, and that the independent rules have something to say about. */
import { countPost, returnConfirm, unresolvedResolve, writeOffConfirm } from '../../shared/contract/goods.ts';
import { purchaseConfirm } from '../../shared/contract/intake.ts';
import { productCreate, promotionCreate } from '../../shared/contract/product.ts';
import { buyerPay, refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { clearingMatch, saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import { agreementSet } from '../../shared/contract/vendor.ts';
import { feeRecur } from '../../shared/contract/vendor-money.ts';
import type { TestEngine } from './engine.ts';
import { type FullShop, openFullShop } from './full-shop.ts';
import { accepted, type Goods, type GoodsOptions, goodsAt, inCash, type SaleInput, withYes } from './till.ts';
import { seenQris } from './worked-sale.ts';

type Line = Extract<SaleInput['lines'][number], { product: number }>;
type Discounts = NonNullable<Line['discounts']>;

/** The full shop, and a line of every model under every discount, with what became of them. */
export async function openIndependentShop(engine: TestEngine): Promise<FullShop> {
  const shop = await openFullShop(engine);
  await sellEveryModel(shop);
  await sellOnEveryLevel(shop);
  await bringBackInSteps(shop);
  await buyOutright(shop);
  await loseSome(shop);
  await nameTwice(shop);
  await settleAndTakeBack(engine, shop);
  return shop;
}

/** One basket of all six models, each with discounts of all who may bear one, and a discount on the whole of it. */
async function sellEveryModel(shop: FullShop): Promise<void> {
  const own = await goodsAt(shop, 15_333, { own: true });
  const models: GoodsOptions[] = [
    { terms: { model: 'percent', rateBps: 1250 } },
    { terms: { model: 'net-price' }, netPriceRupiah: 11_111 },
    { terms: { model: 'fixed', perUnitRupiah: 777 }, discountBearer: 'vendor' },
    { terms: { model: 'margin', rateBps: 3333 }, costRupiah: 9_999 },
    { terms: { model: 'none' }, discountBearer: 'center' },
  ];
  const goods: Goods[] = [];
  for (const model of models) goods.push(await goodsAt(shop, 15_333, model));
  const both: Discounts = [
    { amountRupiah: 301, bearer: 'shared' },
    { amountRupiah: 203, bearer: 'center' },
  ];
  const all: Discounts = [...both, { amountRupiah: 107, bearer: 'vendor' }];
  const lines = [...goods, own].map(({ product }, index): Line => {
    const discounts = index === 1 || index === 5 ? both : all;
    return { product, qty: 1_755, priceRupiah: 15_333, discounts };
  });
  // 15.333 × 1,755 is 26.909 a line; each less its own discounts.
  const totalRupiah = 6 * 26_909 - 4 * 611 - 2 * 504 - 5_000;
  const sale = inCash({ shift: shop.shift, lines, discount: { amountRupiah: 5_000 }, totalRupiah });
  const done = accepted(await withYes(shop, saleComplete, sale));
  await shop.manager.must(refundComplete, {
    shift: shop.shift,
    sale: done.sale,
    lines: [1, 2, 3, 4, 5, 6].map((line) => ({ line, qty: 600, reason: 'resaleable' as const })),
  });
}

/** Terms of vendor with category, of the category, of the center, and promotions that are the only discount. */
async function sellOnEveryLevel(shop: FullShop): Promise<void> {
  const { manager, vendor } = shop;
  const priceRupiah = 36_777;
  const make = async (of: number, category?: string) =>
    (
      await manager.must(productCreate, {
        vendor: of,
        name: 'Kue',
        priceRupiah,
        ...(category && { category }),
      })
    ).product;
  const withoutTerms = await goodsAt(shop, priceRupiah, {});
  const products = [
    await make(vendor, 'Kue basah'),
    await make(withoutTerms.vendor, 'Kue basah'),
    withoutTerms.product,
  ];
  const running = { from: '2026-01-01', to: '2099-12-31', rateBps: 1_000 };
  const bearers = { sharedBps: 5_000, centerBps: 3_000, vendorBps: 2_000 };
  const { promotion } = await manager.must(promotionCreate, {
    ...{ ...running, bearers, name: 'Promo kue basah' },
    ...{ vendor, category: 'Kue basah', product: products[0] as number },
  });
  const everything = shop.salePromotion;
  const lines = products.map((product, index) => ({
    ...{ product, qty: 1_000, priceRupiah },
    promotion: index === 0 ? promotion : everything,
  }));
  const sale = inCash({ shift: shop.shift, lines, totalRupiah: 3 * (priceRupiah - 3_677) });
  accepted(await withYes(shop, saleComplete, sale));
}

/** Paid by QRIS, by card and in cash, brought back one after another until all of it is back, and the buyer paid. */
async function bringBackInSteps(shop: FullShop): Promise<void> {
  const { manager, cashier, shift } = shop;
  const { product } = await goodsAt(shop, 16_466, { terms: { model: 'percent', rateBps: 1500 } });
  const lines = [{ product, qty: 3_000, priceRupiah: 16_466 }];
  const qris = await seenQris(shop, 20_000, lines);
  const { sale } = await cashier.must(saleComplete, {
    shift,
    lines,
    totalRupiah: 49_398,
    tenders: [
      qris,
      { kind: 'debit', amountRupiah: 9_999, reference: '118' },
      { kind: 'cash', amountRupiah: 20_000 },
    ],
  });
  const refunds: number[] = [];
  for (const reason of ['resaleable', 'vendor-fault', 'goodwill'] as const) {
    const back = { shift, sale, lines: [{ line: 1, qty: 1_000, reason }] };
    refunds.push((await manager.must(refundComplete, back)).refund);
  }
  const [first = 0, second = 0] = refunds;
  const paid = { refund: first, amountRupiah: 4_000, how: 'cash' as const, memo: 'tidak punya rekening' };
  const twice = await manager.must(buyerPay, paid);
  await manager.must(documentReverse, { document: twice.payment, memo: 'tercatat dua kali' });
  await manager.must(buyerPay, paid);
  await manager.must(buyerPay, { refund: second, amountRupiah: 1_000, how: 'transfer' });
  const match = { kind: 'qris' as const, tenders: [{ sale, tender: 1 }], feeRupiah: 140 };
  const wrong = await manager.must(clearingMatch, match);
  await manager.must(documentReverse, { document: wrong.match, memo: 'salah hari' });
  await manager.must(clearingMatch, match);
}

/** Own goods for cash and through the bank, one delivery taken back, pieces returned in two steps. */
async function buyOutright(shop: FullShop): Promise<void> {
  const { manager } = shop;
  const { vendor, product } = await goodsAt(shop, 40_000, { own: true });
  const buy = (paid: 'cash' | 'bank') =>
    manager.must(purchaseConfirm, { vendor, lines: [{ product, qty: 3_000, unitCostRupiah: 333 }], paid });
  const wrong = await buy('bank');
  await manager.must(documentReverse, { document: wrong.intake, memo: 'salah ketik' });
  const { batches } = await buy('cash');
  for (const qty of [1_000, 1_500]) {
    await manager.must(returnConfirm, { vendor, lines: [{ product, qty, batch: batches[0] as number }] });
  }
}

/** An allowance used up by a write-off and a count, losses of other bearers, and one that was taken back. */
async function loseSome(shop: FullShop): Promise<void> {
  const { manager } = shop;
  const goods = await goodsAt(shop, 9_750, {
    terms: { model: 'percent', rateBps: 1000 },
    batches: [{ pieces: 20 }, { pieces: 15, expires: '2099-01-31' }],
  });
  const { vendor, product } = goods;
  const terms = { model: 'percent', rateBps: 1000 } as const;
  const set = (loss: 'vendor' | 'center') =>
    manager.must(agreementSet, { vendor, terms, loss: { bearer: loss } });
  const lose = (qty: number) =>
    manager.must(writeOffConfirm, { reason: 'damaged', lines: [{ product, qty }] });
  await manager.must(agreementSet, { vendor, terms, loss: { bearer: 'allowance', allowanceBps: 1000 } });
  await lose(3_000);
  await manager.must(countPost, { lines: [{ product, countedQty: 30_000 }] });
  await set('center');
  const wrong = await lose(500);
  await manager.must(documentReverse, { document: wrong.writeOff, memo: 'tidak pecah' });
  await set('vendor');
  await lose(250);
  await sellMoreThanThereIs(shop, product);
}

async function sellMoreThanThereIs(shop: FullShop, product: number): Promise<void> {
  const lines = [{ product, qty: 31_000, priceRupiah: 9_750 }];
  await shop.cashier.must(saleComplete, inCash({ shift: shop.shift, lines, totalRupiah: 302_250 }));
}

/** An unknown code that was taken for one product, then for another. */
async function nameTwice(shop: FullShop): Promise<void> {
  const { manager, vendor } = shop;
  const named = { sale: shop.unknownSale, line: 1 };
  const wrong = await manager.must(unresolvedResolve, { ...named, product: shop.netProduct });
  await manager.must(documentReverse, { document: wrong.resolution, memo: 'bukan itu' });
  const { product } = await manager.must(productCreate, {
    vendor,
    name: 'Kripik pisang',
    priceRupiah: 9_000,
  });
  await manager.must(unresolvedResolve, { ...named, product });
}

/** A fee that falls due, a payout that was taken back, and the same settled again. */
async function settleAndTakeBack(engine: TestEngine, shop: FullShop): Promise<void> {
  const { admin, manager } = shop;
  const { vendor, product } = await goodsAt(shop, 33_333, { terms: { model: 'percent', rateBps: 1000 } });
  const day = engine.engine.books.prepare('SELECT max(day) FROM journal').pluck().get() as string;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  await manager.must(feeRecur, {
    vendor,
    name: 'Sewa rak',
    amountRupiah: 1_300,
    cycle: { kind: 'weekly', weekday },
  });
  const lines = [{ product, qty: 1_000, priceRupiah: 33_333 }];
  await shop.cashier.must(saleComplete, inCash({ shift: shop.shift, lines, totalRupiah: 33_333 }));
  const settle = async () => {
    const { settlement } = await manager.must(settlementPrepare, { vendor });
    await admin.must(settlementApprove, { settlement, amountRupiah: 25_050 });
    return manager.must(settlementPay, { settlement });
  };
  const wrong = await settle();
  await manager.must(documentReverse, { document: wrong.payout, memo: 'uang belum diambil' });
  await settle();
}
