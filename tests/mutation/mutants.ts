/**
 * Rules of money, goods and the books, each broken in one place, and the tests that have to notice. A mutant replaces
 * one short text that stands in its file exactly once. Whoever rewrites such a line writes the mutant anew: `run.ts`
 * says which text is gone.
 */
export interface Mutant {
  /** Said to `--only`. */
  readonly name: string;
  /** What the program does wrong then: a sentence about it. */
  readonly wrong: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Test files, the quickest that know the rule. */
  readonly tests: readonly string[];
}

const domain = (name: string) => `shared/domain/${name}.ts`;
const engine = (path: string) => `main/engine/${path}.ts`;
const unit = (name: string) => [`tests/unit/${name}.test.ts`];
const property = (name: string) => [`tests/property/${name}.test.ts`];

/** Whose a sold line is, and what is paid for it. */
const sharing: readonly Mutant[] = [
  {
    name: 'commission-up',
    wrong: 'the odd rupiah of a commission goes to the center instead of the vendor',
    file: domain('terms'),
    find: 'multiplyDivide(amount, rateBps, WHOLE_BPS).quotient',
    replace: 'Math.ceil((amount * rateBps) / WHOLE_BPS)',
    tests: unit('domain-terms'),
  },
  {
    name: 'own-goods-share',
    wrong: 'own goods are sold for the vendor they were bought from',
    file: domain('terms'),
    find: 'return base;',
    replace: 'return 0;',
    tests: unit('domain-terms'),
  },
  {
    name: 'vendor-terms-first',
    wrong: 'terms of the vendor win over terms of the product',
    file: domain('terms'),
    find: "['product', 'vendor-category', 'vendor', 'category', 'center']",
    replace: "['vendor', 'vendor-category', 'product', 'category', 'center']",
    tests: unit('engine-agreement'),
  },
  {
    name: 'center-discount-on-vendor',
    wrong: 'a discount that the center bears is taken from the vendor',
    file: domain('discount'),
    find: '[bearer]: WHOLE_BPS',
    replace: "[bearer === 'center' ? 'vendor' : bearer]: WHOLE_BPS",
    tests: unit('engine-sale'),
  },
  {
    name: 'remainder-to-last-line',
    wrong: 'what a sale discount does not split evenly goes to the last line, not to the largest remainder',
    file: domain('money'),
    find: 'byRemainder.slice(0, left)',
    replace: 'byRemainder.sort((a, b) => b - a).slice(0, left)',
    tests: unit('domain-terms'),
  },
  {
    name: 'discount-unasked',
    wrong: 'a cashier gives any discount without asking a supervisor',
    file: engine('store/decided-basket'),
    find: 'typed > allowed || isBelowZero',
    replace: 'typed < 0 * allowed || isBelowZero',
    tests: unit('engine-sale'),
  },
  {
    name: 'price-kept-forever',
    wrong: 'any earlier lower price can be kept, however long ago it was in force',
    file: engine('store/decided-basket'),
    find: 'ctx.at - KEPT_PRICE_MS',
    replace: 'Math.min(0, ctx.at - KEPT_PRICE_MS)',
    tests: unit('engine-sale'),
  },
  {
    name: 'resolved-at-todays-terms',
    wrong: 'an unknown code that is named later is shared by the terms of today, not of the day it was sold',
    file: engine('handlers/unresolved'),
    find: 'agreementFor(ctx.sql, productRow, row.day)',
    replace: 'agreementFor(ctx.sql, productRow, ctx.day)',
    tests: unit('engine-unresolved'),
  },
];

