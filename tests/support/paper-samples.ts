/**
 * Any paper of the center: documents that add up, with texts of any script and amounts of any size, and beside each
 * what must be found on its paper. Written from the rules of the papers, not from the code that lays them out.
 */
import fc from 'fast-check';
import type { PaperKind } from '../../shared/contract/printing.ts';
import { eanCheckDigit } from '../../shared/domain/barcode.ts';
import { businessDay } from '../../shared/domain/calendar.ts';
import { type CashSlip, cashSlipLines } from '../../shared/domain/cash-slip.ts';
import { type Label, labelLines } from '../../shared/domain/label.ts';
import { formatNumber, formatRupiah, MAX_RUPIAH, type Rupiah, rupiah } from '../../shared/domain/money.ts';
import type { PaperItem } from '../../shared/domain/paper.ts';
import { payoutSlipLines } from '../../shared/domain/payout-slip.ts';
import { crc16, MAX_QRIS_LENGTH, MAX_QRIS_RUPIAH, writeTags } from '../../shared/domain/qris.ts';
import { qrisSlipLines } from '../../shared/domain/qris-slip.ts';
import { qty } from '../../shared/domain/quantity.ts';
import { type PaperDocument, receiptLines } from '../../shared/domain/receipt.ts';
import { refundSlipLines } from '../../shared/domain/refund-slip.ts';
import { CASH_MOVES, type ShiftFigures } from '../../shared/domain/shift-figures.ts';
import { shiftReportLines, shiftSlipLines } from '../../shared/domain/shift-slip.ts';
import { statementOf } from '../../shared/domain/statement.ts';
import { ticketSlipLines } from '../../shared/domain/ticket-slip.ts';
import type { SeenCode } from './paper-codes.ts';

/** A document and what its paper has to show, whatever the width. */
export interface PaperSample {
  readonly lay: (columns: number) => PaperItem[];
  /** Each stands whole at the right end of a line of its own. */
  readonly right: readonly string[];
  /** Each is a centred line of its own. */
  readonly large: readonly string[];
  /** Nothing of their plain letters is lost, however they wrap. */
  readonly texts: readonly string[];
  readonly codes: readonly SeenCode[];
}

/** A merchant's template of `size` characters, 8 to 103, tag and length included. */
function template(tag: string, size: number): { tag: string; value: string } {
  return { tag, value: writeTags([{ tag: '00', value: 'x'.repeat(size - 8) }]) };
}

/** Templates of together `size` characters: none, or at least 8. */
function templates(size: number): { tag: string; value: string }[] {
  const made: { tag: string; value: string }[] = [];
  for (let left = size; left > 0; ) {
    const most = Math.min(103, left);
    // What is left must be nothing, or enough for one more.
    const next = left - most > 0 && left - most < 8 ? most - 8 : most;
    made.push(template(String(27 + made.length), next));
    left -= next;
  }
  return made;
}

/**
 * A QRIS code of `length` characters, 250 to 512, which is the longest there is; small letters in it, so that a QR
 * code needs a byte for each. Static, unless an amount is given.
 */
export function longestQris({
  length = MAX_QRIS_LENGTH,
  amountRupiah,
}: {
  length?: number;
  amountRupiah?: number | undefined;
} = {}): string {
  const head = [
    { tag: '00', value: '01' },
    { tag: '01', value: amountRupiah === undefined ? '11' : '12' },
    { tag: '26', value: writeTags([{ tag: '00', value: 'id.co.contoh.www' }]) },
  ];
  const tail = [
    { tag: '51', value: writeTags([{ tag: '02', value: 'ID1020000000012' }]) },
    { tag: '52', value: '5947' },
    { tag: '53', value: '360' },
    ...(amountRupiah === undefined ? [] : [{ tag: '54', value: String(amountRupiah) }]),
    { tag: '58', value: 'ID' },
    { tag: '59', value: 'Pusat Oleh-oleh Contoh' },
    { tag: '60', value: 'Probolinggo' },
    { tag: '62', value: writeTags([{ tag: '07', value: 'A01' }]) },
  ];
  const bare = writeTags([...head, ...tail]).length + '6304ABCD'.length;
  const unsigned = `${writeTags([...head, ...templates(length - bare), ...tail])}6304`;
  return unsigned + crc16(unsigned).toString(16).toUpperCase().padStart(4, '0');
}

