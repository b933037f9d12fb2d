/** Money at a till besides sales: what buyers are owed, what acquirers paid, the drawers' own. */
import { buyerPay } from '../../shared/contract/refund.ts';
import { clearingMatch } from '../../shared/contract/sale.ts';
import { cashDrop, cashIn, cashInKinds, cashOut, safeCount } from '../../shared/contract/shift.ts';
import type { Step } from './steps.ts';
import { keeperOf, OPEN_SHIFTS, type OpenShift } from './steps-till.ts';

export async function payBuyer({ books, dice }: Step): Promise<void> {
  const owed = books.rows<{ seq: number; due: number }>(
    'SELECT seq, net - cash - rounding AS due FROM refund WHERE net - cash - rounding > 0',
  );
  const refund = dice.pick(owed);
  if (!refund) return;
  const amountRupiah = Math.max(1, dice.chance(60) ? refund.due : dice.below(refund.due * 1.2));
  const how = dice.pick(['transfer', 'cash'] as const);
  const input = {
    refund: refund.seq,
    amountRupiah,
    how,
    ...(dice.chance(90) && { memo: 'tanpa rekening' }),
    ...(dice.chance(40) && { drawer: dice.pick([1, 3]) }),
  };
  await books.give({ as: 'budi', entry: buyerPay, input });
}

const UNMATCHED = `SELECT seq AS sale, n AS tender, amount FROM sale_tender WHERE kind = ?
  AND NOT EXISTS (SELECT 1 FROM clearing_match_tender AS m WHERE m.sale = sale_tender.seq AND m.tender = n
    AND m.seq NOT IN (SELECT document FROM reversal))`;

export async function match({ books, dice }: Step): Promise<void> {
  const kind = dice.pick(['qris', 'debit'] as const);
  const all = books.rows<{ sale: number; tender: number; amount: number }>(UNMATCHED, kind);
  const chosen = all.filter(() => dice.chance(60));
  const tenders = (chosen.length > 0 ? chosen : all.slice(0, 1)).map(({ sale, tender }) => ({
    sale,
    tender,
  }));
  if (tenders.length === 0 && !dice.chance(10)) return;
  if (tenders.length === 0 || dice.chance(3)) tenders.push({ sale: 1 + dice.below(200), tender: 1 });
  await books.give({
    as: 'budi',
    entry: clearingMatch,
    input: { kind, tenders, feeRupiah: dice.below(dice.chance(5) ? 900_000 : 300) },
  });
}

export async function moveCash(step: Step): Promise<void> {
  const { books, dice } = step;
  const shift = dice.pick(books.rows<OpenShift>(OPEN_SHIFTS));
  const useSafe = !shift || dice.chance(40);
  const as = useSafe ? 'budi' : keeperOf(shift);
  const at = { shift: useSafe ? 1 : shift.seq };
  const has = books.held('cash', useSafe ? 2 : shift.drawer);
  const amountRupiah = 1 + dice.below(dice.chance(5) ? has * 2 : has / 4 + 10);
  const memo = 'catatan';
  const kind = dice.below(4);
  if (kind === 0) await books.give({ as, entry: cashDrop, input: { ...at, amountRupiah } });
  if (kind === 1) {
    const from = dice.pick(cashInKinds);
    await books.give({ as, entry: cashIn, input: { ...at, amountRupiah, kind: from, memo } });
  }
  if (kind === 2) {
    const category = dice.pick(['listrik', 'sopir']);
    const to = dice.pick(['expense', 'bank'] as const);
    await books.give({
      as,
      entry: cashOut,
      input: { ...at, amountRupiah, kind: to, ...(dice.chance(50) && { category }), memo },
    });
  }
  if (kind === 3) {
    const countedRupiah = Math.max(0, books.held('cash', 2) + dice.pick([0, -300, 900, 75_000]));
    const approver = dice.chance(50) ? 'ratna' : undefined;
    await books.give({ as: 'budi', entry: safeCount, input: { countedRupiah }, approver });
  }
}
