/**
 * Proves that whatever basket a till sends, right or wrong, is sold to the rupiah or refused by name, never a fault:
 * seeded random baskets of every model, bearer, discount, promotion, price and tender, with the rows and accounts added
 * up a second time by SQL that shares no code with the engine.
 */
import { expect, it } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { promotionCreate } from '../../shared/contract/product.ts';
import { qrisSeen, qrisShow, saleComplete } from '../../shared/contract/sale.ts';
import { startEngine } from '../support/engine.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { seed } from '../support/seed.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { type GoodsOptions, goodsAt, ring, type SaleInput, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { seededRandom } from './seal-support.ts';

const SALES = process.env.SOAK === '1' ? 20_000 : 300;

const random = seededRandom(seed);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const maybe = <T>(part: number, value: () => T): T | undefined => (random() < part ? value() : undefined);
/** Leaves out what is undefined: the wire has no such thing. */
const only = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Each rule is a query that gives no row when it holds. */
const rules: Record<string, string> = {
  'a line is its gross less who bears what, and both sides are the net': `
    SELECT seq, line FROM sale_line WHERE commission + share <> net OR gross <> (price * qty + 500) / 1000 OR net <>
      gross - coalesce(discount_shared, 0) - coalesce(discount_center, 0) - coalesce(discount_vendor, 0)`,
  'the center has what the model says, less its own discount': `
    SELECT seq, line FROM (SELECT *, gross - coalesce(discount_shared, 0) AS base FROM sale_line)
    WHERE commission + coalesce(discount_center, 0) <> CASE model
      WHEN 'percent' THEN base * rate_bps / 10000
      WHEN 'net-price' THEN base - (net_price * qty + 500) / 1000
      WHEN 'fixed' THEN per_unit * qty / 1000
      WHEN 'margin' THEN max(0, base - (cost * qty + 500) / 1000) * rate_bps / 10000
      WHEN 'none' THEN 0 ELSE base END`,
  'a sale is its lines, and its discount is their parts': `
    SELECT seq FROM sale WHERE
      net <> (SELECT coalesce(sum(net), 0) FROM sale_line WHERE sale_line.seq = sale.seq) +
        (SELECT coalesce(sum(net), 0) FROM unresolved_line AS u WHERE u.seq = sale.seq) OR
      coalesce(sale_discount, 0) <>
        (SELECT coalesce(sum(sale_discount), 0) FROM sale_line WHERE sale_line.seq = sale.seq)`,
  'a sale is paid': `
    SELECT seq FROM sale WHERE cash_due + change <>
      (SELECT coalesce(sum(amount), 0) FROM sale_tender AS t WHERE t.seq = sale.seq AND kind = 'cash') OR
      net + rounding - cash_due <>
      (SELECT coalesce(sum(amount), 0) FROM sale_tender AS t WHERE t.seq = sale.seq AND kind <> 'cash')`,
  'the goods of a line come from its parts': `
    SELECT seq, line FROM sale_line WHERE qty <>
      (SELECT sum(qty) FROM sale_line_batch AS part WHERE part.seq = sale_line.seq AND part.line = sale_line.line)`,
  'each vendor has its shares': `
    SELECT id FROM vendor WHERE
      coalesce((SELECT credits - debits FROM account WHERE code = 'vendor' AND owner = CAST(vendor.id AS TEXT)), 0) <>
      (SELECT coalesce(sum(share), 0) FROM sale_line JOIN product ON product.id = product WHERE vendor = vendor.id)`,
  'the center has its commission, its own goods, and keeps what nobody knows': `
    SELECT 1 WHERE
      coalesce((SELECT credits - debits FROM account WHERE code = 'commission'), 0) <>
        (SELECT coalesce(sum(commission), 0) FROM sale_line WHERE model <> 'own-goods') OR
      coalesce((SELECT credits - debits FROM account WHERE code = 'own-goods-sales'), 0) <>
        (SELECT coalesce(sum(commission), 0) FROM sale_line WHERE model = 'own-goods') OR
      coalesce((SELECT credits - debits FROM account WHERE code = 'unresolved'), 0) <>
        (SELECT coalesce(sum(net), 0) FROM unresolved_line AS u WHERE NOT EXISTS
          (SELECT 1 FROM resolution AS r WHERE r.sale = u.seq AND r.line = u.line))`,
  'every tender lies where it was put': `
    SELECT kind FROM (SELECT 'qris' AS kind, 'qris-clearing' AS place UNION ALL SELECT 'debit', 'card-clearing'
      UNION ALL SELECT 'transfer', 'bank') AS way
    WHERE (SELECT coalesce(sum(debits - credits), 0) FROM account WHERE code = way.place) <>
      (SELECT coalesce(sum(amount), 0) FROM sale_tender AS t WHERE t.kind = way.kind)`,
};

it('sells or refuses every basket, and the books add up', async () => {
  const engine = await startEngine();
  const shop = await openShop(engine);
  const stock = await stockOf(shop);
  const told = new Map<string, number>();
  for (let n = 0; n < SALES; n += 1) {
    const sale = await randomSale(shop, stock);
    const answer = await (random() < 0.5 ? withYes(shop, saleComplete, sale) : ring(shop, sale));
    const outcome = answer.outcome === 'rejected' ? answer.name : answer.outcome;
    expect(['fault', 'bad-input', 'lost'], `SEED=${seed} sale ${n}: ${JSON.stringify(sale)}`).not.toContain(
      outcome,
    );
    told.set(outcome, (told.get(outcome) ?? 0) + 1);
    const unknown = sale.lines.findIndex((line) => 'unknownCode' in line);
    if (answer.outcome === 'ok' && unknown >= 0 && random() < 0.5) {
      const product = pick(stock.products).product;
      await shop.manager.ask(unresolvedResolve, { sale: answer.value.sale, line: unknown + 1, product });
    }
  }
  const broken = Object.entries(rules).flatMap(([name, sql]) => {
    const rows = engine.engine.books.prepare(sql).all();
    return rows.length === 0 ? [] : [`SEED=${seed} ${name}: ${JSON.stringify(rows.slice(0, 3))}`];
  });
  expect(broken).toEqual([]);
  await expectWholeBooks(engine);
  await engine.stop();
  console.log(
    [...told]
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  expect(told.get('ok') ?? 0, `SEED=${seed}`).toBeGreaterThan(SALES / 5);
});

interface Stock {
  products: { product: number; priceRupiah: number; batches: number[] }[];
  promotions: number[];
}

async function stockOf(shop: Shop): Promise<Stock> {
  await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS, cashierDiscountBps: 2_000 });
  const kinds: GoodsOptions[] = [
    { terms: { model: 'percent', rateBps: 1500 } },
    { terms: { model: 'percent', rateBps: 1250 }, discountBearer: 'vendor' },
    { terms: { model: 'percent', rateBps: 1000 }, discountBearer: 'center' },
    { terms: { model: 'net-price' }, netPriceRupiah: 6_001 },
    { terms: { model: 'fixed', perUnitRupiah: 1_999 } },
    { terms: { model: 'margin', rateBps: 3_333 }, costRupiah: 4_567 },
    { terms: { model: 'none' } },
    { own: true },
  ];
  const products: Stock['products'] = [];
  for (const kind of kinds) {
    const priceRupiah = pick([7_777, 9_333, 28_500, 1_999]);
    const batches = [{ pieces: 40, expires: '2099-01-31' }, { pieces: 20 }];
    products.push({ priceRupiah, ...(await goodsAt(shop, priceRupiah, { ...kind, batches })) });
  }
  const promotions: number[] = [];
  for (const [sharedBps, centerBps, vendorBps] of [
    [10_000, 0, 0],
    [0, 10_000, 0],
    [3_333, 3_334, 3_333],
  ] as const) {
    const bearers = { sharedBps, centerBps, vendorBps };
    const days = { from: '2020-01-01', to: '2099-12-31' };
    const made = await shop.manager.must(promotionCreate, {
      name: 'Promo',
      ...days,
      rateBps: 1_234,
      bearers,
    });
    promotions.push(made.promotion);
  }
  return { products, promotions };
}

