/** Draws one command after another as a shop might give them, some of them wrong. Used by engine-histories.test.ts. */
import { startSession } from '../../main/engine/auth/sessions.ts';
import { clockConfirm } from '../../shared/contract/center.ts';
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { priceSet, productCreate } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { addDays, type BusinessDay, businessDayAt } from '../../shared/domain/calendar.ts';
import type { Answer } from '../../shared/wire/client.ts';
import type { TestClient, TestEngine } from '../support/engine.ts';
import { openShop } from '../support/shop.ts';

export interface Step {
  name: string;
  answer: Answer<Entry>;
}

const MINUTE = 60_000;

export async function randomShop(
  engine: TestEngine,
  random: () => number,
  passTime: (milliseconds: number) => void,
): Promise<{ step(): Promise<Step> }> {
  const shop = await openShop(engine);
  const { books, now } = engine.engine;
  const users = new Map<TestClient, number>([
    [shop.admin, 1],
    [shop.manager, 2],
    [shop.cashier, 3],
  ]);

  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const value = (sql: string, ...values: (string | number)[]) =>
    books
      .prepare(sql)
      .pluck()
      .get(...values) as number | undefined;
  /** One of an engine-numbered table's ids, now and then one that is not there. */
  const anyId = (table: string) =>
    1 + below((value(`SELECT max(id) FROM ${table}`) ?? 0) + (random() < 0.03 ? 2 : 0));
  const today = () => businessDayAt(now(), 420);

  async function give<E extends Entry>(client: TestClient, entry: E, input: InputOf<E>): Promise<Step> {
    client.setSession(
      startSession(books, { user: users.get(client) as number, device: 'random', at: now() }).token,
    );
    const answer = await client.ask(entry, input);
    return { name: entry.name, answer: answer as Answer<Entry> };
  }

  const shiftOf = (user: number) =>
    value(
      `SELECT shift.seq FROM shift LEFT JOIN shift_close ON shift_close.shift = shift.seq JOIN drawer ON drawer.id = drawer
       WHERE user = ? AND is_safe = 0 AND shift_close.seq IS NULL`,
      user,
    );

  function sale() {
    const lines = Array.from({ length: 1 + below(4) }, () => {
      const product = anyId('product');
      const price = value('SELECT price FROM price WHERE product = ? ORDER BY id DESC LIMIT 1', product) ?? 1;
      const qty = random() < 0.7 ? 1000 * (1 + below(6)) : 1 + below(4000);
      return { product, qty, priceRupiah: random() < 0.02 ? price + 1 : price };
    });
    const gross = lines.map(({ qty, priceRupiah }) => Math.round((priceRupiah * qty) / 1000));
    const totalRupiah = gross.reduce((sum, amount) => sum + amount, 0) + (random() < 0.02 ? 1 : 0);
    const given = random() < 0.5 ? Math.ceil(totalRupiah / 50_000) * 50_000 : totalRupiah + 100;
    const amountRupiah = Math.max(1, random() < 0.03 ? totalRupiah - 200 : given);
    const tenders = [{ kind: 'cash' as const, amountRupiah }];
    if (random() < 0.2) tenders.push({ kind: 'cash', amountRupiah: 1 + below(5000) });
    return give(shop.cashier, saleComplete, { shift: shiftOf(3) ?? shop.shift, lines, totalRupiah, tenders });
  }

  async function settle(): Promise<Step> {
    const open = books
      .prepare(
        `SELECT s.seq, a.amount AS approved FROM settlement AS s LEFT JOIN settlement_approval AS a ON a.settlement = s.seq
         LEFT JOIN payout AS p ON p.settlement = s.seq WHERE p.seq IS NULL ORDER BY s.seq`,
      )
      .all() as { seq: number; approved: number | null }[];
    const one = open.length > 0 && random() < 0.7 ? pick(open) : undefined;
    if (!one) {
      const back = below(3);
      const cutoffDay = addDays(today(), random() < 0.03 ? 1 : -back) as BusinessDay;
      return give(shop.manager, settlementPrepare, {
        vendor: anyId('vendor'),
        ...(random() < 0.6 && { cutoffDay }),
      });
    }
    if (one.approved === null) {
      const closing = value('SELECT closing FROM settlement WHERE seq = ?', one.seq) ?? 1;
      const amountRupiah = random() < 0.6 ? closing : Math.max(1, below(closing * 1.05));
      const approver = random() < 0.9 ? shop.admin : shop.manager;
      return give(approver, settlementApprove, { settlement: one.seq, amountRupiah });
    }
    const drawer = random() < 0.4 ? shop.drawer : undefined;
    return give(shop.manager, settlementPay, {
      settlement: one.seq,
      ...(drawer !== undefined && { drawer }),
    });
  }

  function intake(): Promise<Step> {
    const withGoods = value('SELECT vendor FROM product WHERE id = ?', anyId('product'));
    const vendor = random() < 0.9 && withGoods !== undefined ? withGoods : anyId('vendor');
    const own = books.prepare('SELECT id FROM product WHERE vendor = ?').pluck().all(vendor) as number[];
    const lines = Array.from({ length: 1 + below(3) }, () => ({
      product: own.length > 0 && random() < 0.95 ? pick(own) : anyId('product'),
      qty: random() < 0.8 ? 1000 * (1 + below(20)) : 1 + below(9000),
      ...(random() < 0.5 && { expires: addDays(today(), below(6) - (random() < 0.05 ? 3 : 0)) }),
    }));
    return give(shop.manager, intakeConfirm, { vendor, lines });
  }

  function shift(): Promise<Step> {
    const open = shiftOf(3);
    if (open === undefined) {
      const floatRupiah = 1000 * below(300);
      const floatFrom = random() < 0.5 ? ('safe' as const) : ('opening' as const);
      return give(shop.cashier, shiftOpen, { drawer: shop.drawer, floatRupiah, floatFrom });
    }
    const cash =
      value("SELECT debits - credits FROM account WHERE code = 'cash' AND owner = ?", String(shop.drawer)) ??
      0;
    const off = pick([0, 0, -500, 700, -49_000, 51_000]);
    return give(shop.cashier, shiftClose, { shift: open, countedRupiah: Math.max(0, cash + off) });
  }

  /** No shift to sell in, or one that was forgotten open overnight. */
  function needsShift(): boolean {
    const open = shiftOf(3);
    const openedAt = open === undefined ? 0 : (value('SELECT at FROM shift WHERE seq = ?', open) ?? 0);
    return now() - openedAt > 20 * 60 * MINUTE;
  }

  let codes = 0;
  async function catalogue(): Promise<Step> {
    const kind = below(4);
    codes += 1;
    if (kind === 0) {
      const made = await give(shop.manager, vendorCreate, { code: `V${codes}`, name: `Penitip ${codes}` });
      // Some stay without terms: their goods cannot be sold yet.
      if (random() < 0.2) return made;
    }
    if (kind <= 1) {
      const terms =
        random() < 0.6
          ? { model: 'percent' as const, rateBps: below(10_001) }
          : { model: 'net-price' as const };
      const from = random() < 0.3 ? { from: addDays(today(), below(3) - 1) } : {};
      const vendor = kind === 0 ? (value('SELECT max(id) FROM vendor') as number) : anyId('vendor');
      return give(shop.manager, agreementSet, { vendor, terms, ...from });
    }
    const priceRupiah = 1 + below(200_000);
    const netPriceRupiah = random() < 0.7 ? { netPriceRupiah: below(priceRupiah * 1.1) } : {};
    if (kind === 2) {
      const input = { vendor: anyId('vendor'), name: `Produk ${codes}`, barcodes: [`88${codes}`] };
      return give(shop.manager, productCreate, { ...input, priceRupiah, ...netPriceRupiah });
    }
    return give(shop.manager, priceSet, { product: anyId('product'), priceRupiah, ...netPriceRupiah });
  }

  return {
    step() {
      passTime(random() < 0.02 ? 20 * 60 * MINUTE : below(25 * MINUTE));
      const luck = random();
      if (luck < 0.45) return needsShift() && random() < 0.9 ? shift() : sale();
      if (luck < 0.6) return intake();
      if (luck < 0.75) return settle();
      if (luck < 0.82) return shift();
      if (luck < 0.83) return give(shop.manager, clockConfirm, {});
      return catalogue();
    },
  };
}
