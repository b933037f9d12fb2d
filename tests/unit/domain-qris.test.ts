/**
 * Proves that a QRIS code is read and made as EMVCo and Bank Indonesia have it, by one static code of a fictitious
 * merchant with two results worked out beforehand, and by one broken code for each way in which a code can be wrong.
 */
import { describe, expect, test } from 'vitest';
import {
  crc16,
  dynamicQris,
  MAX_QRIS_RUPIAH,
  parseQris,
  type QrisProblem,
  writeTags,
} from '../../shared/domain/qris.ts';

const STATIC =
  '00020101021126620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304126D';
const FOR_25_000 =
  '00020101021226620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605405250005802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304E9B1';
const FOR_1_234_500_WITH_BILL =
  '00020101021226620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI520459475303360540712345005802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262240113TRX26102300010703A0163042E3F';

/** A body with its checksum, so that only what a test changed can be wrong. */
function signed(body: string): string {
  return `${body}6304${crc16(`${body}6304`).toString(16).toUpperCase().padStart(4, '0')}`;
}

const STATIC_BODY = STATIC.slice(0, -8);
const without = (field: string) => signed(STATIC_BODY.replace(field, ''));

test('the checksum is CRC-16/CCITT-FALSE', () => {
  expect(crc16('123456789')).toBe(0x29b1);
  expect(crc16('')).toBe(0xffff);
  expect(signed(STATIC_BODY)).toBe(STATIC);
});

test('a static code tells its merchant, and has no amount', () => {
  expect(parseQris(STATIC)).toMatchObject({
    ok: true,
    merchantName: 'PUSAT OLEH-OLEH CONTOH',
    city: 'PROBOLINGGO',
    isStatic: true,
    nmid: 'ID1020000000012',
    amountRupiah: undefined,
    bill: undefined,
  });
});

describe('a dynamic code', () => {
  test('of 25.000 is the one worked out beforehand', () => {
    expect(dynamicQris(STATIC, { amountRupiah: 25_000 })).toEqual({ ok: true, text: FOR_25_000 });
  });

  test('of 1.234.500 with a bill number keeps the terminal after it', () => {
    const payment = { amountRupiah: 1_234_500, bill: 'TRX2610230001' };
    expect(dynamicQris(STATIC, payment)).toEqual({ ok: true, text: FOR_1_234_500_WITH_BILL });
    expect(parseQris(FOR_1_234_500_WITH_BILL)).toMatchObject({ ...payment, isStatic: false });
  });

  test('replaces an amount the static code came with, wherever it stood', () => {
    const priced = signed(`${STATIC_BODY}540410.0`);
    expect(parseQris(priced)).toMatchObject({ ok: true, amountRupiah: 10 });
    expect(dynamicQris(priced, { amountRupiah: 25_000 })).toEqual({ ok: true, text: FOR_25_000 });
  });

  test('replaces a bill number in its place, and gets a 62 of its own where there is none', () => {
    const billed = signed(STATIC_BODY.replace('62070703A01', '62150703A010104X001'));
    const again = dynamicQris(billed, { amountRupiah: 1, bill: 'Y2' });
    expect(again).toMatchObject({ ok: true, text: expect.stringContaining('62130703A010102Y2') });
    const bare = dynamicQris(without('62070703A01'), { amountRupiah: 1, bill: 'Y2' });
    expect(bare).toMatchObject({ ok: true, text: expect.stringContaining('61056725262060102Y26304') });
    const withLanguage = signed(`${STATIC_BODY.replace('62070703A01', '')}64080004ID01`);
    expect(dynamicQris(withLanguage, { amountRupiah: 1, bill: 'Y2' })).toMatchObject({
      text: expect.stringContaining('62060102Y26408'),
    });
  });

  test('is not fooled by a name that looks like fields of a code', () => {
    const tricky = signed(STATIC_BODY.replace('5922PUSAT OLEH-OLEH CONTOH', '5922TOKO 010211 5802ID6304'));
    const made = dynamicQris(tricky, { amountRupiah: 500 });
    const text = made.ok ? made.text : '';
    expect(text).toContain('530336054035005802ID5922TOKO 010211 5802ID6304');
    expect(parseQris(text)).toMatchObject({ merchantName: 'TOKO 010211 5802ID6304', amountRupiah: 500 });
  });

  test.each([0, -1, 1.5, Number.NaN, MAX_QRIS_RUPIAH + 1])('is refused for %d rupiah', (amountRupiah) => {
    expect(dynamicQris(STATIC, { amountRupiah })).toMatchObject({
      ok: false,
      problem: 'amount-out-of-range',
    });
  });

  test.each(['', 'A-1', 'A 1', 'é1', 'A'.repeat(26)])('is refused with the bill number "%s"', (bill) => {
    expect(dynamicQris(STATIC, { amountRupiah: 1, bill })).toMatchObject({ problem: 'bill-not-allowed' });
  });

  test('takes the limits of amount and bill number', () => {
    const bill = 'A'.repeat(25);
    const made = dynamicQris(STATIC, { amountRupiah: MAX_QRIS_RUPIAH, bill });
    expect(parseQris(made.ok ? made.text : '')).toMatchObject({ amountRupiah: MAX_QRIS_RUPIAH, bill });
  });

  test('needs a static code in rupiah', () => {
    const payment = { amountRupiah: 1 };
    expect(dynamicQris(FOR_25_000, payment)).toEqual({ ok: false, problem: 'not-static', tag: '01' });
    expect(dynamicQris(without('010211'), payment)).toMatchObject({ problem: 'not-static' });
    expect(dynamicQris(without('5303360'), payment)).toEqual({
      ok: false,
      problem: 'tag-missing',
      tag: '53',
    });
    const dollars = signed(STATIC_BODY.replace('5303360', '5303840'));
    expect(dynamicQris(dollars, payment)).toMatchObject({ problem: 'not-rupiah' });
    expect(dynamicQris('x', payment)).toMatchObject({ ok: false, problem: 'bad-length' });
  });

  test('is refused when the bill number no longer fits', () => {
    const full = signed(STATIC_BODY.replace('62070703A01', `62950791${'T'.repeat(91)}`));
    expect(dynamicQris(full, { amountRupiah: 1 })).toMatchObject({ ok: true });
    expect(dynamicQris(full, { amountRupiah: 1, bill: 'B' })).toMatchObject({
      problem: 'too-long',
      tag: '62',
    });
    const fields = ['80', '81', '82'].map((tag) => ({ tag, value: 'x'.repeat(tag === '82' ? 86 : 99) }));
    const long = signed(STATIC_BODY + writeTags(fields));
    expect(long).toHaveLength(512);
    expect(dynamicQris(long, { amountRupiah: 1 })).toEqual({ ok: false, problem: 'too-long' });
  });
});

