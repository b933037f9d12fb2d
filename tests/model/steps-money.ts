/** What happens in the office with vendors' money: settlements, runs, documents taken back. */
import { documentReverse } from '../../shared/contract/report.ts';
import { runStart, runStop } from '../../shared/contract/run.ts';
import {
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
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
import { anyId } from './steps-office.ts';

const as = 'budi';
const LARGEST_STEP_RUPIAH = 1_000;

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
