/**
 * Draws one command after another that moves money or goods, of every kind the contract has. What it names is drawn
 * from the books as they are: some of it is wrong on purpose, and much is overtaken by what is under way.
 */
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import {
  countPost,
  returnConfirm,
  unresolvedResolve,
  writeOffConfirm,
  writeOffReasons,
} from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import { buyerDue, buyerPay, refundComplete, refundReasons, saleVoid } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { runStart } from '../../shared/contract/run.ts';
import {
  clearingMatch,
  qrisSeen,
  qrisShow,
  saleComplete,
  saleDiscard,
  saleHold,
  saleRecall,
} from '../../shared/contract/sale.ts';
import {
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { cashDrop, cashIn, cashOut, safeCount, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
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
import type { MoneyShop } from './money-shop.ts';
import type { SaleInput } from './till.ts';

/** A command to give, who gives it, and whether the administrator has to say yes to it. */
export interface Drawn {
  entry: Entry;
  input: unknown;
  by: Role;
  needsYes?: boolean;
}

function give<E extends Entry>(by: Role, entry: E, input: InputOf<E>): Drawn {
  return { entry, input, by };
}

type Draw = (at: MoneyShop, shift: number) => Drawn | undefined | Promise<Drawn | undefined>;

/** What there may be one of after a drawn place in the journal, ordered by it. */
const LAST_SALE = 'SELECT seq FROM sale WHERE ? >= 0 ORDER BY seq DESC LIMIT 1';
const SOLD = 'SELECT seq, line, qty FROM sale_line WHERE seq > ? ORDER BY seq LIMIT 1';
const TICKET = `SELECT ticket.seq, kind, amount, EXISTS (SELECT 1 FROM ticket_seen WHERE ticket = ticket.seq) AS seen
  FROM ticket LEFT JOIN ticket_end ON ticket_end.ticket = ticket.seq
  WHERE ticket.seq > ? AND ticket_end.seq IS NULL ORDER BY ticket.seq LIMIT 1`;
const SETTLEMENT = (state: string) =>
  `SELECT id, vendor, payout FROM settlement_now WHERE seq > ? AND state = '${state}' LIMIT 1`;
const CARD = `SELECT seq, n, kind FROM sale_tender WHERE seq > ? AND kind IN ('qris', 'debit') ORDER BY seq LIMIT 1`;
const QRIS = `SELECT seq FROM sale_tender WHERE seq > ? AND kind = 'qris' ORDER BY seq LIMIT 1`;
const UNKNOWN = 'SELECT seq, line FROM unresolved_line WHERE seq > ? ORDER BY seq LIMIT 1';
const DISPUTE = 'SELECT seq FROM dispute WHERE seq > ? ORDER BY seq LIMIT 1';
const SHARED = `SELECT sale_line.seq, line, product FROM sale_line JOIN sale ON sale.seq = sale_line.seq
  WHERE sale_line.seq > ? AND share > 0 ORDER BY sale_line.seq LIMIT 1`;
const FEE = 'SELECT id FROM recurring_fee WHERE seq > ? ORDER BY seq LIMIT 1';
const REVERSIBLE = `SELECT seq FROM journal WHERE seq > ? AND name IN ('adjustment.post', 'cash.in', 'cash.out',
    'clearing.match', 'count.post', 'fee.charge', 'intake.confirm', 'purchase.confirm', 'return.confirm',
    'settlement.approve', 'settlement.pay', 'unresolved.resolve', 'vendor.payIn', 'writeOff.confirm')
  ORDER BY seq LIMIT 1`;
const OWES = `SELECT CAST(owner AS INTEGER) AS vendor, debits - credits AS amount FROM account
  WHERE code = 'vendor' AND debits > credits AND ? >= 0 LIMIT 1`;

/** A basket of up to three lines, one with a code nobody knows now and then, and what it comes to in rupiah. */
function basket(at: MoneyShop) {
  let gross = 0;
  const lines = Array.from({ length: 1 + at.below(3) }, (): SaleInput['lines'][number] => {
    const pieces = 1 + at.below(3);
    const qty = 1000 * pieces;
    if (at.chance(0.06)) {
      gross += 9_000 * pieces;
      return { unknownCode: `X-${at.below(1000)}`, qty, priceRupiah: 9_000 };
    }
    const product = at.chance(0.15) ? at.own : at.pick(at.consigned);
    const priceRupiah = at.priceOf(product);
    gross += priceRupiah * pieces;
    if (at.chance(0.8)) return { product, qty, priceRupiah };
    gross -= 500;
    return { product, qty, priceRupiah, discounts: [{ amountRupiah: 500, bearer: 'center' }] };
  });
  const canDiscount = lines.some((line) => 'product' in line);
  if (!canDiscount || at.chance(0.8)) return { basket: { lines }, totalRupiah: gross };
  return { basket: { lines, discount: { amountRupiah: 700 } }, totalRupiah: gross - 700 };
}

function tendersOf(at: MoneyShop, totalRupiah: number): SaleInput['tenders'] {
  const cash = (amountRupiah: number) => ({ kind: 'cash' as const, amountRupiah });
  const ticket = at.chance(0.3) ? at.drawn<{ seq: number; amount: number; seen: 0 | 1 }>(TICKET) : undefined;
  if (ticket?.seen && ticket.amount <= totalRupiah) {
    const qris = { kind: 'qris' as const, amountRupiah: ticket.amount, ticket: ticket.seq };
    return ticket.amount === totalRupiah ? [qris] : [qris, cash(totalRupiah - ticket.amount + 100)];
  }
  const part = 1 + at.below(totalRupiah - 1);
  const kind = at.pick(['debit', 'transfer'] as const);
  if (at.chance(0.3))
    return [{ kind, amountRupiah: part, reference: '4821' }, cash(totalRupiah - part + 100)];
  return at.chance(0.2) ? [{ kind, amountRupiah: totalRupiah }] : [cash(totalRupiah + 100)];
}

const sell: Draw = (at, shift) => {
  const { basket: sold, totalRupiah } = basket(at);
  // Some are wrong: a "no" is answered once and for ever as well.
  const told = at.chance(0.05) ? totalRupiah + 1 : totalRupiah;
  const tenders = tendersOf(at, totalRupiah);
  return give('cashier', saleComplete, { shift, ...sold, totalRupiah: told, tenders });
};

const ticket: Draw = (at) => {
  const open = at.drawn<{ seq: number; kind: string }>(TICKET);
  const { basket: parked, totalRupiah } = basket(at);
  if (!open || at.chance(0.5)) {
    if (at.chance(0.4)) return give('cashier', saleHold, { basket: parked, name: 'Bu Rini' });
    return give('cashier', qrisShow, { basket: parked, amountRupiah: totalRupiah });
  }
  if (open.kind === 'qris' && at.chance(0.8)) {
    return give('cashier', qrisSeen, { ticket: open.seq, reference: '7788' });
  }
  return give('manager', at.pick([saleRecall, saleDiscard]), { ticket: open.seq });
};

const refund: Draw = (at, shift) => {
  const last = at.drawn<{ seq: number }>(LAST_SALE);
  if (last && at.chance(0.2)) return give('cashier', saleVoid, { shift, sale: last.seq });
  const sold = at.drawn<{ seq: number; line: number; qty: number }>(SOLD);
  if (!sold) return undefined;
  const lines = [{ line: sold.line, qty: at.pick([1000, sold.qty, 333]), reason: at.pick(refundReasons) }];
  return give('manager', refundComplete, { shift, sale: sold.seq, lines });
};

const cash: Draw = (at, shift) => {
  const amountRupiah = 100 * (1 + at.below(500));
  const memo = 'kas';
  if (at.chance(0.3)) {
    const kind = at.pick(['bank', 'opening', 'other-income', 'safe'] as const);
    return give('cashier', cashIn, { shift, amountRupiah, kind, memo });
  }
  if (at.chance(0.5)) return give('cashier', cashDrop, { shift, amountRupiah });
  const kind = at.pick(['bank', 'expense'] as const);
  return give('cashier', cashOut, { shift, amountRupiah, kind, memo });
};

const receive: Draw = (at) => {
  const qty = 1000 * (1 + at.below(20));
  if (at.chance(0.4)) {
    const lines = [{ product: at.own, qty, unitCostRupiah: 15_000 + at.below(5_000) }];
    const paid = at.pick(['credit', 'cash', 'bank'] as const);
    return give('manager', purchaseConfirm, { vendor: at.shop.vendor, lines, paid });
  }
  const product = at.pick(at.consigned);
  const lines = [{ product, qty, ...(at.chance(0.3) && { expires: '2099-01-31' }) }];
  return give('manager', intakeConfirm, { vendor: at.vendorOf(product), lines });
};

const lose: Draw = (at) => {
  const product = at.chance(0.2) ? at.own : at.pick(at.consigned);
  const qty = 1000 * (1 + at.below(4));
  if (at.chance(0.4)) {
    return give('manager', returnConfirm, { vendor: at.vendorOf(product), lines: [{ product, qty }] });
  }
  if (at.chance(0.5)) {
    const lines = [{ product, qty, ...(at.chance(0.5) && { vendorBps: at.below(10_001) }) }];
    return give('manager', writeOffConfirm, { reason: at.pick(writeOffReasons), lines });
  }
  const countedQty = Math.max(0, at.onShelf(product) + 1000 * (at.below(7) - 3));
  return give('manager', countPost, { lines: [{ product, countedQty }] });
};

const vendorMoney: Draw = (at) => {
  const vendor = at.pick([...at.vendors, at.vendors.at(-1) as number]);
  const amountRupiah = 1 + at.below(20_000);
  const owing = at.drawn<{ vendor: number; amount: number }>(OWES);
  if (owing && at.chance(0.5)) {
    const less = { vendor: owing.vendor, amountRupiah: 1 + at.below(owing.amount), memo: 'cicilan' };
    if (at.chance(0.5)) return { ...give('manager', debtWriteOff, less), needsYes: true };
    return give('manager', vendorPayIn, { ...less, how: at.pick(['cash', 'bank'] as const) });
  }
  if (at.chance(0.4)) return give('manager', feeCharge, { vendor, name: 'Label', amountRupiah });
  if (at.chance(0.6)) {
    const signed = at.chance(0.5) ? amountRupiah : -amountRupiah;
    return give('manager', adjustmentPost, { vendor, amountRupiah: signed, memo: 'koreksi' });
  }
  const fee = at.drawn<{ id: number }>(FEE);
  if (fee && at.chance(0.5)) return give('manager', feeStop, { fee: fee.id });
  const cycle = { kind: 'monthly', day: 'last' } as const;
  return give('manager', feeRecur, { vendor, name: 'Sewa rak', amountRupiah: 500, cycle });
};

const settle: Draw = async (at) => {
  const draft = at.drawn<{ id: number }>(SETTLEMENT('draft'));
  if (draft && at.chance(0.6)) {
    if (at.chance(0.1)) return give('manager', settlementCancel, { settlement: draft.id, memo: 'nanti' });
    const { eligibleRupiah } = await at.reader.must(settlementGet, { settlement: draft.id });
    const amountRupiah = at.chance(0.8) ? eligibleRupiah : at.below(eligibleRupiah + 2);
    return give('admin', settlementApprove, { settlement: draft.id, amountRupiah });
  }
  const approved = at.drawn<{ id: number }>(SETTLEMENT('approved'));
  if (approved && at.chance(0.7)) {
    const how = at.pick(['cash', 'bank'] as const);
    return give('manager', settlementPay, { settlement: approved.id, how });
  }
  const paid = at.drawn<{ payout: number }>(SETTLEMENT('paid'));
  if (paid && at.chance(0.3)) return give('manager', payoutConfirm, { payout: paid.payout });
  if (at.chance(0.1)) return give('manager', runStart, { kind: 'prepare' });
  return give('manager', settlementPrepare, { vendor: at.pick(at.vendors) });
};

const clear: Draw = async (at) => {
  const card = at.drawn<{ seq: number; n: number; kind: 'qris' | 'debit' }>(CARD);
  if (card && at.chance(0.4)) {
    const tenders = [{ sale: card.seq, tender: card.n }];
    return give('manager', clearingMatch, { kind: card.kind, tenders, feeRupiah: at.below(200) });
  }
  const held = at.drawn<{ seq: number }>(QRIS);
  if (held && at.chance(0.3)) return give('manager', holdRelease, { sale: held.seq, memo: 'bukti bank' });
  const [due] = (await at.reader.must(buyerDue, { limit: 1 })).refunds;
  if (!due) return undefined;
  const how = at.pick(['transfer', 'cash'] as const);
  const amountRupiah = at.chance(0.5) ? due.dueRupiah : 1 + at.below(due.dueRupiah);
  return give('manager', buyerPay, { refund: due.refund, amountRupiah, how, memo: 'diambil' });
};

const explain: Draw = (at) => {
  const unknown = at.drawn<{ seq: number; line: number }>(UNKNOWN);
  if (unknown && at.chance(0.5)) {
    const what = at.chance(0.7) ? { product: at.pick(at.consigned) } : { memo: 'tak dikenal' };
    return give('manager', unresolvedResolve, { sale: unknown.seq, line: unknown.line, ...what });
  }
  const open = at.drawn<{ seq: number }>(DISPUTE);
  if (open && at.chance(0.4)) return give('manager', disputeClose, { dispute: open.seq, memo: 'selesai' });
  const line = at.drawn<{ seq: number; line: number; product: number }>(SHARED);
  if (!line) return undefined;
  const vendor = at.vendorOf(line.product);
  return give('manager', disputeOpen, { vendor, sale: line.seq, line: line.line, memo: 'tidak cocok' });
};

const reverse: Draw = (at) => {
  const document = at.drawn<{ seq: number }>(REVERSIBLE)?.seq;
  return document === undefined ? undefined : give('manager', documentReverse, { document, memo: 'salah' });
};

const count: Draw = (at, shift) => {
  const off = 50 * (at.below(5) - 2);
  if (at.chance(0.7)) {
    return give('manager', safeCount, { countedRupiah: Math.max(0, at.cashIn(at.shop.safe) + off) });
  }
  return give('cashier', shiftClose, { shift, countedRupiah: Math.max(0, at.cashIn(at.shop.drawer) + off) });
};

const weights: readonly (readonly [number, Draw])[] = [
  [30, sell],
  [12, ticket],
  [10, refund],
  [7, cash],
  [7, receive],
  [7, lose],
  [8, vendorMoney],
  [10, settle],
  [7, clear],
  [4, explain],
  [4, reverse],
  [2, count],
];
const total = weights.reduce((sum, [weight]) => sum + weight, 0);

/** The next command; the till is opened again when it was closed. */
export async function drawCommand(at: MoneyShop): Promise<Drawn> {
  const shift = at.shift();
  if (shift === undefined) {
    const floatFrom = at.chance(0.5) ? 'safe' : 'opening';
    return give('cashier', shiftOpen, {
      drawer: at.shop.drawer,
      floatRupiah: 1000 * at.below(200),
      floatFrom,
    });
  }
  let luck = at.below(total);
  const [, draw] = weights.find(([weight]) => {
    luck -= weight;
    return luck < 0;
  }) as (typeof weights)[number];
  return (await draw(at, shift)) ?? (sell(at, shift) as Drawn);
}