const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
  fc.constantFrom(
    'Kerupuk',
    'M'.repeat(80),
    '\u0e01\u0e02 '.repeat(26),
    'Dodol \u201cBu Ani\u201d \u2013 250 g',
  ),
);
const optionalText = fc.option(anyText, { nil: null });

/** Amounts from nothing to the largest that `parts` of them may sum up to. */
const amounts = (parts: number) =>
  fc.oneof(
    fc.nat(200_000),
    fc.nat(Math.floor(MAX_RUPIAH / parts)),
    fc.constant(Math.floor(MAX_RUPIAH / parts)),
  );
const largest = fc.oneof(
  fc.integer({ min: 1, max: 500_000 }),
  fc.integer({ min: 1, max: MAX_RUPIAH }),
  fc.constant(MAX_RUPIAH),
);
const quantity = fc.integer({ min: 1, max: 9_999_999_000 }).map(qty);
const unit = fc.constantFrom('pcs', 'kg', 'bungkus isi dua belas');
const tenderKind = fc.constantFrom('qris', 'debit', 'transfer');

const head: fc.Arbitrary<PaperDocument> = fc.record({
  center: fc.record({ name: anyText, address: optionalText, phone: optionalText, operator: optionalText }),
  number: fc.stringMatching(/^[A-Z0-9][A-Za-z0-9./-]{0,19}-\d{6}-\d{4,9}$/),
  atMs: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 0, 1) }),
  offsetMinutes: fc.constantFrom(420, 480, 540),
  reprint: fc.boolean(),
  language: fc.constantFrom('id', 'en'),
});

const headTexts = ({ center, number }: PaperDocument) => [
  center.name,
  center.address ?? '',
  center.phone ?? '',
  center.operator ?? '',
  number,
];
const plus = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0);
const none = { right: [], large: [], texts: [], codes: [] } as const;

