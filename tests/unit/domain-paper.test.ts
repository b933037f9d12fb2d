/**
 * Proves what stands on paper: whole receipts, payout slips and test pages are written out here as a person would see
 * them at 32 columns and compared line by line; every other width is checked for lines that run over and for cut amounts.
 */
import { describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/domain/calendar.ts';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import {
  isCode,
  leftRight,
  MIN_COLUMNS,
  PAPER_COLUMNS,
  type PaperItem,
  paddedText,
  transliterate,
  wrapText,
} from '../../shared/domain/paper.ts';
import { type PayoutSlip, payoutSlipLines } from '../../shared/domain/payout-slip.ts';
import { qty } from '../../shared/domain/quantity.ts';
import { type ReceiptDocument, receiptLines } from '../../shared/domain/receipt.ts';
import { statementOf } from '../../shared/domain/statement.ts';
import { testPageLines } from '../../shared/domain/test-page.ts';

const ALL_WIDTHS = [MIN_COLUMNS, 27, ...PAPER_COLUMNS, 64];

/** As a person sees it; a code is named in brackets. */
const onPaper = (items: readonly PaperItem[], columns: number): string[] => {
  return items.map((item) => {
    return isCode(item) ? `[${item.code} ${item.text}]` : paddedText(item, columns).trimEnd();
  });
};

describe('text on paper', () => {
  test.each([
    ['a \u2013 b \u2014 c', 'a - b - c'],
    ['\u2018a\u2019 \u201cb\u201d', '\'a\' "b"'],
    ['tunggu\u2026', 'tunggu...'],
    ['\u2022 2 \u00d7 3', '* 2 x 3'],
    ['Rp\u00a05.000', 'Rp 5.000'],
    ['caf\u00e9 \u00c0 \u00f1', 'cafe A n'],
    ['cafe\u0301', 'cafe'],
    ['\u00bd kg, \ufb01n, \uff21', '1/2 kg, fin, A'],
    ['stra\u00dfe \u0142', 'strasse l'],
    ['\u6f22\u5b57', '??'],
    ['\u{1f600}', '?'],
    ['\u2764\ufe0f', '?'],
    ['a\u200bb\u00adc', 'abc'],
    ['a\u001b@b\nc\td\u0085e', 'a @b c d e'],
  ])('%j becomes %j', (text, plain) => {
    expect(transliterate(text)).toBe(plain);
  });

  test('wraps by words, breaks only a word longer than the line', () => {
    expect(wrapText('Keripik  tempe rasa daun jeruk', 12)).toEqual(['Keripik', 'tempe rasa', 'daun jeruk']);
    expect(wrapText('ab abcdefghij', 4)).toEqual(['ab', 'abcd', 'efgh', 'ij']);
    expect(wrapText('   ', 4)).toEqual([]);
  });

  test('an amount stands whole at the right end of the last line', () => {
    expect(leftRight('Total', 'Rp5', 12)).toEqual(['Total    Rp5']);
    expect(leftRight('Sisa terbawa ke depan', 'Rp5.000', 20)).toEqual([
      'Sisa terbawa        ',
      'ke depan     Rp5.000',
    ]);
    expect(leftRight('Sisa terbawa', 'Rp99.999.999.999', 20)).toEqual([
      'Sisa terbawa        ',
      '    Rp99.999.999.999',
    ]);
    expect(leftRight('', 'Rp5', 6)).toEqual(['   Rp5']);
    expect(() => leftRight('x', 'Rp99.999.999.999', 15)).toThrow(/wider than the paper/);
  });
});

const center = {
  name: 'Pusat Oleh-Oleh Contoh',
  address: 'Jl. Raya Tongas 1, Probolinggo',
  phone: '0335-123456',
};

const receipt: ReceiptDocument = {
  center,
  number: 'K1-000123',
  atMs: Date.parse('2026-11-21T12:05:00Z'),
  offsetMinutes: 420,
  cashier: 'Siti',
  lines: [
    {
      name: 'Keripik Tempe \u201cBu Ani\u201d rasa daun jeruk 250 g',
      quantity: qty(3000),
      unit: 'pcs',
      price: rupiah(18_000),
      gross: rupiah(54_000),
      discount: rupiah(0),
    },
    {
      name: 'Abon sapi',
      quantity: qty(755),
      unit: 'kg',
      price: rupiah(28_500),
      gross: rupiah(21_518),
      discount: rupiah(1518),
    },
  ],
  saleDiscount: rupiah(4669),
  total: rupiah(69_331),
  rounding: rupiah(-31),
  tenders: [
    { kind: 'qris', amount: rupiah(20_000), reference: '778812' },
    { kind: 'cash', amount: rupiah(50_000) },
  ],
  change: rupiah(700),
  footer: 'Terima kasih. Barang yang sudah dibeli tidak dapat ditukar.',
  reprint: false,
  language: 'id',
};

