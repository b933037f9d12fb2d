/**
 * Proves what stands on the till's slips: each is written out here as a person would see it at 32 columns and compared
 * line by line, and none leaves the shop whose figures do not add up. Every other width and any content:
 * tests/property/paper.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/domain/calendar.ts';
import { type CashSlip, cashSlipLines } from '../../shared/domain/cash-slip.ts';
import { type Label, labelLines } from '../../shared/domain/label.ts';
import { type Rupiah, rupiah } from '../../shared/domain/money.ts';
import { isCode, type PaperItem, paddedText } from '../../shared/domain/paper.ts';
import { type QrisSlip, qrisSlipLines } from '../../shared/domain/qris-slip.ts';
import { qty } from '../../shared/domain/quantity.ts';
import { type RefundSlip, refundSlipLines } from '../../shared/domain/refund-slip.ts';
import type { ShiftFigures } from '../../shared/domain/shift-figures.ts';
import { type ShiftSlip, shiftReportLines, shiftSlipLines } from '../../shared/domain/shift-slip.ts';
import { type TicketSlip, ticketSlipLines } from '../../shared/domain/ticket-slip.ts';

/** As a person sees it: a line of double size behind `#`, a code in brackets. */
function onPaper(items: readonly PaperItem[]): string[] {
  return items.map((item) => {
    if (isCode(item)) return `[${item.code} ${item.text.slice(0, 20)}]`;
    return (item.wide ? '#' : '') + paddedText(item, 32).trimEnd();
  });
}

const head = {
  center: { name: 'Pusat Oleh-Oleh Contoh', address: null, phone: null },
  number: 'RJ-261121-000042',
  atMs: Date.parse('2026-11-21T03:05:00Z'),
  offsetMinutes: 420,
  cashier: 'siti',
  reprint: false,
  language: 'id',
} as const;
const top = ['     Pusat Oleh-Oleh Contoh', '-'.repeat(32)];
const rule = '-'.repeat(32);

const refund: RefundSlip = {
  ...head,
  receiptNumber: 'K1-261121-0001',
  isVoid: false,
  lines: [{ name: 'Abon sapi', quantity: qty(250), unit: 'kg', net: rupiah(17_531) }],
  total: rupiah(17_531),
  rounding: rupiah(31),
  cashPaid: rupiah(10_000),
  owed: [{ kind: 'qris', amount: rupiah(7_500) }],
  memo: 'Kemasan bocor',
};

describe('a refund slip', () => {
  test('says of which receipt, what came back, and what is still owed', () => {
    expect(onPaper(refundSlipLines(refund, 32))).toEqual([
      ...top,
      '        RETUR PENJUALAN',
      'No. RJ-261121-000042',
      'Tanggal: 21-11-2026 10:05',
      'Nota asal: K1-261121-0001',
      'Kasir: siti',
      rule,
      'Abon sapi',
      '0,25 kg                   17.531',
      rule,
      'TOTAL RETUR             Rp17.531',
      'Pembulatan                   -31',
      'Dikembalikan tunai      Rp10.000',
      'Masih harus dibayar',
      '(QRIS)                   Rp7.500',
      'Catatan: Kemasan bocor',
      '',
      'Pembeli          Kasir',
      '',
      '',
      '',
      '...............  ...............',
      '                 siti',
    ]);
  });

  test('of a sale taken back at the till needs no signature', () => {
    const paid = { cashPaid: rupiah(17_500), owed: [], memo: null };
    const lines = onPaper(refundSlipLines({ ...refund, ...paid, isVoid: true }, 32));
    expect(lines).toContain('        PEMBATALAN NOTA');
    expect(lines.at(-1)).toBe('Dikembalikan tunai      Rp17.500');
  });

  test('whose figures do not add up does not leave the shop', () => {
    expect(() => refundSlipLines({ ...refund, total: rupiah(17_532) }, 32)).toThrow(/lines do not add up/);
    expect(() => refundSlipLines({ ...refund, rounding: rupiah(0) }, 32)).toThrow(/are not the total/);
    expect(() => refundSlipLines({ ...refund, owed: [] }, 32)).toThrow(/are not the total/);
  });
});

