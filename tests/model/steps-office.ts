/** What happens in the office: goods, terms, vendors' money, settlements, runs, documents taken back. */
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
import { documentReverse } from '../../shared/contract/report.ts';
import { runStart, runStop } from '../../shared/contract/run.ts';
import {
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { agreementSet, groupCreate, vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import {
  adjustmentPost,
  debtWriteOff,
  disputeClose,
  disputeOpen,
  feeCharge,
  feeRecur,
  feeStop,
  holdRelease,
  vendorPayIn,
} from '../../shared/contract/vendor-money.ts';
import { addDays, type Step } from './steps.ts';

const as = 'budi';
const LARGEST_STEP_RUPIAH = 1_000;

/** One of the ids of a table, now and then one that is not there. */
function anyId({ books, dice }: Step, table: string): number {
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

export async function moveVendorMoney(step: Step): Promise<void> {
  const { books, dice } = step;
  const vendor = anyId(step, 'vendor');
  const amountRupiah = 1 + dice.below(40_000);
  const memo = 'catatan';
  const kind = dice.below(7);
  if (kind === 0) await books.give({ as, entry: feeCharge, input: { vendor, name: 'Label', amountRupiah } });
  if (kind === 1)
    await books.give({
      as,
      entry: adjustmentPost,
      input: { vendor, amountRupiah: dice.chance(50) ? -amountRupiah : amountRupiah, memo },
    });
  if (kind === 2) {
    const how = dice.pick(['cash', 'bank'] as const);
    const drawer = dice.chance(50) ? { drawer: dice.pick([1, 3]) } : {};
    await books.give({ as, entry: vendorPayIn, input: { vendor, amountRupiah, how, ...drawer } });
  }
  if (kind === 3) {
    const debtor = dice.pick(
      books.rows<{ owner: number }>(
        "SELECT CAST(owner AS INTEGER) AS owner FROM account WHERE code = 'vendor' AND debits > credits",
      ),
    );
    const owed = debtor ? -books.owed('vendor', debtor.owner) : 1;
    const amount = Math.max(1, dice.chance(50) ? owed : dice.below(owed * 1.5));
    const approver = dice.chance(80) ? 'ratna' : undefined;
    await books.give({
      as,
      entry: debtWriteOff,
      input: { vendor: debtor?.owner ?? vendor, amountRupiah: amount, memo },
      approver,
    });
  }
  if (kind === 4) {
    const cycle = dice.pick([
      { kind: 'weekly' as const, weekday: 1 + dice.below(7) },
      { kind: 'two-weekly' as const, anchor: '2026-11-04' },
      { kind: 'monthly' as const, day: dice.pick([1, 5, 'last'] as const) },
    ]);
    await books.give({
      as,
      entry: feeRecur,
      input: { vendor, name: 'Sewa', amountRupiah: 1 + dice.below(3_000), cycle },
    });
  }
  if (kind === 5) await books.give({ as, entry: feeStop, input: { fee: anyId(step, 'recurring_fee') } });
  if (kind === 6) await contest(step);
}

/** Disputes and held QRIS sales. */
async function contest({ books, dice }: Step): Promise<void> {
  const memo = 'belum cocok';
  const open = dice.pick(books.rows<{ seq: number }>('SELECT seq FROM dispute'));
  const line = dice.pick(
    books.rows<{ sale: number; line: number; vendor: number }>(
      'SELECT sale.seq AS sale, line, vendor FROM sale JOIN sale_line USING (seq) JOIN product ON product.id = product',
    ),
  );
  const kind = dice.below(3);
  if (kind === 0 && line) await books.give({ as, entry: disputeOpen, input: { ...line, memo } });
  if (kind === 1 && open) await books.give({ as, entry: disputeClose, input: { dispute: open.seq, memo } });
  if (kind === 2 && line) await books.give({ as, entry: holdRelease, input: { sale: line.sale, memo } });
}

interface Settlement {
  id: number;
  state: string;
  vendor: number;
  closing: number;
  approved: number | null;
  payout: number | null;
}

const OWED_VENDORS = `SELECT CAST(owner AS INTEGER) AS vendor FROM account WHERE code = 'vendor' AND debits <> credits
  ORDER BY credits - debits DESC`;

const SETTLEMENTS = `SELECT id, state, vendor, closing, approved, payout FROM settlement_now
  WHERE state IN ('draft', 'approved', 'paid') ORDER BY state = 'paid', id DESC`;

/** A settlement is begun, or one goes on: mostly as far as it can in one go. */
export async function settle(step: Step): Promise<void> {
  const { books, dice } = step;
  const one = dice.chance(55) ? dice.pick(books.rows<Settlement>(SETTLEMENTS)) : undefined;
  if (one) await goOn(step, one);
  else await prepare(step);
  while (dice.chance(70)) {
    const [newest] = books.rows<Settlement>(SETTLEMENTS);
    if (!newest) return;
    await goOn(step, newest);
  }
}

async function prepare(step: Step): Promise<void> {
  const { books, dice } = step;
  const cutoffDay = dice.chance(30)
    ? { cutoffDay: addDays(books.today, dice.chance(5) ? 1 : -dice.below(3)) }
    : {};
  const payableOnly = dice.chance(10) ? { payableOnly: true } : {};
  const owed = books.rows<{ vendor: number }>(OWED_VENDORS);
  const vendor = owed.length > 0 && dice.chance(85) ? dice.pick(owed).vendor : anyId(step, 'vendor');
  await books.give({ as, entry: settlementPrepare, input: { vendor, ...cutoffDay, ...payableOnly } });
}

async function goOn(step: Step, one: Settlement): Promise<void> {
  if (one.state === 'draft') return approve(step, one);
  if (one.state === 'approved') return pay(step, one);
  await step.books.give({ as, entry: payoutConfirm, input: { payout: one.payout as number } });
}

async function approve({ books, dice }: Step, { id: settlement, closing }: Settlement): Promise<void> {
  if (dice.chance(8)) {
    await books.give({ as, entry: settlementCancel, input: { settlement, memo: 'salah' } });
    return;
  }
  const { eligibleRupiah } = await books.settlement(settlement);
  const most = dice.chance(50) ? closing : eligibleRupiah;
  const amountRupiah = Math.max(0, dice.chance(60) ? eligibleRupiah : dice.below(Math.max(0, most) * 1.05));
  const override = dice.chance(30) ? { overrideMinimum: true } : {};
  const who = dice.chance(90) ? 'ratna' : as;
  await books.give({ as: who, entry: settlementApprove, input: { settlement, amountRupiah, ...override } });
}

async function pay({ books, dice }: Step, { id: settlement, approved }: Settlement): Promise<void> {
  const how = dice.chance(40) ? { how: dice.pick(['bank', 'cash'] as const) } : {};
  const drawer = dice.chance(40) ? { drawer: dice.pick([1, 3]) } : {};
  const part = dice.chance(30) ? { amountRupiah: 1 + dice.below((approved ?? 0) * 1.1) } : {};
  const answer = await books.give({
    as,
    entry: settlementPay,
    input: { settlement, ...how, ...drawer, ...part },
  });
  // Once approved, a settlement can be paid: it must never be in the way of the next for ever.
  const isWhole = part.amountRupiah === undefined && (approved ?? 0) >= LARGEST_STEP_RUPIAH;
  if (isWhole && answer.outcome === 'rejected' && answer.name === 'nothing-to-settle') {
    throw new Error(`settlement ${settlement} can never be paid`);
  }
}

const PREPARED = "SELECT seq FROM run WHERE kind = 'prepare' ORDER BY seq DESC LIMIT 2";

/** One run, or a preparation with its approval and payment right after it. */
export async function run(step: Step): Promise<void> {
  const { books, dice } = step;
  const prepared = dice.pick(books.rows<{ seq: number }>(PREPARED));
  const first = prepared ? dice.below(3) : 0;
  for (let kind = first; kind < 3 && (kind === first || dice.chance(75)); kind += 1) {
    const of = books.rows<{ seq: number }>(PREPARED)[0]?.seq ?? 1;
    await startRun(step, kind, dice.chance(85) ? of : (prepared?.seq ?? of));
    if (dice.chance(8)) await books.give({ as, entry: runStop, input: { run: books.seq } });
    await books.runsEnded();
  }
}

async function startRun({ books, dice }: Step, kind: number, of: number): Promise<void> {
  const group = dice.chance(20) ? { group: 1 } : {};
  const cutoffDay = dice.chance(30) ? { cutoffDay: addDays(books.today, -dice.below(2)) } : {};
  const input = [
    { kind: 'prepare' as const, ...group, ...cutoffDay },
    { kind: 'approve' as const, of },
    { kind: 'pay-bank' as const, of },
  ][kind] as { kind: 'prepare' };
  await books.give({ as: kind === 1 && dice.chance(90) ? 'ratna' : as, entry: runStart, input });
}

const MADE = `SELECT seq AS document FROM journal WHERE outcome LIKE '{"ok"%' AND name IN ('intake.confirm', 'purchase.confirm',
    'return.confirm', 'writeOff.confirm', 'count.post', 'unresolved.resolve', 'cash.in', 'cash.out', 'cash.drop', 'clearing.match',
    'buyer.pay', 'fee.charge', 'adjustment.post', 'vendor.payIn', 'debt.writeOff', 'settlement.approve', 'settlement.pay')
  UNION ALL SELECT id FROM settlement_approval WHERE part IS NOT NULL UNION ALL SELECT id FROM payout WHERE part IS NOT NULL
  ORDER BY 1 DESC LIMIT 25`;

export async function reverse(step: Step): Promise<void> {
  const { books, dice } = step;
  const made = dice.pick(books.rows<{ document: number }>(MADE));
  const document = dice.chance(5) || !made ? 1 + dice.below(books.seq + 2) : made.document;
  await books.give({ as, entry: documentReverse, input: { document, memo: 'salah catat' } });
}