describe('a receipt', () => {
  test('at 32 columns', () => {
    expect(onPaper(receiptLines(receipt, 32), 32)).toEqual([
      '     Pusat Oleh-Oleh Contoh',
      ' Jl. Raya Tongas 1, Probolinggo',
      '       Telp. 0335-123456',
      '--------------------------------',
      'No. K1-000123',
      'Tanggal: 21-11-2026 19:05',
      'Kasir: Siti',
      '--------------------------------',
      'Keripik Tempe "Bu Ani" rasa daun',
      'jeruk 250 g',
      '3 x 18.000                54.000',
      'Abon sapi',
      '0,755 kg x 28.500         21.518',
      'Diskon                    -1.518',
      '--------------------------------',
      'Subtotal                  74.000',
      'Diskon transaksi          -4.669',
      'TOTAL                   Rp69.331',
      'Pembulatan                   -31',
      'QRIS                      20.000',
      'Ref. 778812',
      'Tunai                     50.000',
      'Kembalian                    700',
      '--------------------------------',
      'Terima kasih. Barang yang sudah',
      '  dibeli tidak dapat ditukar.',
      '[qr K1-000123]',
    ]);
  });

  test('is centered without padding, and the total stands out', () => {
    const lines = receiptLines(receipt, 32);
    expect(lines[0]).toEqual({ text: 'Pusat Oleh-Oleh Contoh', bold: true, tall: true, align: 'center' });
    const total = lines.find((line) => line.text.startsWith('TOTAL'));
    expect(total).toMatchObject({ bold: true, tall: true, align: 'left' });
  });

  test('says SALINAN only when it is one', () => {
    const text = (reprint: boolean) => onPaper(receiptLines({ ...receipt, reprint }, 32), 32).join('\n');
    expect(text(true)).toContain('*** SALINAN ***');
    expect(text(false)).not.toContain('SALINAN');
  });

  test('leaves out what is not there', () => {
    const exact: ReceiptDocument = {
      ...receipt,
      center: { name: 'Toko', address: null, phone: null },
      saleDiscount: rupiah(0),
      total: rupiah(74_000),
      rounding: rupiah(0),
      tenders: [{ kind: 'transfer', amount: rupiah(74_000), reference: null }],
      change: rupiah(0),
      footer: null,
      language: 'en',
    };
    const text = onPaper(receiptLines(exact, 32), 32).join('\n');
    for (const word of ['Rounding', 'Change', 'Subtotal', 'Ref.', 'Phone', 'Sale discount'])
      expect(text).not.toContain(word);
    expect(text).toContain('Cashier: Siti');
    expect(text.endsWith('Transfer                  74.000\n[qr K1-000123]')).toBe(true);
  });

  test('shows change of 0 when cash was taken', () => {
    const tenders = [{ kind: 'cash' as const, amount: rupiah(69_300) }];
    const lines = onPaper(receiptLines({ ...receipt, tenders, change: rupiah(0) }, 32), 32);
    expect(lines).toContain('Kembalian                      0');
  });

  test('shows what was rounded up as well as down', () => {
    const tenders = [{ kind: 'cash' as const, amount: rupiah(69_400) }];
    const up = { ...receipt, tenders, rounding: rupiah(69), change: rupiah(0) };
    expect(onPaper(receiptLines(up, 32), 32)).toContain('Pembulatan                    69');
  });

  test('whose figures do not add up does not leave the shop', () => {
    expect(() => receiptLines({ ...receipt, total: rupiah(69_332) }, 32)).toThrow(/do not add up/);
    expect(() => receiptLines({ ...receipt, change: rupiah(699) }, 32)).toThrow(/tenders less change/);
    expect(() => receiptLines({ ...receipt, rounding: rupiah(0) }, 32)).toThrow(/tenders less change/);
  });

  test.each([23, 97, 32.5, Number.NaN])('does not fit %d columns', (columns) => {
    expect(() => receiptLines(receipt, columns)).toThrow(/columns/);
  });

  test.each(ALL_WIDTHS)('at %d columns never runs over and shows every amount whole', (columns) => {
    const largest: ReceiptDocument = {
      ...receipt,
      center: { ...center, name: 'x'.repeat(60) },
      number: 'K'.repeat(40),
      lines: [
        {
          name: 'y'.repeat(80),
          quantity: qty(999_999),
          unit: 'sepuluhhrf',
          price: rupiah(MAX_RUPIAH),
          gross: rupiah(MAX_RUPIAH),
          discount: rupiah(0),
        },
      ],
      saleDiscount: rupiah(0),
      total: rupiah(MAX_RUPIAH),
      rounding: rupiah(-999),
      tenders: [{ kind: 'cash', amount: rupiah(MAX_RUPIAH), reference: 'z'.repeat(60) }],
      change: rupiah(999),
    };
    const lines = receiptLines(largest, columns).filter((item) => !isCode(item));
    for (const line of lines) expect(line.text).toMatch(new RegExp(`^[\\x20-\\x7e]{1,${columns}}$`));
    expect(lines.filter((line) => line.text.endsWith('99.999.999.999')).length).toBeGreaterThanOrEqual(3);
  });
});

