/**
 * Proves on seeded random histories of deliveries, purchases, sales with and without labels, refunds, returns,
 * write-offs, counts and reversals of all of them: what the book says lies there, less what it knows to be oversold, is what came
 * in less what went out and was lost, and pieces that no document explains; the remembered shelves are those of the books; the vendor
 * is owed what the documents say. Commands may be refused, never fault. SEED= gives the same histories again, SOAK=1 many more.
 */
import { afterAll, expect, it } from 'vitest';
import { startSession } from '../../main/engine/auth/sessions.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { countPost, returnConfirm, writeOffConfirm } from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { addDays, businessDayAt } from '../../shared/domain/calendar.ts';
import { startEngine } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { openShop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { seededRandom } from './seal-support.ts';

const HISTORIES = process.env.SOAK === '1' ? 300 : 8;
const COMMANDS = 80;
const DAY = 24 * 60 * 60 * 1000;
const PRICE = 10_000;
const LOSS = { bearer: 'allowance', allowanceBps: 500 } as const;

const told = new Map<string, number>();
afterAll(() => console.log(`SEED=${seed} ${HISTORIES} histories: ${[...told].sort().join(' ')}`));

/** By how much what the documents of a product explain went up or down. */
type Happened = { by: number };

/** What must lie there by the log alone, but for pieces that no document explains. */
function expected(log: readonly Happened[]): number {
  return log.reduce((sum, { by }) => sum + by, 0);
}

async function history(own: number): Promise<void> {
  const random = seededRandom(own);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let now = Date.UTC(2026, 10, 20, 1);
  const engine = await startEngine({ now: () => now });
  const { books, ledger } = engine.engine;
  const { admin, manager } = await openShop(engine);
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const all = <Row>(sql: string, ...values: (string | number)[]) =>
    books.prepare(sql).all(...values) as Row[];
  const value = (sql: string, ...values: (string | number)[]) =>
    books
      .prepare(sql)
      .pluck()
      .get(...values) as number;

  const { vendor } = await manager.must(vendorCreate, { code: 'ACK', name: 'Acak' });
  await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 3000 }, loss: LOSS });
  const products: number[] = [];
  for (const isOwn of [false, false, true]) {
    const name = `Produk ${products.length}`;
    const made = await manager.must(productCreate, { vendor, name, priceRupiah: PRICE, own: isOwn });
    products.push(made.product);
  }
  const ownProduct = products[2] as number;
  const logs = new Map(products.map((product) => [product, [] as Happened[]]));
  const note = (product: number, event: Happened) => logs.get(product)?.push(event);
  const takenBack = new Map<number, () => void>();
  let shift = 0;

  async function give<E extends Entry>(entry: E, input: InputOf<E>): Promise<OutputOf<E> | undefined> {
    manager.setSession(startSession(books, { user: 2, device: 'random', at: now }).token);
    const answer = await manager.ask(entry, input);
    const outcome = answer.outcome === 'rejected' ? answer.name : answer.outcome;
    const about = `SEED=${own} ${entry.name} ${JSON.stringify(input)} ${JSON.stringify(answer)}`;
    expect(['fault', 'bad-input', 'no-session', 'lost'], about).not.toContain(outcome);
    const key = `${entry.name}:${outcome}`;
    told.set(key, (told.get(key) ?? 0) + 1);
    return answer.outcome === 'ok' ? answer.value : undefined;
  }

  /** A new day, and a new shift: the last one's cash goes to the safe as it is. */
  async function nextDay(): Promise<void> {
    if (shift !== 0) {
      const cash = `SELECT debits - credits FROM account WHERE code = 'cash' AND owner = ?`;
      await give(shiftClose, { shift, countedRupiah: value(cash, String(drawer)) ?? 0 });
    }
    now += DAY;
    shift = (await give(shiftOpen, { drawer, floatRupiah: 0, floatFrom: 'opening' }))?.shift ?? 0;
  }

  const batchOf = (product: number) => {
    const batches = all<{ id: number }>('SELECT id FROM batch WHERE product = ?', product);
    return batches.length > 0 && random() < 0.4 ? { batch: pick(batches).id } : {};
  };
  const some = () => 500 * (1 + below(12));

  async function deliver(product: number): Promise<void> {
    const qty = 2 * some();
    const expires = addDays(businessDayAt(now, 420), below(4));
    const line = { product, qty, ...(random() < 0.6 && { expires }) };
    const made =
      product === ownProduct
        ? await give(purchaseConfirm, {
            vendor,
            lines: [{ ...line, unitCostRupiah: 1 + below(9_999) }],
            paid: 'credit',
          })
        : await give(intakeConfirm, { vendor, lines: [line] });
    if (!made) return;
    note(product, { by: qty });
    takenBack.set(made.intake, () => note(product, { by: -qty }));
  }

  async function sell(product: number): Promise<void> {
    const qty = some();
    const totalRupiah = (PRICE * qty) / 1000;
    const done = await give(saleComplete, {
      shift,
      lines: [{ product, qty, priceRupiah: PRICE, ...batchOf(product) }],
      totalRupiah,
      tenders: [{ kind: 'cash', amountRupiah: totalRupiah }],
    });
    if (done) note(product, { by: -qty });
  }

  async function bringBack(): Promise<void> {
    const sold = all<{ seq: number; product: number; left: number }>(
      `SELECT sale_line.seq, product, qty - coalesce((SELECT sum(qty) FROM refund_line
         WHERE refund_line.sale = sale_line.seq AND sale_line = sale_line.line), 0) AS left
       FROM sale_line WHERE left > 0`,
    );
    if (sold.length === 0) return;
    const { seq, product, left } = pick(sold);
    const qty = Math.min(left, 500 * (1 + below(4)));
    const reason = random() < 0.5 ? ('resaleable' as const) : ('vendor-fault' as const);
    const done = await give(refundComplete, { shift, sale: seq, lines: [{ line: 1, qty, reason }] });
    if (done && reason === 'resaleable') note(product, { by: qty });
  }

  async function giveUp(
    product: number,
    entry: typeof returnConfirm | typeof writeOffConfirm,
  ): Promise<void> {
    const qty = 500 * (1 + below(4));
    const shelf = random() < 0.3 ? ('return-shelf' as const) : ('shelf' as const);
    const lines = [{ product, qty, shelf, ...batchOf(product) }];
    const made =
      entry === returnConfirm
        ? (await give(returnConfirm, { vendor, lines }))?.goodsReturn
        : (await give(writeOffConfirm, { reason: 'lost', lines }))?.writeOff;
    if (made === undefined) return;
    // What was set aside lies on the shelf no longer.
    const by = shelf === 'shelf' ? qty : 0;
    note(product, { by: -by });
    takenBack.set(made, () => note(product, { by }));
    if (entry === returnConfirm && product === ownProduct) returnedAtCost();
  }

  async function count(product: number): Promise<void> {
    const lies = value(
      `SELECT coalesce(sum(debits - credits), 0) FROM account WHERE ledger = ? AND code = 'shelf'`,
      product,
    );
    const counted = Math.max(0, lies + 500 * (below(7) - 3));
    const batch = random() < 0.4 ? batchOf(product) : {};
    const made = await give(countPost, { lines: [{ product, countedQty: counted, ...batch }] });
    const line = made?.lines[0];
    if (!made || !line) return;
    expect(line.bookQty - line.repaidQty - line.lostQty + line.surplusQty).toBe(counted);
    // A surplus is unexplained, and a repaid piece no longer is: only what was lost changes what documents explain.
    const by = line.lostQty;
    note(product, { by: -by });
    takenBack.set(made.count, () => note(product, { by }));
  }

  async function takeBack(): Promise<void> {
    const document = pick([...takenBack.keys(), 1]);
    const made = await give(documentReverse, { document, memo: 'salah' });
    if (!made) return;
    takenBack.get(document)?.();
    takenBack.delete(document);
  }

  /** Right after a return, what stands was returned for its exact part of each batch's cost. */
  function returnedAtCost(): void {
    const parts = all<{ cost: number; qty: number; back: number; returned: number }>(
      `SELECT line.cost, line.qty, sum(part.cost) AS back, sum(part.qty) AS returned FROM goods_part AS part
       JOIN intake_line AS line ON line.batch = part.batch
       WHERE part.seq NOT IN (SELECT document FROM reversal) AND part.cost IS NOT NULL
         AND part.batch IN (SELECT batch FROM goods_part WHERE seq = (SELECT max(seq) FROM goods_return))
       GROUP BY part.batch HAVING sum(part.qty) <= line.qty`,
    );
    for (const { cost, qty, back, returned } of parts)
      expect(back, `SEED=${own}`).toBe(Math.floor((2 * cost * returned + qty) / (2 * qty)));
  }

  async function check(about: string): Promise<void> {
    for (const product of products) {
      const stored = all(
        `SELECT coalesce(batch.id, 0) AS batch, debits - credits AS onHand, expires
         FROM account LEFT JOIN batch ON CAST(batch.id AS TEXT) = owner
         WHERE ledger = ? AND code = 'shelf' AND debits <> credits
         ORDER BY owner = '', coalesce(expires, '9999'), batch.id`,
        product,
      );
      expect(ledger.shelves(product), about).toEqual(stored);
      const onShelf = ledger.shelves(product).reduce((sum, { onHand }) => sum + onHand, 0);
      const unexplained = value(
        "SELECT coalesce(sum(credits - debits), 0) FROM account WHERE ledger = ? AND code = 'found'",
        product,
      );
      expect(onShelf - unexplained, about).toBe(expected(logs.get(product) ?? []));
    }
    const live = '(SELECT document FROM reversal)';
    const owed = value(
      `SELECT (SELECT coalesce(sum(share), 0) FROM sale_line) - (SELECT coalesce(sum(share), 0) FROM refund_line)
         + (SELECT coalesce(sum(credit), 0) FROM write_off_line WHERE seq NOT IN ${live})
         + (SELECT coalesce(sum(credit), 0) FROM stock_count_line WHERE seq NOT IN ${live})
         + (SELECT coalesce(sum(total), 0) FROM intake WHERE seq NOT IN ${live})
         - (SELECT coalesce(sum(total), 0) FROM goods_return WHERE seq NOT IN ${live})`,
    );
    const balance = `SELECT coalesce(sum(credits - debits), 0) FROM account WHERE code = 'vendor' AND owner = ?`;
    expect(value(balance, String(vendor)), about).toBe(owed);
  }

  await nextDay();
  for (let step = 0; step < COMMANDS; step += 1) {
    const product = pick(products);
    const draw = random();
    if (draw < 0.24) await deliver(product);
    else if (draw < 0.52) await sell(product);
    else if (draw < 0.64) await giveUp(product, returnConfirm);
    else if (draw < 0.72) await giveUp(product, writeOffConfirm);
    else if (draw < 0.82) await count(product);
    else if (draw < 0.88) await bringBack();
    else if (draw < 0.95) await takeBack();
    else await nextDay();
    if (step % 3 === 0) await check(`SEED=${own} step ${step}`);
  }
  await expectWholeBooks(engine);
  await engine.stop();
}

it.each(Array.from({ length: HISTORIES }, (_, index) => seed + index))(
  'history of seed %i',
  history,
  600_000,
);