const cash: CashSlip = {
  ...head,
  number: 'KM-261121-000043',
  drawerCode: 'K1',
  direction: 'out',
  kind: 'expense',
  category: 'listrik',
  amount: rupiah(250_000),
  memo: 'Token PLN',
};

describe('a cash slip', () => {
  test('says how much, what for, and who gave it to whom', () => {
    expect(onPaper(cashSlipLines(cash, 32))).toEqual([
      ...top,
      '           KAS KELUAR',
      'No. KM-261121-000043',
      'Tanggal: 21-11-2026 10:05',
      'Kasir: siti',
      'Laci: K1',
      rule,
      '#   Rp250.000',
      'Terbilang: Dua ratus lima puluh',
      'ribu rupiah',
      'Untuk: Biaya (listrik)',
      'Catatan: Token PLN',
      '',
      'Kasir            Penerima',
      '',
      '',
      '',
      '...............  ...............',
      'siti',
    ]);
  });

  test('of money that comes in is signed by whoever brings it', () => {
    const lines = onPaper(
      cashSlipLines({ ...cash, direction: 'in', kind: 'bank', category: null, memo: '' }, 32),
    );
    expect(lines).toContain('           KAS MASUK');
    expect(lines).toContain('Dari: Bank');
    expect(lines).toContain('Penyetor         Kasir');
    expect(lines.join('\n')).not.toContain('Catatan');
  });

  test('of change money says that it came from the safe, in either language', () => {
    const change = { ...cash, direction: 'in' as const, kind: 'safe' as const, category: null };
    expect(onPaper(cashSlipLines(change, 32))).toContain('Dari: Brankas');
    const english = onPaper(cashSlipLines({ ...change, language: 'en' }, 32));
    expect(english).toContain('            CASH IN');
    expect(english).toContain('From: Safe');
  });

  test('of nothing is none', () => {
    expect(() => cashSlipLines({ ...cash, amount: rupiah(0) }, 32)).toThrow(/nothing was moved/);
  });
});

const PAYLOAD =
  '00020101021226620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI520459475303360540712345005802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262240113TRX26102300010703A0163042E3F';
const qris: QrisSlip = { ...head, number: 'TRX2610230001', amount: rupiah(1_234_500), payload: PAYLOAD };

describe('a QRIS slip', () => {
  test('says how much, to whom, and that it proves nothing', () => {
    expect(onPaper(qrisSlipLines(qris, 32))).toEqual([
      ...top,
      '       BAYAR DENGAN QRIS',
      'No. tagihan TRX2610230001',
      'Tanggal: 21-11-2026 10:05',
      'Kasir: siti',
      'Kepada: PUSAT OLEH-OLEH CONTOH',
      rule,
      '#  Rp1.234.500',
      '[qr 00020101021226620016]',
      '       BUKAN BUKTI BAYAR',
    ]);
    const code = qrisSlipLines(qris, 32).find(isCode);
    expect(code).toEqual({ code: 'qr', text: PAYLOAD, instead: 'Pindai kode QRIS di layar kasir.' });
  });

  test('never asks for another amount than it says, nor by a broken code', () => {
    expect(() => qrisSlipLines({ ...qris, amount: rupiah(1_234_501) }, 32)).toThrow(/another amount/);
    expect(() => qrisSlipLines({ ...qris, payload: PAYLOAD.replace('2E3F', '2E3E') }, 32)).toThrow(/broken/);
  });
});

const ticket: TicketSlip = {
  ...head,
  number: 'T2611210042',
  name: 'Bus N 1234',
  lines: [
    {
      name: 'Kerupuk ikan 250 g',
      quantity: qty(2_000),
      unit: 'pcs',
      price: rupiah(18_000),
      gross: rupiah(36_000),
    },
    { name: 'Abon', quantity: qty(755), unit: 'kg', price: rupiah(28_500), gross: rupiah(21_518) },
  ],
  total: rupiah(55_000),
};