const receipt = fc
  .record({
    head,
    cashier: anyText,
    footer: optionalText,
    lines: fc.array(
      fc.record({
        name: anyText,
        quantity,
        unit,
        price: largest.map(rupiah),
        gross: amounts(5),
        kept: fc.nat(100),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    saleKept: fc.nat(100),
    nonCash: fc.option(fc.record({ kind: tenderKind, share: fc.nat(100), reference: optionalText }), {
      nil: null,
    }),
    rounding: fc.integer({ min: -999, max: 999 }),
    over: fc.nat(100_000),
  })
  .map(({ head, cashier, footer, lines: raw, saleKept, nonCash, rounding: rounded, over }): PaperSample => {
    const lines = raw.map(({ kept, gross, ...line }) => {
      return { ...line, gross: rupiah(gross), discount: rupiah(gross - Math.floor((gross * kept) / 100)) };
    });
    const ofLines = plus(lines.map(({ gross, discount }) => gross - discount));
    const total = Math.floor((ofLines * saleKept) / 100);
    const other = nonCash ? Math.floor((total * nonCash.share) / 100) : 0;
    const rounding = total - other > 1_000 && total < MAX_RUPIAH - 200_000 ? rounded : 0;
    const change = total < MAX_RUPIAH - 200_000 ? over : 0;
    const cash = total - other + rounding + change;
    const tenders = [
      ...(nonCash ? [{ kind: nonCash.kind, amount: rupiah(other), reference: nonCash.reference }] : []),
      { kind: 'cash' as const, amount: rupiah(cash) },
    ];
    const saleDiscount = ofLines - total;
    const document = {
      ...{ ...head, cashier, footer, lines, tenders },
      saleDiscount: rupiah(saleDiscount),
      total: rupiah(total),
      rounding: rupiah(rounding),
      change: rupiah(change),
    };
    return {
      ...none,
      lay: (columns) => receiptLines(document, columns),
      right: [
        ...lines.map(({ gross }) => formatNumber(gross)),
        ...lines.filter(({ discount }) => discount > 0).map(({ discount }) => `-${formatNumber(discount)}`),
        ...(saleDiscount > 0 ? [formatNumber(ofLines), `-${formatNumber(saleDiscount)}`] : []),
        formatRupiah(document.total),
        ...(rounding === 0 ? [] : [formatNumber(rounding)]),
        ...tenders.map(({ amount }) => formatNumber(amount)),
        formatNumber(change),
      ],
      texts: [
        ...headTexts(head),
        cashier,
        footer ?? '',
        ...lines.map(({ name }) => name),
        nonCash?.reference ?? '',
      ],
      codes: [{ format: 'qr', text: head.number }],
    };
  });

const refund = fc
  .record({
    head,
    cashier: anyText,
    receiptNumber: fc.stringMatching(/^[A-Z0-9]{1,40}$/),
    isVoid: fc.boolean(),
    memo: optionalText,
    lines: fc.array(fc.record({ name: anyText, quantity, unit, net: amounts(5).map(rupiah) }), {
      minLength: 1,
      maxLength: 5,
    }),
    owed: fc.array(fc.record({ kind: tenderKind, share: fc.nat(33) }), { maxLength: 3 }),
    rounding: fc.integer({ min: -999, max: 999 }),
  })
  .map(({ head, lines, owed: shares, rounding: rounded, ...rest }): PaperSample => {
    const total = plus(lines.map(({ net }) => net));
    const owed = shares.map(({ kind, share }) => ({
      kind,
      amount: rupiah(Math.floor((total * share) / 100)),
    }));
    const cashPart = total - plus(owed.map(({ amount }) => amount));
    const rounding = cashPart > 1_000 && cashPart < MAX_RUPIAH - 1_000 ? rounded : 0;
    const cashPaid = rupiah(cashPart - rounding);
    const document = {
      ...head,
      ...rest,
      lines,
      owed,
      rounding: rupiah(rounding),
      cashPaid,
      total: rupiah(total),
    };
    return {
      ...none,
      lay: (columns) => refundSlipLines(document, columns),
      right: [
        ...lines.map(({ net }) => formatNumber(net)),
        formatRupiah(document.total),
        ...(rounding === 0 ? [] : [formatNumber(-rounding)]),
        ...(cashPaid === 0 && owed.length > 0 ? [] : [formatRupiah(cashPaid)]),
        ...owed.map(({ amount }) => formatRupiah(amount)),
      ],
      texts: [...headTexts(head), rest.receiptNumber, rest.memo ?? '', ...lines.map(({ name }) => name)],
    };
  });

const cash = fc
  .record({
    head,
    cashier: anyText,
    drawerCode: fc.stringMatching(/^[A-Z0-9]{1,40}$/),
    direction: fc.constantFrom<CashSlip['direction'][]>('in', 'out', 'drop'),
    kind: fc.constantFrom<CashSlip['kind'][]>('other-income', 'bank', 'opening', 'expense', 'safe'),
    category: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,29}$/), { nil: null }),
    amount: largest.map(rupiah),
    memo: fc.oneof(fc.constant(''), anyText),
  })
  .map(
    ({ head, ...rest }): PaperSample => ({
      ...none,
      lay: (columns) => cashSlipLines({ ...head, ...rest }, columns),
      large: [formatRupiah(rest.amount)],
      texts: [...headTexts(head), rest.cashier, rest.memo, rest.drawerCode, rest.category ?? ''],
    }),
  );

const qris = fc
  .record({
    head,
    cashier: anyText,
    amount: fc.integer({ min: 1, max: MAX_QRIS_RUPIAH }),
    length: fc.oneof(fc.integer({ min: 250, max: MAX_QRIS_LENGTH }), fc.constant(MAX_QRIS_LENGTH)),
  })
  .map(({ head, cashier, amount: amountRupiah, length }): PaperSample => {
    const payload = longestQris({ length, amountRupiah });
    const amount = rupiah(amountRupiah);
    return {
      ...none,
      lay: (columns) => qrisSlipLines({ ...head, cashier, amount, payload }, columns),
      large: [formatRupiah(amount)],
      texts: [...headTexts(head), cashier, 'Pusat Oleh-oleh Contoh'],
      codes: [{ format: 'qr', text: payload }],
    };
  });

