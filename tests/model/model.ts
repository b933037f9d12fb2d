/**
 * A second bookkeeper, who was told the rules of the field and has seen none of the program: what each command moves
 * between which accounts, and what it must be refused for. Balances are debits less credits, in rupiah and thousandths.
 * `5:shelf` is what lies there of product 5 less what nobody has explained. What it is `told` it does not work out:
 * whose terms won, what came off a line, what falls due or a loss is worth. tests/support/independent-*.ts do.
 */
import { no, roundCash, sharesOf, stepBack, sum, times, wentUp, wholeSteps } from './arithmetic.ts';
import type { Books, Data, Kind, Who } from './data.ts';

const SAFE = 2;
/** What a settlement posts belongs to it, whatever its day. */
const BY_DOCUMENT = ['settlement.approve', 'settlement.pay'];
const ASIDE: Record<string, string> = { qris: 'qris-clearing/', debit: 'card-clearing/', transfer: 'bank/' };

/** Writes down what a command does, and answers what has to be answered; throws No for what must be refused. */
export function keepBooks(s: Books, name: string, i: Data, who: Who, told: Data): unknown {
  const the = (kind: Kind, id: number) => s.rows[`${kind} ${id}`]!;
  const all = (kind: Kind) => Object.values(s.rows).filter(({ table }) => table === kind);
  const keep = (kind: Kind, id: number, row: object) =>
    Object.assign(s.rows, { [`${kind} ${id}`]: { ...now, ...row, id, table: kind } });
  const held = (account: string) => s.books[account] ?? 0;
  const isOpen = (drawer: number) => all('shift').some((one) => one.open && one.drawer === drawer);
  const cash = (drawer = SAFE) => (isOpen(drawer) ? `cash/${drawer}` : no('shift-not-open'));
  const payer = (how = 'cash') => (how === 'cash' ? cash(i.drawer) : 'bank/');
  const latest = (vendor: number) => all('settlement').findLast((s) => s.vendor === vendor && !s.undone);
  const credit = (line: Data) => move('goods-loss/', `vendor/${line.vendor}`, line.creditRupiah);
  const earnings = ({ model }: Data) => (model === 'own-goods' ? 'own-goods-sales/' : 'commission/');
  const shift = the('shift', i.shift);
  const day = shift && shift.drawer !== SAFE ? shift.day : who.today;
  const till = () => cash(shift?.drawer);
  let now = { document: who.seq, ...who, rule: name, day } as object as Data;
  const [amount, vendor, center] = [i.amountRupiah, `vendor/${i.vendor}`, the('center', 1)];

  function move(debit: string, credit: string, moved: number): void {
    if (moved !== 0) s.log.push({ ...now, debit, credit, amount: moved });
    s.books[debit] = held(debit) + moved;
    s.books[credit] = held(credit) - moved;
  }
  function carry(lines: Data[], to: string, from: string): void {
    for (const { product, qty, shelf = 'shelf' } of lines)
      move(`${product}:${to}`, `${product}:${from === 'shelf' ? shelf : from}`, qty);
  }
  function sell(line: Data, from: string): Data {
    if (!line.model) move(from, 'unresolved/', line.gross);
    if (!line.model) return line;
    const { net, commission, share } = sharesOf(line);
    move(from, `vendor/${line.vendor}`, share);
    move(from, earnings(line), commission);
    carry([line], 'sold', 'shelf');
    return { ...line, net, commission, out: 0 };
  }

  /** So much of a sold line comes back; answers what the buyer gets for it. Goodwill is the center's alone. */
  function takeBack(line: Data, { qty, reason }: Data): number {
    if (line.out + qty > line.qty) no('more-than-sold');
    const { net, commission, share } = stepBack(line, qty);
    line.out += qty;
    if (reason === 'goodwill') move('goodwill/', 'clearing/', net);
    else {
      move(`vendor/${line.vendor}`, 'clearing/', share);
      move(earnings(line), 'clearing/', commission);
      carry([{ ...line, qty }], reason === 'vendor-fault' ? 'return-shelf' : 'shelf', 'sold');
    }
    return net;
  }
  function refund(lines: Data[]): void {
    const net = sum(lines.map((line) => takeBack(the('sale', i.sale).lines[line.line]!, line)));
    move('clearing/', till(), told.cashRupiah);
    move('clearing/', 'buyer-due/', told.buyerDueRupiah);
    move('clearing/', 'rounding/', net - told.cashRupiah - told.buyerDueRupiah);
    keep('refund', now.seq, { due: told.buyerDueRupiah });
  }

  /** Blind: what was counted is there, the rest was over or short. */
  function count(account: string, keeper: number): void {
    const difference = i.countedRupiah - held(account);
    const isAlone = now.approver === 0 || now.approver === keeper;
    if (isAlone && Math.abs(difference) > center.varianceLimitRupiah) no('variance-needs-approval');
    move(account, 'over-short/', difference);
  }

  const rules: Record<string, () => unknown> = {
    'center.create': () => [keep('center', 1, i), keep('shift', now.seq, { drawer: SAFE, open: true })],
    'center.change': () => Object.assign(center, i),
    'intake.confirm': () => carry(i.lines, 'shelf', 'at-vendor'),
    'purchase.confirm': () => {
      const from = i.paid === 'credit' ? vendor : payer(i.paid);
      for (const line of i.lines) move('own-goods-purchases/', from, times(line.unitCostRupiah, line.qty));
      carry(i.lines, 'shelf', 'at-vendor');
    },
    'return.confirm': () => {
      carry(i.lines, 'at-vendor', 'shelf');
      move(vendor, 'own-goods-purchases/', told.totalRupiah);
    },
    'writeOff.confirm': () => [carry(i.lines, 'lost', 'shelf'), ...told.lines.map(credit)],
    'count.post': () => [carry(told.lines, 'lost', 'shelf'), ...told.lines.map(credit)],
    'sale.complete': () => {
      const other = i.tenders.filter(({ kind }) => kind !== 'cash');
      const left = i.totalRupiah - sum(other.map((tender) => tender.amountRupiah));
      const notes = sum(i.tenders.map((tender) => tender.amountRupiah)) - i.totalRupiah + left;
      if (left < 0) no('tender-exceeds-total');
      if (left === 0 && notes > 0) no('cash-not-due');
      const due = roundCash(left, center.cashRounding);
      if (notes < due) no('tender-short');
      for (const { kind, amountRupiah } of other) move(ASIDE[kind]!, 'clearing/', amountRupiah);
      move(till(), 'clearing/', due);
      move('clearing/', 'rounding/', due - left);
      keep('sale', now.seq, { lines: [{}, ...told.lines.map((line) => sell(line, 'clearing/'))] });
      return { cashDueRupiah: due, changeRupiah: notes - due, roundingRupiah: due - left };
    },
    'unresolved.resolve': () => {
      const line = the('sale', i.sale).lines[i.line]!;
      if (line.state === 'known') no('already-resolved');
      if (!i.product) move('unresolved/', 'other-income/', line.gross);
      Object.assign(line, i.product && sell(told.lines[0]!, 'unresolved/'), { state: 'known' });
    },
    'refund.complete': () => refund(i.lines),
    'sale.void': () => refund(the('sale', i.sale).lines.slice(1)),
    'buyer.pay': () => {
      if (amount > the('refund', i.refund).due) no('more-than-due');
      the('refund', i.refund).due -= amount;
      move('buyer-due/', payer(i.how), amount);
    },
    'clearing.match': () => {
      move('bank/', ASIDE[i.kind]!, told.grossRupiah - i.feeRupiah);
      move('expense/mdr', ASIDE[i.kind]!, i.feeRupiah);
    },
    'shift.open': () => {
      const missing = i.floatRupiah - held(`cash/${i.drawer}`);
      move(`cash/${i.drawer}`, i.floatFrom === 'opening' ? 'opening/' : cash(), missing);
      keep('shift', now.seq, { drawer: i.drawer, open: true });
    },
    'shift.close': () => {
      count(till(), shift.user);
      move(cash(), till(), i.countedRupiah);
      shift.open = false;
    },
    'safe.count': () => count(cash(), now.user),
    'cash.in': () => move(till(), i.kind === 'safe' ? cash() : `${i.kind}/`, amount),
    'cash.out': () => move(i.kind === 'bank' ? 'bank/' : `expense/${i.category}`, till(), amount),
    'cash.drop': () => move(cash(), till(), amount),
    'fee.charge': () => move(vendor, 'vendor-fees/', amount),
    'adjustment.post': () => move(amount > 0 ? 'expense/adjustment' : 'other-income/', vendor, amount),
    'vendor.payIn': () => move(payer(i.how), vendor, amount),
    'debt.writeOff': () => {
      if (now.approver === 0 || now.approver === now.user) no('second-person-needed');
      if (amount > held(vendor)) no('more-than-owed');
      move('bad-debt/', vendor, amount);
    },
    'settlement.prepare': () => {
      const [last, cutoffDay] = [latest(i.vendor), i.cutoffDay ?? now.day];
      if (last?.state === 'draft' || last?.state === 'approved') no('settlement-open');
      const isOld = (m: Data) => last !== undefined && m.day <= last.cutoffDay && m.seq < last.seq;
      const moves = s.log.filter((m) => m.day <= cutoffDay && !isOld(m) && !BY_DOCUMENT.includes(m.rule));
      const closing = (last?.left ?? 0) + wentUp(vendor, moves);
      keep('settlement', now.document, { vendor: i.vendor, cutoffDay, closing, state: 'draft' });
      return { closingRupiah: closing };
    },
    'settlement.approve': () => {
      const [draft, fees] = [the('settlement', i.settlement), told.feesRupiah ?? 0];
      const account = `vendor/${draft.vendor}`;
      if (amount > Math.max(0, Math.min(draft.closing, -held(account)) - fees)) no('more-than-eligible');
      move(account, 'vendor-fees/', fees);
      move(account, `payout-due/${draft.vendor}`, amount);
      const [state, left] = [amount > 0 ? 'approved' : 'closed', draft.closing - fees - amount];
      Object.assign(draft, { approval: now.document, approved: amount, left, state });
    },
    'settlement.pay': () => {
      const payable = the('settlement', i.settlement);
      const wanted = amount ?? payable.approved;
      if (wanted > payable.approved) no('payout-exceeds-approved');
      const paid = i.how === 'bank' ? wanted : wholeSteps(wanted, center.cashRounding.stepRupiah);
      const rest = payable.approved - paid;
      move(`payout-due/${payable.vendor}`, payer(i.how), paid);
      move(`payout-due/${payable.vendor}`, `vendor/${payable.vendor}`, rest);
      Object.assign(payable, { payout: now.document, left: payable.left + rest, state: 'paid' });
    },
    'settlement.cancel': () => Object.assign(the('settlement', i.settlement), { undone: true }),
    'document.reverse': () => {
      const settled = all('settlement').find((s) => [s.approval, s.payout].includes(i.document));
      const ids = [i.document, settled?.approval];
      if (the('reversal', i.document) || settled?.undone) no('already-reversed');
      if (settled && latest(settled.vendor) !== settled) no('document-used');
      for (const { rule, debit, credit, amount: moved } of s.log.filter((m) => ids.includes(m.document))) {
        now = { ...now, rule };
        move(credit, debit, moved);
      }
      keep('reversal', i.document, {});
      if (settled) settled.undone = true;
      const { input, rule } = the('document', i.document);
      if (rule === 'buyer.pay') the('refund', input.refund).due += input.amountRupiah;
      if (rule === 'unresolved.resolve') the('sale', input.sale).lines[input.line]!.state = 'unknown';
    },
  };
  const answer = rules[name]?.();
  keep('document', now.document, { rule: name, input: i });
  if (Object.keys(s.books).some((account) => /^cash/.test(account) && held(account) < 0)) no('drawer-short');
  return answer;
}