test('a ticket slip says whose basket it is, what is in it, and its code', () => {
  expect(onPaper(ticketSlipLines(ticket, 32))).toEqual([
    ...top,
    '       BELANJAAN DITAHAN',
    'No. T2611210042',
    'Tanggal: 21-11-2026 10:05',
    'Kasir: siti',
    'Atas nama: Bus N 1234',
    rule,
    'Kerupuk ikan 250 g',
    '2 x 18.000                36.000',
    'Abon',
    '0,755 kg x 28.500         21.518',
    rule,
    'Diskon                    -2.518',
    'TOTAL                   Rp55.000',
    '#  T2611210042',
    '[qr T2611210042]',
    ' Tunjukkan kertas ini di kasir.',
    '         Belum dibayar.',
  ]);
  const bare = onPaper(ticketSlipLines({ ...ticket, name: null, total: rupiah(57_518) }, 32));
  for (const word of ['Atas nama', 'Diskon']) expect(bare.join('\n')).not.toContain(word);
});

const figures: ShiftFigures = {
  float: rupiah(200_000),
  sales: 12,
  salesTotal: rupiah(1_250_331),
  rounding: rupiah(-231),
  tenders: [
    { kind: 'debit', amount: rupiah(100_000) },
    { kind: 'qris', amount: rupiah(250_100) },
  ],
  refunds: 1,
  refundsTotal: rupiah(17_500),
  cash: {
    ...{ sales: rupiah(900_000), refunds: rupiah(-10_000), in: rupiah(0), out: rupiah(-250_000) },
    ...{
      drops: rupiah(-500_000),
      payouts: rupiah(0),
      purchases: rupiah(0),
      buyers: rupiah(0),
      vendors: rupiah(0),
    },
  },
  expected: rupiah(340_000),
};
const ofShift = { ...head, ...figures, drawerCode: 'K1', openedAtMs: Date.parse('2026-11-20T21:05:00Z') };
const figureLines = [
  'Tanggal: 21-11-2026 10:05',
  'Sif dibuka: 21-11-2026 04:05',
  'Kasir: siti',
  'Laci: K1',
  rule,
  'Penjualan (12)       Rp1.250.331',
  'Pembulatan                -Rp231',
  '- Tunai                Rp900.000',
  '- Kartu debit          Rp100.000',
  '- QRIS                 Rp250.100',
  'Retur (1)               Rp17.500',
  rule,
  'Kas awal               Rp200.000',
  'Penjualan tunai        Rp900.000',
  'Retur tunai            -Rp10.000',
  'Kas keluar            -Rp250.000',
  'Setoran ke brankas    -Rp500.000',
  'Kas seharusnya         Rp340.000',
];

describe('the papers of a shift', () => {
  const closing: ShiftSlip = {
    ...ofShift,
    number: 'TK-261121-000050',
    counted: rupiah(338_000),
    difference: rupiah(-2_000),
    denominations: [
      { value: rupiah(100_000), pieces: 3 },
      { value: rupiah(2_000), pieces: 19 },
    ],
  };

  test('while it is open: the figures, and who wanted to know them', () => {
    const report = { ...ofShift, number: 'LX-261121-000049', askedBy: 'siti', approvedBy: 'budi' };
    expect(onPaper(shiftReportLines(report, 32))).toEqual([
      ...top,
      '     LAPORAN SEMENTARA (X)',
      'No. LX-261121-000049',
      ...figureLines,
      'Diminta oleh: siti',
      'Disetujui oleh: budi',
      'Sif masih buka, angka masih bisa',
      '            berubah.',
    ]);
    const own = onPaper(shiftReportLines({ ...report, approvedBy: null }, 32));
    expect(own.join('\n')).not.toContain('Disetujui');
  });

  test('at its closing: note by note what was counted, and the difference', () => {
    expect(onPaper(shiftSlipLines(closing, 32))).toEqual([
      ...top,
      '      LAPORAN TUTUP KASIR',
      'No. TK-261121-000050',
      ...figureLines,
      'Rincian uang:',
      '100.000 x 3              300.000',
      '2.000 x 19                38.000',
      'Kas dihitung           Rp338.000',
      'SELISIH                 -Rp2.000',
    ]);
    expect(onPaper(shiftSlipLines({ ...closing, denominations: [] }, 32)).join('\n')).not.toContain(
      'Rincian',
    );
  });

  test('of a shift without a sale leave out what is not there', () => {
    const quiet = {
      ...ofShift,
      ...{
        sales: 0,
        salesTotal: rupiah(0),
        rounding: rupiah(0),
        tenders: [],
        refunds: 0,
        refundsTotal: rupiah(0),
      },
      cash: { ...figures.cash, sales: rupiah(0), refunds: rupiah(0), out: rupiah(0), drops: rupiah(0) },
      expected: rupiah(200_000),
    };
    const lines = onPaper(shiftReportLines({ ...quiet, askedBy: 'budi', approvedBy: null }, 32));
    expect(lines).toContain('Penjualan (0)                Rp0');
    for (const word of ['Tunai', 'Retur', 'Pembulatan']) expect(lines.join('\n')).not.toContain(word);
  });

  test('whose figures do not agree do not leave the shop', () => {
    const broken: [Partial<ShiftSlip>, RegExp][] = [
      [{ expected: rupiah(340_001), difference: rupiah(-2_001) }, /cash of closing .* does not add up/],
      [{ salesTotal: rupiah(1_250_332) }, /not what was paid/],
      [{ difference: rupiah(0) }, /does not add up/],
      [{ denominations: [{ value: rupiah(100_000), pieces: 3 }] }, /not what was counted/],
    ];
    for (const [change, message] of broken) {
      expect(() => shiftSlipLines({ ...closing, ...change }, 32)).toThrow(message);
    }
  });
});