const ticket = fc
  .record({
    head,
    code: fc.stringMatching(/^T\d{10,14}$/),
    cashier: anyText,
    name: optionalText,
    lines: fc.array(
      fc.record({ name: anyText, quantity, unit, price: largest.map(rupiah), gross: amounts(5).map(rupiah) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    kept: fc.nat(100),
  })
  .map(({ head, code, kept, ...rest }): PaperSample => {
    const ofLines = plus(rest.lines.map(({ gross }) => gross));
    const total = rupiah(Math.floor((ofLines * kept) / 100));
    return {
      ...none,
      lay: (columns) => ticketSlipLines({ ...head, ...rest, number: code, total }, columns),
      right: [
        ...rest.lines.map(({ gross }) => formatNumber(gross)),
        ...(ofLines === total ? [] : [formatNumber(total - ofLines)]),
        formatRupiah(total),
      ],
      large: [code],
      texts: [
        ...headTexts({ ...head, number: code }),
        rest.name ?? '',
        ...rest.lines.map(({ name }) => name),
      ],
      codes: [{ format: 'qr', text: code }],
    };
  });

const figures: fc.Arbitrary<ShiftFigures> = fc
  .record({
    float: amounts(20),
    sales: fc.integer({ min: 1, max: 9_999 }),
    rounding: fc.integer({ min: -9_999, max: 9_999 }),
    tenders: fc.array(fc.record({ kind: tenderKind, amount: amounts(20).map(rupiah) }), { maxLength: 3 }),
    refunds: fc.nat(99),
    refundsTotal: amounts(20).map(rupiah),
    moves: fc.tuple(...CASH_MOVES.map(() => fc.oneof(fc.constant(0), amounts(20)))),
    outward: fc.tuple(...CASH_MOVES.map(() => fc.boolean())),
  })
  .map(({ float, moves, outward, tenders, rounding, ...rest }) => {
    const signed = moves.map((amount, index) => (index > 0 && outward[index] ? -amount : amount));
    const cashOf = Object.fromEntries(CASH_MOVES.map((move, index) => [move, rupiah(signed[index] ?? 0)]));
    const taken = plus([signed[0] ?? 0, ...tenders.map(({ amount }) => amount)]);
    return {
      ...{ ...rest, tenders, float: rupiah(float), rounding: rupiah(rounding) },
      salesTotal: rupiah(taken - rounding),
      cash: cashOf as ShiftFigures['cash'],
      expected: rupiah(float + plus(signed)),
    };
  });

const figuresRight = (of: ShiftFigures): string[] => [
  ...[of.salesTotal, of.cash.sales, ...of.tenders.map(({ amount }) => amount)].map(formatRupiah),
  ...[of.rounding, ...CASH_MOVES.map((move) => of.cash[move])]
    .filter((amount) => amount !== 0)
    .map(formatRupiah),
  ...(of.refunds === 0 ? [] : [formatRupiah(of.refundsTotal)]),
  formatRupiah(of.float),
  formatRupiah(of.expected),
];

const shiftHead = fc.record({
  cashier: anyText,
  drawerCode: fc.stringMatching(/^[A-Z0-9]{1,40}$/),
  openedAtMs: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 0, 1) }),
});

const report = fc.record({ head, shiftHead, figures, askedBy: anyText, approvedBy: optionalText }).map(
  ({ head, shiftHead: of, figures, askedBy, approvedBy }): PaperSample => ({
    ...none,
    lay: (columns) => shiftReportLines({ ...head, ...of, ...figures, askedBy, approvedBy }, columns),
    right: figuresRight(figures),
    texts: [...headTexts(head), of.cashier, of.drawerCode, askedBy, approvedBy ?? ''],
  }),
);

