/**
 * Proves what a till makes of codes, quantities and discounts before any of it reaches the books: which texts are
 * labels, receipts and tickets, when goods ask for the day on their package, when more is sold than the book has, what
 * a typed discount comes to, and that a search shows nothing that its text does not name.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { asCode, holds, isCodeLike, isOneCode, paperOf } from '../../renderer/features/sell/codes.ts';
import {
  applyDiscount,
  discountKinds,
  needsYes,
  proposalOf,
  removeDiscount,
  standing,
} from '../../renderer/features/sell/discount-kinds.ts';
import { discountText, readDiscount } from '../../renderer/features/sell/discount-text.ts';
import { oversold, putDated, putLine, stepQty, wantsDay } from '../../renderer/features/sell/line-actions.ts';
import { searchWaitMs } from '../../renderer/features/sell/use-typing.ts';
import { basket, type GoodsLine, totalRupiah, type UnknownLine } from '../../renderer/stores/basket.ts';
import { tillDialog } from '../../renderer/stores/till-dialog.ts';
import { SCAN_GAP_MS } from '../../renderer/ui/scanner.ts';
import { isLabel } from '../../renderer/ui/use-scan-guard.ts';
import { eanCheckDigit } from '../../shared/domain/barcode.ts';
import { randomDiscount } from '../support/random-basket.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const LINE: GoodsLine = {
  product: 1,
  name: 'Kerupuk ikan 250 g',
  vendorCode: 'KRP',
  unit: 'pcs',
  priceRupiah: 20_000,
  qty: 1_000,
  onHandQty: 3_000,
};
const UNKNOWN: UnknownLine = {
  unknownCode: '899777',
  name: 'Kue',
  vendorCode: '',
  unit: 'pcs',
  priceRupiah: 5_000,
  qty: 1_000,
};

beforeEach(() => {
  basket.getState().clear();
  tillDialog.getState().close();
});

describe('codes', () => {
  test.each([
    ['K1-261122-0001', 'receipt'],
    ['KASIR.2-261122-12345', 'receipt'],
    ['T2611220042', 'ticket'],
    ['t2611220042', 'ticket'],
    ['8991234500017', undefined],
    ['K1-261122', undefined],
    ['T26', undefined],
    ['KRP-001', undefined],
  ])('%s may be a %s', (code, paper) => {
    expect(paperOf(code)).toBe(paper);
  });

  test.each([
    ['8991001', '8991001'],
    ['KRP/01-a.2', 'KRP/01-a.2'],
    [' -8991001', '8991001'],
    ['https://contoh.id/x?y=1', 'https//contoh.id/xy1'],
    ['——', ''],
    ['9'.repeat(60), '9'.repeat(40)],
  ])('of %s the contract takes %s', (text, code) => {
    expect(asCode(text)).toBe(code);
  });

  it('puts a torn scan together again, and keeps a scan apart from what a hand had typed', () => {
    for (const [before, end] of [
      ['899', '1002003007'],
      ['8', '8990010000005'.slice(1)],
      ['89900', '00000025'],
    ] as const)
      expect(isOneCode(before, end), before + end).toBe(true);
    for (const [before, end] of [
      ['ker', '8991234500017'],
      ['12', '96385074'],
      ['ker', 'KRP-001'],
    ] as const)
      expect(isOneCode(before, end), before + end).toBe(false);
  });

  it('tells a label from a word', () => {
    expect(['8991001', 'KRP-01', '123'].map(isCodeLike)).toEqual([true, true, true]);
    expect(['kerupuk', 'keripik 250 g', '12', ''].map(isCodeLike)).toEqual([false, false, false, false]);
  });

  it('keeps codes out of fields, and lets amounts and words in', { timeout: PROPERTY_TIMEOUT_MS }, () => {
    for (const text of ['100000', '12500000', '25rb', 'Bu Tini', 'Budi', '10%', '311228', 'B 1234 XY'])
      expect(isLabel(text), text).toBe(false);
    for (const text of ['K1-261122-0001', 'T2611220042', '123456789012'])
      expect(isLabel(text), text).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (number) => {
        const digits = String(number).padStart(12, '0');
        expect(isLabel(`${digits}${eanCheckDigit(digits)}`)).toBe(true);
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});

describe('a search', () => {
  const product = {
    name: 'Keripik Tempe 250 g',
    vendorName: 'Dapur Wulan',
    vendorCode: 'DW-02',
    barcodes: ['8993001', 'KT/250'],
  };

  test.each(['keripik', 'TEMPE ker', '250 wulan', 'dw-02', '93001', 'kt/', '  tempe   dapur '.trim()])(
    'for %s names it',
    (text) => {
      expect(holds(product, text)).toBe(true);
    },
  );

  test.each(['keripikk', 'tempe rini', 'g 8993001KT', '9300\n'.concat('x')])('for %s does not', (text) => {
    expect(holds(product, text)).toBe(false);
  });
});

describe('a text in the search field', () => {
  test.each([
    ['k', 1],
    ['keripik b', 1],
    ['ke', 2],
    ['250 g', 1],
  ])('%s is searched for at once', (text, burst) => {
    expect(searchWaitMs(text, burst)).toBe(0);
  });

  it('waits a frame when it may be the beginning of a scan, and a pause when it comes as fast as one', () => {
    expect(searchWaitMs('8', 1)).toBe(16);
    expect(searchWaitMs('keripik 2', 2)).toBe(16);
    for (const text of ['899', 'KRP', 'ke8993001'])
      expect(searchWaitMs(text, 3)).toBeGreaterThan(SCAN_GAP_MS);
  });
});

describe('goods of which only expired pieces are left', () => {
  const expired: GoodsLine = { ...LINE, expiredQty: 5_000, onHandQty: 2_000 };
  const dialog = () => tillDialog.getState().dialog;

  it('are sold while unexpired ones are on the book, then asked about', () => {
    for (let piece = 1; piece <= 2; piece += 1) expect(putLine(expired, false)).toBe(true);
    expect(dialog()).toBeNull();
    expect(putLine(expired, false)).toBe(true);
    expect(dialog()).toEqual({ name: 'expired', line: expired });
    expect(basket.getState().lines).toMatchObject([{ qty: 2_000 }]);
  });

  it('are asked about at + as well, but not at −', () => {
    putLine({ ...expired, qty: 2_000 }, false);
    stepQty(0, -1_000);
    stepQty(0, 1_000);
    expect(dialog()).toBeNull();
    stepQty(0, 1_000);
    expect(dialog()).toMatchObject({ name: 'expired', line: { qty: 1_000 } });
    expect(basket.getState().lines).toMatchObject([{ qty: 2_000 }]);
  });

  it('carry the day on their package, and are then asked about no more', () => {
    putLine({ ...expired, qty: 2_000 }, false);
    putDated(expired, '2027-12-31');
    putDated(expired, '2027-12-31');
    expect(basket.getState().lines).toMatchObject([
      { qty: 2_000 },
      { qty: 2_000, printedExpiry: '2027-12-31' },
    ]);
    expect(wantsDay(basket.getState().lines, { ...expired, printedExpiry: '2027-12-31' }, 1_000)).toBe(false);
  });

  it('are sold as others when only the label was wrong: the books take no day they do not need', () => {
    const labelled = { ...expired, batch: 9 };
    expect(putLine(labelled, true)).toBe(true);
    expect(dialog()).toEqual({ name: 'expired', line: labelled });
    putDated(labelled, '2027-12-31');
    expect(basket.getState().lines).toEqual([expired]);
  });

  it('are not asked about where nothing has expired, however much is sold', () => {
    expect(wantsDay([], { ...LINE, onHandQty: 0 }, 9_000)).toBe(false);
    expect(wantsDay([], { ...expired, onHandQty: -4_000 }, 1)).toBe(true);
  });
});

it('more than the book has is said of the product, over all its lines, and of no other', () => {
  const lines = [
    LINE,
    { ...LINE, qty: 2_000, batch: 4 },
    { ...LINE, product: 2, qty: 9_000, onHandQty: -1_000 },
    UNKNOWN,
  ];
  expect(oversold(lines)).toEqual(new Map([[2, 0]]));
  expect(oversold([...lines, { ...LINE, qty: 1, printedExpiry: '2027-01-01' }])).toEqual(
    new Map([
      [1, 3_000],
      [2, 0],
    ]),
  );
});

describe('a typed discount', () => {
  test.each([
    ['10%', { bps: 1_000 }],
    ['7,5 %', { bps: 750 }],
    ['100%', { bps: 10_000 }],
    ['5000', { rupiah: 5_000 }],
    ['5.000', { rupiah: 5_000 }],
    ['5rb', { rupiah: 5_000 }],
    ['10', { rupiah: 10 }],
  ])('%s is read', (typed, discount) => {
    expect(readDiscount(typed)).toEqual(discount);
  });

  test.each(['', '0', '0%', '101%', '-5000', '%', 'sepuluh', '5,5', '1e3'])('%s is none', (typed) => {
    expect(readDiscount(typed)).toBeUndefined();
  });

  it('is read back from its own text', { timeout: PROPERTY_TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(randomDiscount, (discount) => {
        expect(readDiscount(discountText(discount))).toEqual(discount);
      }),
      seeded(),
    );
  });

  it('says before it is given what it comes to, and gives exactly that', () => {
    basket.getState().fill({ lines: [{ ...LINE, qty: 2_000 }, UNKNOWN] });
    basket.getState().select(0);
    const total = () => totalRupiah(basket.getState());
    for (const [kind, typed, before, after] of [
      ['line', '10%', 40_000, 36_000],
      ['line', '5rb', 40_000, 35_000],
      ['sale', '10%', 40_000, 36_500],
      ['price', '15000', 40_000, 30_000],
    ] as const) {
      const proposal = proposalOf(basket.getState(), kind, typed);
      expect(proposal).toMatchObject({ ok: true, afterRupiah: after });
      applyDiscount(kind, typed);
      if (proposal.ok) expect(total()).toBe(totalRupiah(proposal.content));
      expect(standing(basket.getState(), kind)).toBe(discountText(readDiscount(typed) ?? { rupiah: 0 }));
      if (kind !== 'sale') expect(proposal.beforeRupiah).toBe(before);
      if (kind === 'sale') removeDiscount('sale');
    }
    removeDiscount('line');
    removeDiscount('price');
    expect(total()).toBe(45_000);
    expect(standing(basket.getState(), 'price')).toBe('');
  });

  it('is at most what it is taken from', () => {
    basket.getState().fill({ lines: [LINE, { ...LINE, product: 2, discountable: false }, UNKNOWN] });
    basket.getState().select(0);
    const content = basket.getState();
    expect(proposalOf(content, 'line', '20001')).toMatchObject({ why: 'too-large', mostRupiah: 20_000 });
    expect(proposalOf(content, 'line', '20000')).toMatchObject({ ok: true, afterRupiah: 0 });
    expect(proposalOf(content, 'sale', '20001')).toMatchObject({ why: 'too-large', mostRupiah: 20_000 });
    expect(proposalOf(content, 'sale', '50%')).toMatchObject({ ok: true, afterRupiah: 35_000 });
    expect(proposalOf(content, 'price', '0')).toMatchObject({ ok: false, why: 'unreadable' });
    expect(proposalOf(content, 'price', ' ')).toMatchObject({ ok: false, why: 'empty' });
  });

  it('is offered where the contract takes one', () => {
    const kinds = (lines: (GoodsLine | UnknownLine)[], selected = 0) =>
      discountKinds({ lines, selected, discount: null });
    expect(kinds([LINE])).toEqual(['line', 'sale', 'price']);
    expect(kinds([UNKNOWN])).toEqual(['price']);
    expect(kinds([LINE, UNKNOWN], 1)).toEqual(['sale', 'price']);
    expect(kinds([{ ...LINE, discountable: false }])).toEqual(['line', 'price']);
    expect(kinds([], -1)).toEqual([]);
  });

  it('says when a supervisor will be asked', () => {
    const lines = [{ ...LINE, discount: { rupiah: 2_000 } }, UNKNOWN];
    expect(needsYes({ lines, discount: null }, 800)).toBe(false);
    expect(needsYes({ lines, discount: null }, 799)).toBe(true);
    expect(needsYes({ lines, discount: { rupiah: 1 } }, 800)).toBe(true);
    expect(needsYes({ lines: [{ ...LINE, price: 'override' }], discount: null }, 10_000)).toBe(true);
  });
});
