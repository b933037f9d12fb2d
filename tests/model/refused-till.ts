/** What a till is refused, from opening a drawer to taking a receipt back. */
import { centerChange } from '../../shared/contract/center.ts';
import { buyerPay, saleVoid } from '../../shared/contract/refund.ts';
import {
  clearingMatch,
  qrisSeen,
  qrisShow,
  saleByNumber,
  saleComplete,
  saleDiscard,
  saleHold,
  saleRecall,
  ticketByCode,
} from '../../shared/contract/sale.ts';
import { cashIn, cashOut, drawerCreate, safeCount, shiftOpen } from '../../shared/contract/shift.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import {
  basket,
  bring,
  held,
  line,
  memo,
  NOWHERE,
  owing,
  type Provocations,
  qris,
  ring,
  rings,
  says,
  shiftOf,
  sold,
  unknown,
} from './situations.ts';

export const till: Provocations = [
  ['drawer-unknown', says('ratna', shiftOpen, { drawer: NOWHERE, floatRupiah: 0 })],
  ['drawer-is-safe', says('ratna', shiftOpen, { drawer: 2, floatRupiah: 0 })],
  ['drawer-busy', says('ratna', shiftOpen, { drawer: 1, floatRupiah: 0 })],
  ['shift-already-open', says('siti', shiftOpen, { drawer: 3, floatRupiah: 0 })],
  ['drawer-code-taken', says('ratna', drawerCreate, { code: 'K2', name: 'K' })],
  ['shift-not-open', says('siti', cashIn, { shift: NOWHERE, amountRupiah: 1, kind: 'bank', memo })],
  ['not-your-shift', (s) => s.give({ as: 'dewi', entry: saleComplete, input: basket(s, [1]) })],
  [
    'drawer-short',
    (s) =>
      s.give({
        as: 'siti',
        entry: cashOut,
        input: { shift: shiftOf(s, 3), amountRupiah: 90_000_000, kind: 'bank', memo },
      }),
  ],
  ['variance-needs-approval', says('budi', safeCount, { countedRupiah: 0 })],
  [
    'denominations-differ',
    says('budi', safeCount, { countedRupiah: 3, denominations: [{ valueRupiah: 50, pieces: 1 }] }),
  ],
  ['price-changed', rings([1], { lines: line(1, { priceRupiah: 1 }) })],
  ['price-not-kept', rings([1], { lines: line(1, { priceRupiah: 1, price: 'kept' }) })],
  ['total-differs', rings([1], { totalRupiah: 1 })],
  ['nothing-to-pay', rings([1], { lines: line(1, { priceRupiah: 0, price: 'override' }), totalRupiah: 0 })],
  ['discount-too-large', rings([1], { discount: { amountRupiah: 18_001 } })],
  [
    'code-known',
    (s) =>
      ring(
        s,
        basket(s, [], {
          lines: [{ unknownCode: '8990001', qty: 1_000, priceRupiah: 1 }],
          tenders: [{ kind: 'cash', amountRupiah: 1 }],
        }),
      ),
  ],
  ['not-expired', rings([1], { lines: line(1, { printedExpiry: '2026-12-31' }) })],
  ['vouchers-not-available', rings([1], { tenders: [{ kind: 'voucher', amountRupiah: 18_000 }] })],
  ['tender-short', rings([1], { tenders: [{ kind: 'cash', amountRupiah: 1 }] })],
  ['tender-exceeds-total', rings([1], { tenders: [{ kind: 'debit', amountRupiah: 18_001 }] })],
  [
    'cash-not-due',
    (s) =>
      ring(
        s,
        basket(s, [1], {
          tenders: [
            { kind: 'debit', amountRupiah: 18_000 },
            { kind: 'cash', amountRupiah: 1 },
          ],
        }),
      ),
  ],
  [
    'amount-too-large',
    says('siti', saleHold, { basket: { lines: line(1, { qty: 9_999_999_000, priceRupiah: 99_999_999 }) } }),
  ],
  ['ticket-unknown', says('siti', saleRecall, { ticket: NOWHERE })],
  ['ticket-code-unknown', says('siti', ticketByCode, { code: 'T2611020001' })],
  [
    'ticket-not-qris',
    async (s) => s.give({ as: 'siti', entry: qrisSeen, input: { ticket: await held(s), reference: '8899' } }),
  ],
  [
    'ticket-closed',
    async (s) => {
      const ticket = await held(s);
      await s.must({ as: 'siti', entry: saleRecall, input: { ticket } });
      await s.must({ as: 'siti', entry: saleDiscard, input: { ticket: await held(s) } });
      return s.give({ as: 'siti', entry: saleDiscard, input: { ticket } });
    },
  ],
  ['qris-proof-needed', async (s) => ring(s, basket(s, [1], { tenders: [await qris(s, false)] }))],
  [
    'ticket-differs',
    async (s) => ring(s, basket(s, [1], { tenders: [{ ...(await qris(s, true)), amountRupiah: 17_000 }] })),
  ],
  [
    'qris-amount',
    says('siti', qrisShow, { basket: { lines: line(1, { qty: 900_000 }) }, amountRupiah: 10_000_001 }),
  ],
  [
    'qris-not-set-up',
    async (s) => {
      await s.must({ as: 'ratna', entry: centerChange, input: { qrisStatic: null } });
      const input = { basket: { lines: line(1, {}) }, amountRupiah: 1 };
      const answer = await s.give({ as: 'siti', entry: qrisShow, input });
      await s.must({ as: 'ratna', entry: centerChange, input: { qrisStatic: STATIC_QRIS } });
      return answer;
    },
  ],
  [
    'tender-unknown',
    says('budi', clearingMatch, { kind: 'debit', tenders: [{ sale: NOWHERE, tender: 1 }], feeRupiah: 0 }),
  ],
  [
    'fee-too-large',
    async (s) => {
      const sale = await sold(s, [1], { tenders: [{ kind: 'debit', amountRupiah: 18_000 }] });
      return s.give({
        as: 'budi',
        entry: clearingMatch,
        input: { kind: 'debit', tenders: [{ sale, tender: 1 }], feeRupiah: 18_001 },
      });
    },
  ],
  [
    'already-matched',
    async (s) => {
      const sale = await sold(s, [1], { tenders: [{ kind: 'debit', amountRupiah: 18_000 }] });
      const input = { kind: 'debit' as const, tenders: [{ sale, tender: 1 }], feeRupiah: 126 };
      await s.must({ as: 'budi', entry: clearingMatch, input });
      return s.give({ as: 'budi', entry: clearingMatch, input });
    },
  ],
  ['receipt-unknown', says('siti', saleByNumber, { number: 'K9-1' })],
  ['sale-unknown', (s) => bring(s, NOWHERE)],
  ['line-unknown', async (s) => bring(s, await sold(s, [1]), { line: 9 })],
  ['line-unresolved', async (s) => bring(s, await unknown(s))],
  ['more-than-sold', async (s) => bring(s, await sold(s, [1]), { qty: 1_001 })],
  [
    'not-last-sale',
    async (s) => {
      const sale = await sold(s, [1]);
      await sold(s, [2]);
      return s.give({ as: 'siti', entry: saleVoid, input: { shift: shiftOf(s, 3), sale } });
    },
  ],
  [
    'sale-refunded',
    async (s) => {
      const input = { shift: shiftOf(s, 3), sale: await sold(s, [1]) };
      await s.must({ as: 'siti', entry: saleVoid, input });
      return s.give({ as: 'siti', entry: saleVoid, input });
    },
  ],
  ['refund-unknown', says('budi', buyerPay, { refund: NOWHERE, amountRupiah: 1, how: 'transfer' })],
  [
    'more-than-due',
    async (s) =>
      s.give({
        as: 'budi',
        entry: buyerPay,
        input: { refund: await owing(s), amountRupiah: 18_001, how: 'transfer' },
      }),
  ],
];