const closing = fc
  .record({
    head,
    shiftHead,
    figures,
    notes: fc.uniqueArray(
      fc.record({
        value: fc.constantFrom(100_000, 50_000, 500, 50),
        pieces: fc.integer({ min: 1, max: 100_000 }),
      }),
      {
        selector: ({ value }) => value,
      },
    ),
    counted: largest,
  })
  .map(({ head, shiftHead: of, figures, notes, counted: told }): PaperSample => {
    const denominations = notes.map(({ value, pieces }) => ({ value: rupiah(value), pieces }));
    const most = Math.min(MAX_RUPIAH, MAX_RUPIAH + figures.expected);
    const counted =
      notes.length > 0 ? plus(notes.map(({ value, pieces }) => value * pieces)) : Math.min(told, most);
    const difference = rupiah(counted - figures.expected);
    const document = { ...head, ...of, ...figures, denominations, counted: rupiah(counted), difference };
    return {
      ...none,
      lay: (columns) => shiftSlipLines(document, columns),
      right: [
        ...figuresRight(figures),
        ...notes.map(({ value, pieces }) => formatNumber(value * pieces)),
        formatRupiah(document.counted),
        formatRupiah(difference),
      ],
      texts: [...headTexts(head), of.cashier, of.drawerCode],
    };
  });

const payout = fc
  .record({
    head,
    vendorCode: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
    vendorName: anyText,
    paidBy: anyText,
    opening: amounts(4),
    shares: amounts(4),
    reversals: amounts(4),
    paidShare: fc.integer({ min: 1, max: 100 }),
    stampDuty: fc.constantFrom(0, 10_000).map(rupiah),
  })
  .map(({ head, opening, shares, reversals, paidShare, ...rest }): PaperSample => {
    const statement = statementOf(rupiah(opening), [
      { section: 'shares', amount: rupiah(shares), seq: 1 },
      { section: 'reversals', amount: rupiah(-reversals), seq: 2 },
    ]);
    const paid = rupiah(Math.max(1, Math.floor((Math.max(0, statement.closing) * paidShare) / 100)));
    const carried = statement.closing - paid;
    const document = { ...head, ...rest, statement, paid, cutoffDay: businessDay('2026-11-21') };
    return {
      ...none,
      lay: (columns) => payoutSlipLines(document, columns),
      right: [
        ...[statement.opening, rupiah(shares), statement.closing, paid].map((amount: Rupiah) =>
          formatRupiah(amount),
        ),
        ...[rupiah(-reversals), rupiah(carried)].filter((amount) => amount !== 0).map(formatRupiah),
      ],
      texts: [...headTexts(head), rest.vendorName],
    };
  });

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const ean = (count: 12 | 7) => digits(count).map((text) => `${text}${eanCheckDigit(text)}`);
const barcode = fc.oneof(
  ean(12).map((text) => ({ format: 'ean13' as const, text })),
  ean(7).map((text) => ({ format: 'ean8' as const, text })),
  fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/)
    .filter((text) => !/^(\d{13}|\d{8})$/.test(text))
    .map((text) => ({ format: 'code128' as const, text })),
);

const label = fc
  .record({
    name: anyText,
    vendorCode: fc.stringMatching(/^[A-Z0-9]{1,40}$/),
    price: largest.map(rupiah),
    unit,
    barcode,
    expires: fc.option(fc.constant(businessDay('2027-02-28')), { nil: null }),
    copies: fc.integer({ min: 1, max: 3 }),
    language: fc.constantFrom<Label['language'][]>('id', 'en'),
  })
  .map(({ barcode: code, ...rest }): PaperSample => {
    const price = formatRupiah(rest.price) + (rest.unit === 'pcs' ? '' : `/${rest.unit}`);
    const each = <Value>(value: Value): Value[] => Array.from({ length: rest.copies }, () => value);
    return {
      ...none,
      lay: (columns) => labelLines({ ...rest, barcode: code.text }, columns),
      right: rest.expires === null ? [] : each('Exp. 28-02-2027'),
      // A long unit may stand on a line of its own below the price.
      large: rest.unit === 'pcs' ? each(price) : [],
      texts: [rest.vendorCode, price],
      codes: each(code),
    };
  });

/** Every paper there is. */
export const paperSamples: Readonly<Record<PaperKind, fc.Arbitrary<PaperSample>>> = {
  receipt,
  'refund-slip': refund,
  'cash-slip': cash,
  'qris-slip': qris,
  'ticket-slip': ticket,
  'shift-report': report,
  'shift-slip': closing,
  'payout-slip': payout,
  label,
};