const slip: PayoutSlip = {
  center,
  number: 'BYR-000007',
  atMs: Date.parse('2026-11-21T12:05:00Z'),
  offsetMinutes: 420,
  vendorCode: 'P001',
  vendorName: 'Keripik Bu Ani',
  paidBy: 'Budi',
  cutoffDay: businessDay('2026-11-20'),
  statement: statementOf(rupiah(0), [
    { section: 'shares', amount: rupiah(500_000), seq: 1 },
    { section: 'reversals', amount: rupiah(-13_997), seq: 2 },
  ]),
  paid: rupiah(486_000),
  stampDuty: rupiah(0),
  reprint: false,
  language: 'id',
};

describe('a payout slip', () => {
  test('at 32 columns', () => {
    expect(onPaper(payoutSlipLines(slip, 32), 32)).toEqual([
      '     Pusat Oleh-Oleh Contoh',
      ' Jl. Raya Tongas 1, Probolinggo',
      '       Telp. 0335-123456',
      '--------------------------------',
      '  KWITANSI PEMBAYARAN PENITIP',
      'No. BYR-000007',
      'Tanggal: 21-11-2026 19:05',
      'Penitip: P001 Keripik Bu Ani',
      'Sampai dengan 20-11-2026',
      '--------------------------------',
      'Saldo awal                   Rp0',
      'Hak penitip            Rp500.000',
      'Retur penjualan        -Rp13.997',
      'Saldo                  Rp486.003',
      'DIBAYAR                Rp486.000',
      'Sisa, terbawa ke periode',
      'berikut                      Rp3',
      '--------------------------------',
      'Terbilang: Empat ratus delapan',
      'puluh enam ribu rupiah',
      '',
      'Penitip          Pusat',
      '',
      '',
      '',
      '...............  ...............',
      'Keripik Bu Ani   Budi',
    ]);
  });

  test('has a stamp box where one is due, and no rest where all was paid', () => {
    const large: PayoutSlip = {
      ...slip,
      statement: statementOf(rupiah(0), [{ section: 'shares', amount: rupiah(6_000_000), seq: 1 }]),
      paid: rupiah(6_000_000),
      stampDuty: rupiah(10_000),
      reprint: true,
    };
    const lines = onPaper(payoutSlipLines(large, 32), 32);
    expect(lines).toContain('       |    METERAI     |');
    expect(lines).toContain('       |    Rp10.000    |');
    expect(lines).toContain('        *** SALINAN ***');
    expect(lines.join('\n')).not.toContain('Sisa');
  });

  test('needs a statement that adds up and money that was paid', () => {
    const statement = { ...slip.statement, closing: rupiah(486_004) };
    expect(() => payoutSlipLines({ ...slip, statement }, 32)).toThrow(/does not add up/);
    expect(() => payoutSlipLines({ ...slip, paid: rupiah(0) }, 32)).toThrow(/nothing was paid/);
  });

  test.each(ALL_WIDTHS)('at %d columns never runs over', (columns) => {
    const wide = {
      ...slip,
      vendorName: 'Usaha Dagang '.repeat(5),
      paidBy: 'p'.repeat(80),
      stampDuty: rupiah(10_000),
    };
    for (const language of ['id', 'en'] as const) {
      for (const line of payoutSlipLines({ ...wide, language }, columns)) {
        expect(line.text).toMatch(new RegExp(`^[\\x20-\\x7e]{0,${columns}}$`));
      }
    }
  });
});

test.each(ALL_WIDTHS)('a test page at %d columns has a ruler exactly as wide as the paper', (columns) => {
  const page = {
    centerName: 'Pusat Oleh-Oleh Contoh',
    printer: 'tcp 192.168.192.168:9100',
    profile: 'simple58',
    dots: 384,
    raster: true,
    atMs: 0,
    offsetMinutes: 420,
    language: 'id',
  } as const;
  const items = testPageLines(page, columns);
  const texts = items.filter((item) => !isCode(item)).map((item) => item.text);
  expect(items.filter(isCode).map(({ code }) => code)).toEqual(['qr', 'ean13']);
  expect(testPageLines({ ...page, raster: false }, columns).filter(isCode)).toEqual([]);
  expect(texts).toContain('1234567890'.repeat(10).slice(0, columns));
  expect(texts.join(' ')).toContain('Kue "Pia" - cafe ... 2 x 3');
  for (const text of texts) expect(text).toMatch(new RegExp(`^[\\x20-\\x7e]{0,${columns}}$`));
});