const label: Label = {
  name: 'Keripik Tempe \u201cBu Ani\u201d rasa daun jeruk purut pedas manis 250 g kemasan hemat',
  vendorCode: 'KRP',
  price: rupiah(18_000),
  unit: 'pcs',
  barcode: '2000000000015',
  expires: businessDay('2027-02-28'),
  copies: 2,
  language: 'id',
};

describe('labels', () => {
  const one = [
    'Keripik Tempe "Bu Ani" rasa daun',
    'jeruk purut pedas manis 250 g...',
    '#    Rp18.000',
    '[ean13 2000000000015]',
    'KRP              Exp. 28-02-2027',
  ];

  test('stand below each other with a line to tear along between them', () => {
    expect(onPaper(labelLines(label, 32))).toEqual([...one, '.'.repeat(32), ...one]);
  });

  test('are the same in parts, of which only the run’s last ends without that line', () => {
    const run = { ...label, copies: 12 };
    const parts = [0, 5, 10].map((from) => labelLines(run, 32, { from, to: Math.min(from + 5, 12) }));
    expect(parts.flat()).toEqual(labelLines(run, 32));
    const lastOf = (part: number) => onPaper(parts[part] ?? []).at(-1);
    expect([0, 1, 2].map(lastOf)).toEqual(['.'.repeat(32), '.'.repeat(32), one.at(-1)]);
    for (const [from, to] of [
      [5, 5],
      [-1, 2],
      [10, 13],
    ] as const)
      expect(() => labelLines(run, 32, { from, to })).toThrow('part');
  });

  test.each<[barcode: string, code: string]>([
    ['2000000000015', 'ean13'],
    ['96385074', 'ean8'],
    ['2000000000016', 'code128'],
    ['P001/A', 'code128'],
    ['123456789012', 'code128'],
  ])('bear %s as %s, its digits below', (barcode, code) => {
    const [found] = labelLines({ ...label, barcode, copies: 1 }, 32).filter(isCode);
    expect(found).toEqual({ code, text: barcode, caption: true });
  });

  test('say what the price is of, and nothing of a date that there is none of', () => {
    const price: Rupiah = rupiah(120_000);
    const lines = onPaper(labelLines({ ...label, price, unit: 'kg', expires: null, copies: 1 }, 32));
    expect(lines).toContain('#  Rp120.000/kg');
    expect(lines.at(-1)).toBe('KRP');
  });

  test.each([0, 201, 1.5, -1])('are not printed %d times', (copies) => {
    expect(() => labelLines({ ...label, copies }, 32)).toThrow(/1 to 200/);
  });
});