/** What is handed over at the till, and what comes back. */
const tills: readonly Mutant[] = [
  {
    name: 'goods-for-nothing',
    wrong: 'an amount below one cash step is rounded to 0',
    file: domain('tender'),
    find: 'down === 0 ? step : down',
    replace: 'down',
    tests: unit('domain-tender'),
  },
  {
    name: 'change-not-booked',
    wrong: 'change leaves the drawer and not the books',
    file: engine('handlers/sale'),
    find: 'amount: paid.change, reason',
    replace: 'amount: 0 * paid.change, reason',
    tests: unit('engine-cash'),
  },
  {
    name: 'drawer-without-floor',
    wrong: 'a drawer gives more cash than it holds',
    file: domain('chart'),
    find: "cash: money('drawer', 'drawer_short')",
    replace: "cash: money('drawer')",
    tests: unit('engine-cash'),
  },
  {
    name: 'change-money-from-nowhere',
    wrong: 'change money that a till fetches never leaves the safe',
    file: engine('handlers/cash'),
    find: "const credit = moneyAccount('cash', safeDrawer(ctx.sql)?.id);",
    replace: "const credit = moneyAccount('opening');",
    tests: unit('engine-cash'),
  },
  {
    name: 'qris-crc-unchecked',
    wrong: 'a payment code with a wrong checksum is taken',
    file: domain('qris'),
    find: 'checksum !== crcHex(text.slice(0, -4))',
    replace: 'checksum.length !== crcHex(text.slice(0, -4)).length',
    tests: unit('domain-qris'),
  },
  {
    name: 'qris-unseen',
    wrong: 'a QRIS payment is taken that nobody saw',
    file: engine('handlers/sale'),
    find: 'ticket.reference === null && !center.qris_shown_suffices',
    replace: 'ticket.reference === undefined && !center.qris_shown_suffices',
    tests: unit('engine-ticket'),
  },
  {
    name: 'refund-from-whole',
    wrong: 'each refund is rounded by itself, so that parts do not add up to the line',
    file: domain('refund'),
    find: 'const net = after.net - before.net;',
    replace: 'const net = takenBack(line, returnedNow).net;',
    tests: property('domain-refund'),
  },
  {
    name: 'last-refund-keeps-rounding',
    wrong: 'what was rounded at the sale is not given back with the last of it',
    file: domain('refund'),
    find: 'completes ? cashDue : Math.max(',
    replace: 'Math.max(',
    tests: unit('engine-refund-money'),
  },
  {
    name: 'goodwill-debits-vendor',
    wrong: 'the vendor pays for goodwill of the center',
    file: engine('handlers/refund'),
    find: "moneyAccount('goodwill')",
    replace: "moneyAccount('vendor', line.vendor)",
    tests: unit('engine-refund'),
  },
];

/** What lies on the shelves, and who pays for what is lost. */
const goods: readonly Mutant[] = [
  {
    name: 'fefo-reversed',
    wrong: 'goods that expire last are sold first',
    file: engine('store/shelves'),
    find: 'batch.expires IS NULL, batch.expires, batch.id',
    replace: 'batch.expires IS NULL, batch.expires DESC, batch.id',
    tests: unit('engine-sale-goods'),
  },
  {
    name: 'expired-sold',
    wrong: 'goods past their date are sold like others',
    file: engine('store/sale-line'),
    find: 'if (!isExpired(shelf, goodsDay)) take(',
    replace: 'take(',
    tests: unit('engine-sale-goods'),
  },
  {
    name: 'first-out-comes-back',
    wrong: 'refunded goods go back to the batch they left first, not last',
    file: domain('allocation'),
    find: 'onHand: part.qty as number })).reverse();',
    replace: 'onHand: part.qty as number }));',
    tests: unit('engine-refund'),
  },
  {
    name: 'faulty-goods-for-sale',
    wrong: 'goods that came back for a fault of the vendor stand for sale again',
    file: engine('handlers/refund'),
    find: "reason === 'vendor-fault' ? 'return-shelf' : 'shelf'",
    replace: "reason === 'goodwill' ? 'return-shelf' : 'shelf'",
    tests: unit('engine-refund'),
  },
  {
    name: 'intake-forgets-found',
    wrong: 'a delivery does not repay what was sold before it was typed',
    file: engine('store/goods'),
    find: 'Math.min(qty, unexplainedQty(ctx, product.id))',
    replace: 'Math.min(0, unexplainedQty(ctx, product.id))',
    tests: unit('engine-goods-loss'),
  },
  {
    name: 'count-forgets-found',
    wrong: 'a count takes for lost what was sold before it was typed',
    file: engine('handlers/count'),
    find: 'Math.min(shortQty, unexplainedQty(ctx, product.id))',
    replace: 'Math.min(0, unexplainedQty(ctx, product.id))',
    tests: unit('engine-goods-loss'),
  },
  {
    name: 'loss-at-retail',
    wrong: 'lost goods are credited at the retail price, not at the share of the vendor',
    file: domain('loss'),
    find: 'rupiah(Math.max(0, share))',
    replace: 'rupiah(Math.max(grossOf(price, quantity), share))',
    tests: unit('domain-loss'),
  },
  {
    name: 'allowance-never-used-up',
    wrong: 'each loss has the whole allowance again',
    file: domain('loss'),
    find: 'allowance - lostBefore',
    replace: 'allowance',
    tests: unit('engine-goods-loss'),
  },
  {
    name: 'return-at-unit-cost',
    wrong: 'own goods that go back piece by piece do not add up to what they cost',
    file: engine('store/own-goods'),
    find: 'shareOf(ctx, bought, before.qty + part.qty) - before.cost',
    replace: 'shareOf(ctx, bought, part.qty)',
    tests: unit('engine-goods'),
  },
];

