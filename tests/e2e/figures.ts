/**
 * The people, goods and money of the narrow path. Every figure that is expected was worked out by hand from the
 * prices and terms here; the program's own arithmetic is asked for nothing.
 */

/** PINs of twelve digits that no clock, no price and no barcode of this journey contains. */
export const PINS = { ratna: '830591472618', bagus: '602947138527', siti: '915263847062' } as const;

/** Fictitious, and sealed as soon as it is typed in. */
export const SRI = {
  name: 'Sri Wahyuningsih',
  phone: '081298765430',
  nik: '3513204507860003',
  bankCode: '014',
  bankAccount: '0087654321098',
} as const;

/** What must be found in no file afterwards, however it is written. */
export const SECRETS: readonly string[] = [
  ...Object.values(PINS),
  SRI.name,
  SRI.phone,
  SRI.nik,
  SRI.bankAccount,
];

export const CODES = { usus: '8993001000011', terasi: '8993001000028', sambal: '8993001000035' } as const;

const BYTE_ORDER_MARK = '\ufeff';
/** As Excel saves it in Indonesia: semicolons, dots between thousands, a mark at the start; one price is a word. */
export const SHEET = `${BYTE_ORDER_MARK}${[
  'Kode;Nama barang;Penitip;Harga;Harga titip',
  `${CODES.usus};Keripik usus;BU-01;"25.000";`,
  `${CODES.terasi};Terasi udang;BU-01;7.500;`,
  `${CODES.sambal};Sambal cumi;DW-02;"30.000";"24.000"`,
  '8993001000042;Kerupuk gadung;BU-01;belum tahu;',
].join('\r\n')}\r\n`;

/** Two keripik at 25.000 and one sambal at 30.000, paid with one note of 100.000. */
export const FIRST_SALE = { total: 'Rp80.000', note: 'Rp100.000', change: 'Rp20.000' } as const;
/** Two terasi at 7.500, paid exactly. */
export const SECOND_SALE = { total: 'Rp15.000' } as const;
/** Sri keeps 70 % of 50.000 + 15.000 = 45.500; Wulan's price per jar is 24.000. The center keeps 25.500 of 95.000. */
export const OWED = { sri: 45_500, wulan: 24_000 } as const;
/** 200.000 of change money and 95.000 of sales: 2 × 100.000, 1 × 50.000, 2 × 20.000, 0 × 10.000, 1 × 5.000. */
export const COUNTED_NOTES = ['2', '1', '2', '', '1'] as const;

/**
 * Commands in the journal, one for each intent and none twice. To the first sale: center, two people, printer, two
 * vendors with an agreement each, import, two deliveries, drawer, sale. Then: sale, close, prepare, approve, pay.
 */
export const COMMANDS = { toFirstSale: 13, whole: 18 } as const;
