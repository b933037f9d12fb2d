/** What happens at a till: sales of every kind, refunds, and the drawer's own money. Most of it right, some of it wrong. */
import type { InputOf } from '../../shared/contract/define.ts';
import { refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import {
  qrisSeen,
  qrisShow,
  saleComplete,
  saleDiscard,
  saleHold,
  saleRecall,
} from '../../shared/contract/sale.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import type { Step } from './steps.ts';
import { PEOPLE, type Person } from './two-books.ts';

type Sale = InputOf<typeof saleComplete>;
type Line = Sale['lines'][number];

const BEARERS = ['shared', 'center', 'vendor'] as const;
const HOUR_MS = 3_600_000;

export interface OpenShift {
  seq: number;
  drawer: number;
  user: number;
  at: number;
}

export const OPEN_SHIFTS = `SELECT seq, drawer, user, at FROM shift WHERE drawer <> 2
  AND NOT EXISTS (SELECT 1 FROM shift_close WHERE shift_close.shift = shift.seq)`;

/** The person a shift belongs to. */
export function keeperOf({ user }: OpenShift): Person {
  return (Object.keys(PEOPLE) as Person[]).find((person) => PEOPLE[person].user === user) as Person;
}

/** A shift to sell in; one that was forgotten open overnight is mostly closed first. */
async function till(step: Step): Promise<OpenShift | undefined> {
  const { books, dice } = step;
  const shift = dice.pick(books.rows<OpenShift>(OPEN_SHIFTS));
  if (!shift) await openTill(step);
  else if (books.clock.now - shift.at > 20 * HOUR_MS && !dice.chance(10)) await closeTill(step);
  else return shift;
  return undefined;
}

export async function openTill({ books, dice }: Step): Promise<void> {
  const as = dice.chance(10) ? 'budi' : dice.pick(['siti', 'dewi'] as const);
  const floatRupiah = dice.below(300) * 1_000;
  const floatFrom = dice.pick(['safe', 'opening'] as const);
  await books.give({
    as,
    entry: shiftOpen,
    input: { drawer: dice.chance(4) ? 2 : dice.pick([1, 3]), floatRupiah, floatFrom },
  });
}

export async function closeTill({ books, dice }: Step): Promise<void> {
  const shift = dice.pick(books.rows<OpenShift>(OPEN_SHIFTS));
  if (!shift) return;
  const off = dice.pick([0, 0, -500, 700, -60_000, 51_000]);
  const countedRupiah = Math.max(0, books.held('cash', shift.drawer) + off);
  const as = dice.chance(10) ? dice.pick(['siti', 'ratna'] as const) : keeperOf(shift);
  const approver = dice.chance(40) ? 'budi' : undefined;
  await books.give({ as, entry: shiftClose, input: { shift: shift.seq, countedRupiah }, approver });
}

interface Offered {
  product: number;
  price: number;
  batch: number | null;
}

const OFFERED = `SELECT product.id AS product, (SELECT price FROM price WHERE product = product.id ORDER BY id DESC LIMIT 1) AS price,
  (SELECT max(id) FROM batch WHERE batch.product = product.id) AS batch FROM product ORDER BY product.id`;

/** Goods that have terms, as far as one can tell from their vendor: product 9 begins without. */
function sellable(offered: readonly Offered[]): Offered[] {
  return offered.filter(({ product }) => product !== 9);
}

interface Rung {
  line: Line;
  net: number;
}

/** A line with what the buyer is to pay for it. */
function rung({ books, dice }: Step, offered: readonly Offered[]): Rung {
  const { product, price, batch } = dice.pick(dice.chance(3) ? offered : sellable(offered));
  const qty = dice.chance(30) ? 1 + dice.below(4_000) : 1_000 * (1 + dice.below(7));
  if (dice.chance(6)) {
    const line = { unknownCode: `TANPA-${dice.below(9)}`, qty, priceRupiah: 1 + dice.below(20_000) };
    return { line, net: grossOf(line.priceRupiah, qty) };
  }
  const isOverridden = dice.chance(8);
  const priceRupiah = isOverridden ? dice.below(price * 2) : dice.chance(3) ? price + 1 : price;
  const gross = grossOf(priceRupiah, qty);
  const typed = dice.chance(15) ? 1 + dice.below(dice.chance(20) ? gross * 1.1 : gross / 5) : 0;
  const promotion = dice.chance(12) ? (dice.chance(85) ? 2 : dice.pick([1, 9])) : undefined;
  const rate =
    promotion === undefined
      ? 0
      : (books.value('SELECT rate_bps FROM promotion WHERE id = ?', promotion) ?? 0);
  const line: Line = {
    product,
    qty,
    priceRupiah,
    ...(isOverridden && { price: dice.chance(15) ? ('kept' as const) : ('override' as const) }),
    ...(typed > 0 && {
      discounts: [{ amountRupiah: typed, ...noted(dice) }],
    }),
    ...(promotion !== undefined && { promotion }),
    ...(batch !== null && dice.chance(10) && { batch: dice.chance(10) ? 1 : batch }),
    ...(dice.chance(2) && { printedExpiry: dice.chance(20) ? '2026-01-01' : '2026-12-31' }),
  };
  return { line, net: gross - typed - Math.floor((gross * rate) / 10_000) };
}

/** Who bears a discount, and the rate it was given as: any, because only the amount counts. */
function noted(dice: Step['dice']) {
  return {
    ...(dice.chance(30) && { rateBps: 1 + dice.below(10_000) }),
    ...(dice.chance(50) && { bearer: dice.pick(BEARERS) }),
  };
}

function grossOf(price: number, qty: number): number {
  return Math.floor((price * qty + 500) / 1_000);
}

interface Basket {
  lines: Line[];
  discount?: Sale['discount'];
  total: number;
}

function basketOf(step: Step): Basket {
  const { books, dice } = step;
  const offered = books.rows<Offered>(OFFERED);
  const rungs = Array.from({ length: 1 + dice.below(4) }, () => rung(step, offered));
  const sum = rungs.reduce((total, { net }) => total + net, 0);
  const less = sum > 10 && dice.chance(15) ? 1 + dice.below(dice.chance(20) ? sum * 1.2 : sum / 8) : 0;
  const discount = { amountRupiah: less, ...noted(dice) };
  return { lines: rungs.map(({ line }) => line), ...(less > 0 && { discount }), total: sum - less };
}

/** Tenders for a total, now and then too little or too much. */
function tendersFor(
  { dice }: Step,
  total: number,
  ticket: { ticket: number; amount: number } | undefined,
): Sale['tenders'] {
  const tenders: Sale['tenders'] = [];
  let left = total;
  const add = (tender: Sale['tenders'][number]) => {
    tenders.push(tender);
    left -= tender.amountRupiah;
  };
  if (ticket) add({ kind: 'qris', amountRupiah: ticket.amount, ticket: ticket.ticket });
  const kind = dice.pick(['debit', 'transfer'] as const);
  if (left > 1 && dice.chance(15)) add({ kind, amountRupiah: dice.chance(40) ? left : 1 + dice.below(left) });
  if (dice.chance(2)) add({ kind: 'transfer', amountRupiah: 5_000 });
  if (left > 0 || dice.chance(2)) {
    const notes = dice.chance(50) ? left + 100 : Math.ceil(left / 50_000) * 50_000;
    const amountRupiah = Math.max(1, dice.chance(4) ? left - 200 : Math.max(notes, 100));
    tenders.push({ kind: 'cash', amountRupiah });
  }
  return tenders.length > 0 ? tenders : [{ kind: 'cash', amountRupiah: 1_000 }];
}

export async function sell(step: Step): Promise<void> {
  const { books, dice } = step;
  const shift = await till(step);
  if (!shift) return;
  const as = dice.chance(3) ? 'budi' : keeperOf(shift);
  const { lines, discount, total } = basketOf(step);
  const basket = { lines, ...(discount && { discount }) };
  const ticket = total > 10 && dice.chance(20) ? await showQris(step, as, basket, total) : undefined;
  const input: Sale = {
    shift: shift.seq,
    ...basket,
    totalRupiah: Math.max(0, total) + (dice.chance(2) ? 1 : 0),
    tenders: tendersFor(step, total, ticket),
  };
  const mayNeed =
    discount !== undefined ||
    lines.some((line) => 'price' in line || 'printedExpiry' in line || 'discounts' in line);
  await books.give({
    as,
    entry: saleComplete,
    input,
    approver: mayNeed && !dice.chance(15) ? 'budi' : undefined,
  });
}

async function showQris(
  { books, dice }: Step,
  as: Person,
  basket: InputOf<typeof qrisShow>['basket'],
  total: number,
) {
  const amount = dice.chance(50) ? total : 1 + dice.below(total);
  const shown = await books.give({ as, entry: qrisShow, input: { basket, amountRupiah: amount } });
  if (shown.outcome !== 'ok') return undefined;
  const { ticket } = shown.value;
  if (!dice.chance(10)) await books.give({ as, entry: qrisSeen, input: { ticket, reference: '8899' } });
  return { ticket, amount };
}

export async function park(step: Step): Promise<void> {
  const { books, dice } = step;
  const open = books.rows<{ seq: number }>(
    'SELECT seq FROM ticket WHERE seq NOT IN (SELECT ticket FROM ticket_end)',
  );
  const ticket = dice.pick(open)?.seq;
  if (ticket === undefined || dice.chance(40)) {
    const { lines, discount } = basketOf(step);
    await books.give({
      as: 'siti',
      entry: saleHold,
      input: { basket: { lines, ...(discount && { discount }) } },
    });
  } else if (dice.chance(50)) await books.give({ as: 'siti', entry: saleRecall, input: { ticket } });
  else
    await books.give({
      as: 'dewi',
      entry: saleDiscard,
      input: { ticket },
      approver: dice.chance(50) ? 'budi' : undefined,
    });
}

interface Out {
  sale: number;
  line: number;
  left: number;
  batch: number | null;
}

/** What of the sales is still with their buyers. */
const OUT = `SELECT sold.sale, sold.line, sold.qty - coalesce((SELECT sum(qty) FROM refund_line AS r WHERE r.sale = sold.sale
    AND r.sale_line = sold.line), 0) AS left, (SELECT max(b.batch) FROM sale_line_batch AS b WHERE b.seq = sold.seq AND b.line = sold.line) AS batch
  FROM (SELECT seq AS sale, seq, line, qty FROM sale_line WHERE seq IN (SELECT seq FROM sale)
    UNION ALL SELECT r.sale, l.seq, l.line, l.qty FROM resolution AS r JOIN sale_line AS l USING (seq, line)) AS sold ORDER BY sold.sale DESC, sold.line`;

export async function bringBack(step: Step): Promise<void> {
  const { books, dice } = step;
  const shift = await till(step);
  const open = books.rows<Out>(OUT);
  const first = dice.pick(open.filter(({ left }) => left > 0 || dice.chance(5)));
  if (!shift || !first) return;
  const chosen = open.filter(
    (out) => out.sale === first.sale && (out.line === first.line || dice.chance(50)),
  );
  const lines = chosen.map(({ line, left, batch }) => ({
    line: dice.chance(3) ? line + 1 : line,
    qty: Math.max(1, dice.chance(50) ? left : dice.chance(6) ? left + 1 : 1 + dice.below(left)),
    reason: dice.pick(['resaleable', 'resaleable', 'vendor-fault', 'goodwill'] as const),
    ...(batch && dice.chance(15) && { batch }),
  }));
  const approver = dice.chance(70) ? 'budi' : undefined;
  const useSafe = dice.chance(10);
  const as = useSafe ? 'budi' : keeperOf(shift);
  const input = { shift: useSafe ? 1 : shift.seq, sale: first.sale, lines };
  await books.give({ as, entry: refundComplete, input, approver: as === 'budi' ? undefined : approver });
}

export async function takeBackLast(step: Step): Promise<void> {
  const { books, dice } = step;
  const shift = await till(step);
  if (!shift) return;
  const last = books.value('SELECT max(seq) FROM sale WHERE shift = ?', shift.seq);
  const any = books.value('SELECT min(seq) FROM sale') ?? 1;
  const sale = dice.chance(10) || !last ? any : last;
  await books.give({
    as: keeperOf(shift),
    entry: saleVoid,
    input: { shift: shift.seq, sale, memo: 'salah ketik' },
  });
}