/** What vendors are owed, and what is paid to them. */
const settlements: readonly Mutant[] = [
  {
    name: 'payout-up',
    wrong: 'a payout in cash is rounded up to the cash step',
    file: domain('settlement'),
    find: 'const paid = wholeSteps(amount, step);',
    replace: 'const paid = rupiah(step === 0 ? amount : Math.ceil(amount / step) * step);',
    tests: unit('domain-tender'),
  },
  {
    name: 'held-is-payable',
    wrong: 'an approval does not look at what is held or disputed',
    file: engine('store/payouts'),
    find: 'held: rupiah(held), disputed: rupiah(disputed)',
    replace: 'held: rupiah(0 * held), disputed: rupiah(0 * disputed)',
    tests: unit('engine-settlement-holds'),
  },
  {
    name: 'fee-twice-a-period',
    wrong: 'every approval posts all periods of a recurring fee again',
    file: engine('store/due-fees'),
    find: '!posted.get(fee.id)?.has(period)',
    replace: '!posted.get(-fee.id)?.has(period)',
    tests: unit('engine-settlement'),
  },
  {
    name: 'watermark-of-rows-only',
    wrong: 'what was sold after a cut-off and before its settlement was prepared is never settled',
    file: engine('store/vendor-book'),
    find: 'NOT (day <= settledDay AND seq <= settledSeq) AND reason',
    replace: 'NOT (seq <= settledSeq) AND reason',
    tests: unit('engine-settlement'),
  },
  {
    name: 'watermark-of-days-only',
    wrong: 'what is posted late under a settled day is never settled',
    file: engine('store/vendor-book'),
    find: 'NOT (day <= settledDay AND seq <= settledSeq) AND reason',
    replace: 'NOT (day <= settledDay) AND reason',
    tests: unit('engine-settlement'),
  },
  {
    name: 'opening-without-fees',
    wrong: 'a settlement opens as if the fees of the one before had not been taken',
    file: engine('store/settlements'),
    find: 'return row.closing - row.fees -',
    replace: 'return row.closing -',
    tests: unit('engine-settlement'),
  },
  {
    name: 'one-person-settles',
    wrong: 'whoever prepared a settlement approves it, though the center asks for two people',
    file: engine('handlers/settlement'),
    find: 'approver === preparer &&',
    replace: 'approver === undefined &&',
    tests: unit('engine-settlement'),
  },
  {
    name: 'one-person-forgives',
    wrong: 'one person gives up a debt alone',
    file: engine('handlers/vendor-money'),
    find: 'approver === null || approver === ctx.actor',
    replace: 'approver === null',
    tests: unit('engine-vendor-money'),
  },
];

/** What holds the books together. */
const books: readonly Mutant[] = [
  {
    name: 'reversal-posts-again',
    wrong: 'a document that is taken back is posted a second time',
    file: engine('handlers/reversal'),
    find: 'const { ledger, amount, reason, line } = transfer;',
    replace: 'const { ledger, reason, line } = transfer;\n  const amount = -transfer.amount;',
    tests: unit('engine-reversal'),
  },
  {
    name: 'approval-outlives-payout',
    wrong: 'a payout is taken back and its approval stays posted',
    file: engine('store/reversals'),
    find: 'return [...transfersOfApproval(sql, row.approval), ...transfersFor(',
    replace: 'return [...transfersFor(',
    tests: unit('engine-reversal'),
  },
  {
    name: 'same-id-another-sale',
    wrong: 'a command with the id of another is answered as if it were that one',
    file: engine('execute'),
    find: ' && known.fingerprint.equals(fingerprint)',
    replace: '',
    tests: unit('engine-idempotency'),
  },
  {
    name: 'approval-of-top-level-only',
    wrong: 'a supervisor says yes to a sale, and its lines may be others afterwards',
    file: engine('auth/figures'),
    find: 'JSON.stringify(inOrder(hidden))',
    replace: 'JSON.stringify(inOrder(hidden), Object.keys(Object(hidden)).sort())',
    tests: unit('auth-approvals'),
  },
  {
    name: 'digest-of-few-columns',
    wrong: 'the digest of a row leaves out its later columns',
    file: engine('history'),
    find: 'length === values.length ? values : values.slice(0, length)',
    replace: 'values.slice(0, Math.min(length, 4))',
    tests: ['tests/migrations/books-v20.test.ts'],
  },
];