describe('a code is refused', () => {
  const cases: [string, string, QrisProblem, string?][] = [
    ['nothing', '', 'tag-missing', '00'],
    ['over 512 characters', 'x'.repeat(513), 'too-long'],
    ['a character that is no ASCII', STATIC.replace('PUSAT', 'PUSÄT'), 'not-ascii'],
    ['a line break at the end', `${STATIC}\n`, 'not-ascii'],
    ['a length that is no number', STATIC.replace('5303', '53O3'), 'bad-length', '53'],
    ['a length beyond the end', '000201029912', 'bad-length', '02'],
    ['an end within a head', '000201010', 'bad-length', '01'],
    ['no 00', signed(STATIC_BODY.slice(6)), 'tag-missing', '00'],
    ['00 in second place', signed(`010211000201${STATIC_BODY.slice(12)}`), 'tag-missing', '00'],
    ['another format', signed(STATIC_BODY.replace('000201', '000202')), 'wrong-format', '00'],
    ['no 58', without('5802ID'), 'tag-missing', '58'],
    ['no 63', STATIC_BODY, 'tag-missing', '63'],
    ['a tag twice', signed(STATIC_BODY.replace('5303360', '53033605303360')), 'duplicate-tag', '53'],
    [
      'a tag twice in a template',
      signed(STATIC_BODY.replace('62070703A01', '62140703A010703A02')),
      'duplicate-tag',
      '62/07',
    ],
    [
      'a bad length in a template',
      signed(STATIC_BODY.replace('62070703A01', '62070704A01')),
      'bad-length',
      '62/07',
    ],
    [
      'a bad length in an account',
      signed(STATIC_BODY.replace('51440014', '51440099')),
      'bad-length',
      '51/00',
    ],
    ['a wrong checksum', STATIC.replace('126D', '126E'), 'wrong-crc', '63'],
    ['a checksum in small letters', FOR_25_000.replace('E9B1', 'e9b1'), 'wrong-crc', '63'],
    ['a checksum of another length', `${STATIC_BODY}6305126D0`, 'wrong-crc', '63'],
    ['text after the checksum', `${STATIC} `, 'text-after-crc', '63'],
    ['a field after the checksum', `${STATIC}6403ABC`, 'text-after-crc', '63'],
  ];
  test.each(cases)('with %s', (_, text, problem, tag) => {
    expect(parseQris(text)).toEqual(tag === undefined ? { ok: false, problem } : { ok: false, problem, tag });
  });
});

test('amounts are read in both spellings, and only whole ones are rupiah', () => {
  const amountOf = (value: string) => {
    const code = parseQris(signed(STATIC_BODY + writeTags([{ tag: '54', value }])));
    return code.ok ? code.amountRupiah : code;
  };
  expect(amountOf('10000')).toBe(10_000);
  expect(amountOf('3331.00')).toBe(3331);
  expect(amountOf('3331.5')).toBeUndefined();
  expect(amountOf('1e5')).toBeUndefined();
});