function randomLine({ products, promotions }: Stock): SaleInput['lines'][number] {
  const qty = random() < 0.7 ? 1000 * (1 + below(4)) : 1 + below(5_000);
  if (random() < 0.1) return { unknownCode: `T-${below(99)}`, qty, priceRupiah: 1 + below(20_000) };
  const { product, priceRupiah, batches } = pick(products);
  const discount = () =>
    only({
      amountRupiah: 1 + below(900),
      bearer: maybe(0.4, () => pick(['shared', 'center', 'vendor'] as const)),
    });
  const isOverridden = random() < 0.1;
  return only({
    product,
    qty,
    priceRupiah: isOverridden ? 500 + below(30_000) : priceRupiah,
    price: isOverridden ? ('override' as const) : undefined,
    batch: maybe(0.1, () => (batches.length > 0 && random() < 0.9 ? pick(batches) : 1)),
    discounts: maybe(0.2, () => Array.from({ length: 1 + below(3) }, discount)),
    promotion: maybe(0.15, () => pick(promotions)),
    printedExpiry: maybe(0.01, () => '2099-01-01'),
  });
}

/** The total is asked of the engine first: a basket with a wrong one is refused with the right one. */
async function randomSale(shop: Shop, stock: Stock): Promise<SaleInput> {
  const sale: SaleInput = only({
    shift: shop.shift,
    lines: Array.from({ length: 1 + below(4) }, () => randomLine(stock)),
    discount: maybe(0.3, () =>
      only({ amountRupiah: 1 + below(3_000), bearer: maybe(0.4, () => pick(['shared', 'center'] as const)) }),
    ),
    totalRupiah: 0,
    tenders: [{ kind: 'cash' as const, amountRupiah: 1 }],
  });
  const tried = await ring(shop, sale);
  if (tried.outcome !== 'rejected' || tried.name !== 'total-differs') return sale;
  const { totalRupiah } = tried.details as { totalRupiah: number };
  return { ...sale, totalRupiah, tenders: await randomTenders(shop, sale, totalRupiah) };
}

async function randomTenders(shop: Shop, sale: SaleInput, total: number): Promise<SaleInput['tenders']> {
  const cash = { kind: 'cash' as const, amountRupiah: Math.ceil((total + 1) / 50_000) * 50_000 };
  if (random() < 0.5) return [cash];
  const part = random() < 0.3 ? total : 1 + below(total);
  const rest = part < total ? [cash] : [];
  const kind = pick(['qris', 'debit', 'transfer'] as const);
  if (kind !== 'qris') return [{ kind, amountRupiah: part, reference: '1234' }, ...rest];
  const { lines, discount } = sale;
  const shown = await shop.cashier.ask(qrisShow, { basket: only({ lines, discount }), amountRupiah: part });
  if (shown.outcome !== 'ok') return [cash];
  const { ticket } = shown.value;
  if (random() < 0.9) await shop.cashier.must(qrisSeen, { ticket, reference: '8899' });
  return [{ kind, amountRupiah: part, ticket }, ...rest];
}