/** What is put on paper, and who may see it. */
const papers: readonly Mutant[] = [
  {
    name: 'report-without-yes',
    wrong: 'a cashier prints the expected cash before counting it blind',
    file: engine('handlers/shift'),
    find: "  needsSupervisor(ctx, 'shift-report');\n",
    replace: '',
    tests: unit('engine-label'),
  },
  {
    name: 'office-paper-for-all',
    wrong: 'a cashier prints closings and payouts once more without a supervisor',
    file: engine('store/documents'),
    find: 'OFFICE_PAPERS.has(kind)',
    replace: 'false',
    tests: unit('engine-paper'),
  },
  {
    name: 'slip-of-old-refund',
    wrong: 'a refund of before slips were printed wishes for one when it is replayed',
    file: engine('handlers/refund'),
    find: 'if (ctx.contract >= 2) ',
    replace: '',
    tests: ['tests/migrations/books-v40.test.ts'],
  },
  {
    name: 'slip-of-old-move',
    wrong: 'cash moved by hand before slips were printed wishes for one when it is replayed',
    file: engine('handlers/cash'),
    find: 'if (ctx.contract >= 2) ',
    replace: '',
    tests: ['tests/migrations/books-v40.test.ts'],
  },
  {
    name: 'code-of-closed-ticket',
    wrong: 'the slip of a ticket that was sold is printed again, to be paid twice',
    file: engine('store/documents'),
    find: "kind = 'qris' AND NOT EXISTS (SELECT 1 FROM ticket_end WHERE ticket_end.ticket = ticket.seq)",
    replace: "kind = 'qris'",
    tests: unit('engine-paper'),
  },
  {
    name: 'smallest-promotion',
    wrong: 'a till gives the smallest of the promotions that run for a product',
    file: engine('store/promotions'),
    find: 'promotion.rate_bps > other.rate_bps',
    replace: 'promotion.rate_bps < other.rate_bps',
    tests: unit('engine-quick-keys'),
  },
];

/** How it is put on paper. */
const layouts: readonly Mutant[] = [
  {
    name: 'code-without-white',
    wrong: 'a QR code stands too near to what is printed beside it',
    file: engine('printing/codes'),
    find: 'const QR_QUIET = 4;',
    replace: 'const QR_QUIET = 2;',
    tests: unit('printing-codes'),
  },
  {
    name: 'qris-too-fine',
    wrong: 'a QRIS code keeps its error correction and loses the dots a phone needs',
    file: engine('printing/codes'),
    find: 'lightSize > safeSize',
    replace: 'lightSize > 99',
    tests: unit('printing-codes'),
  },
  {
    name: 'slip-of-another-amount',
    wrong: 'a QRIS slip says another amount than its code asks for',
    file: domain('qris-slip'),
    find: 'code.amountRupiah === slip.amount',
    replace: 'true',
    tests: unit('domain-slips'),
  },
  {
    name: 'copy-opens-drawer',
    wrong: 'the copy of a receipt opens the drawer',
    file: engine('printing/material-of'),
    find: 'needsDrawer(sql, wish, wishSeq)',
    replace: 'needsDrawer(sql, wish, wish.document ?? wishSeq)',
    tests: unit('printing-papers'),
  },
  {
    name: 'name-of-today',
    wrong: 'a receipt printed again names goods as they are called now',
    file: engine('printing/product-then'),
    find: 'earlier.seq < ',
    replace: '0 < ',
    tests: unit('printing-papers'),
  },
  {
    name: 'amount-beside-its-label',
    wrong: 'an amount stands behind its label instead of at the right edge',
    file: domain('paper'),
    find: "(label[0] ?? '').padEnd(width - amount.length) + amount",
    replace: "(label[0] ?? '') + amount",
    tests: property('paper'),
  },
];

export const mutants: readonly Mutant[] = [
  ...sharing,
  ...tills,
  ...goods,
  ...settlements,
  ...books,
  ...papers,
  ...layouts,
];
