/**
 * Proves what is said of identity and licence numbers: real-looking numbers of each kind in the ways people write them,
 * and one wrong or doubtful number for each reason. No person's number is among them.
 */
import { describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/domain/calendar.ts';
import {
  type Checked,
  COMPLETENESS_WEIGHTS,
  checkBankAccount,
  checkBpom,
  checkHalal,
  checkNib,
  checkNik,
  checkNpwp,
  checkPhone,
  checkPirt,
  checkRegion,
  completeness,
  isLuhn,
  type RegisterField,
} from '../../shared/domain/identity.ts';

const TODAY = businessDay('2026-11-21');
const MAN = '3513231708850001';
const WOMAN = '3513235708850002';

/** `valid 35.13`, `doubtful expired …`, `invalid wrong-length …`: status, problem and spelling in one line. */
const said = ({ status, problem, normalized }: Checked) =>
  [status, problem, normalized].filter((word) => word !== undefined).join(' ');

describe('NIK', () => {
  const nik = (text: string) => checkNik(text, TODAY);

  test('tells birth and sex', () => {
    expect(nik(MAN)).toEqual({
      status: 'valid',
      normalized: MAN,
      birthDay: '1985-08-17',
      isFemale: false,
    });
    expect(nik(WOMAN)).toMatchObject({ status: 'valid', birthDay: '1985-08-17', isFemale: true });
    expect(said(nik(' 3513.2317 0885-0001 '))).toBe(`valid ${MAN}`);
  });

  test('takes the century that makes a grown person', () => {
    expect(nik('3513232111110001').birthDay).toBe('2011-11-21');
    expect(nik('3513232211110001')).toMatchObject({ status: 'doubtful', problem: 'age-unlikely' });
    expect(nik('3513232111160001').birthDay).toBe('1916-11-21');
    expect(nik('3513232011160001').birthDay).toBe('1916-11-20');
    expect(nik('3513232011150001')).toMatchObject({ problem: 'age-unlikely', isFemale: false });
    expect(nik('3513232902000001').birthDay).toBe('2000-02-29');
  });

  test.each([
    ['', 'invalid empty '],
    ['351323170885000', 'invalid wrong-length 351323170885000'],
    ['35132317O8850001', 'invalid not-digits 35132317O8850001'],
    ['3513233002850001', 'invalid wrong-date 3513233002850001'],
    ['3513230008850001', 'invalid wrong-date 3513230008850001'],
    ['3513234008850001', 'invalid wrong-date 3513234008850001'],
    ['3513237208850001', 'invalid wrong-date 3513237208850001'],
    ['3513238808850001', 'invalid wrong-date 3513238808850001'],
    ['3513231713850001', 'invalid wrong-date 3513231713850001'],
    ['3513232902850001', 'invalid wrong-date 3513232902850001'],
    ['3513231708850000', 'doubtful serial-zero 3513231708850000'],
    ['9913231708850001', 'doubtful region-unknown 9913231708850001'],
    ['3500231708850001', 'doubtful region-unknown 3500231708850001'],
  ])('"%s" is %s', (text, expected) => {
    expect(said(nik(text))).toBe(expected);
  });
});

test.each([
  ['01.312.166.0-091.000', 'valid 013121660091000'],
  ['01.609.052.4-012.000', 'valid 016090524012000'],
  ['0013000666093000', 'valid 0013000666093000'],
  ['01.312.166.1-091.000', 'invalid wrong-check-digit 01.312.166.1-091.000'],
  ['0013000667093000', 'invalid wrong-check-digit 0013000667093000'],
  [MAN, `valid ${MAN}`],
  ['3513233002850001', 'invalid wrong-date 3513233002850001'],
  [' 3513.2330.0285.0001', 'invalid wrong-date 3513.2330.0285.0001'],
  ['3513231708850000', 'doubtful serial-zero 3513231708850000'],
  ['12345678901234', 'invalid wrong-length 12345678901234'],
  ['NPWP 1', 'invalid not-digits NPWP 1'],
])('NPWP "%s" is %s', (text, expected) => {
  expect(said(checkNpwp(text, TODAY))).toBe(expected);
  expect(Object.keys(checkNpwp(text, TODAY))).not.toContain('birthDay');
});

test.each([
  ['9120001234567', 'valid 9120001234567'],
  ['0220 0012 3456 7', 'valid 0220001234567'],
  ['912000123456', 'invalid wrong-length 912000123456'],
  ['tidak ada', 'invalid not-digits tidak ada'],
])('NIB "%s" is %s', (text, expected) => {
  expect(said(checkNib(text))).toBe(expected);
});

describe('P-IRT', () => {
  test.each([
    ['P-IRT 2063513010001-31', 'valid 2063513010001-31'],
    ['PIRT No. 206351301000131', 'valid 2063513010001-31'],
    ['p-irt no: 2063513010001-26', 'valid 2063513010001-26'],
    ['2063513010001-25', 'doubtful expired 2063513010001-25'],
    ['2063513010001-32', 'doubtful expiry-too-far 2063513010001-32'],
    ['9063513010001-30', 'doubtful pack-unknown 9063513010001-30'],
    ['2069913010001-30', 'doubtful region-unknown 2069913010001-30'],
    ['P-IRT 206351301000', 'doubtful old-form 206351301000'],
    ['2063513010001-3001', 'doubtful wrong-length 20635130100013001'],
    ['P-IRT 20635130100', 'invalid wrong-length P-IRT 20635130100'],
    ['P-IRT', 'invalid empty P-IRT'],
    ['masih diurus', 'invalid not-digits masih diurus'],
  ])('"%s" is %s', (text, expected) => {
    expect(said(checkPirt(text, TODAY))).toBe(expected);
  });

  test('names its year, and the regency is compared with the vendor\u2019s', () => {
    expect(checkPirt('2063513010001-31', TODAY, '35.13')).toMatchObject({
      status: 'valid',
      expiryYear: 2031,
    });
    expect(checkPirt('2063513010001-31', TODAY, '3513')).toMatchObject({ status: 'valid' });
    expect(checkPirt('2063513010001-31', TODAY, '35.74')).toMatchObject({ problem: 'region-differs' });
    expect(checkPirt('2063513010001-25', TODAY)).toMatchObject({ expiryYear: 2025 });
  });
});

test.each([
  ['ID35110000145391021', 'valid ID35110000145391021'],
  ['id 3511 0000 1453 91021', 'valid ID35110000145391021'],
  ['04030021380616', 'doubtful old-form 04030021380616'],
  ['ID3511', 'doubtful wrong-shape ID3511'],
  ['  ', 'invalid empty '],
])('halal number "%s" is %s', (text, expected) => {
  expect(said(checkHalal(text))).toBe(expected);
});

test.each([
  ['BPOM RI MD 224510001234', 'valid MD 224510001234'],
  ['ml224510001234', 'valid ML 224510001234'],
  ['MD 071182004300360', 'valid MD 071182004300360'],
  ['MD 0711820043003', 'doubtful wrong-shape MD 0711820043003'],
  ['224510001234', 'doubtful wrong-shape 224510001234'],
  ['', 'invalid empty '],
])('BPOM number "%s" is %s', (text, expected) => {
  expect(said(checkBpom(text))).toBe(expected);
});

test.each([
  ['0812-3456-7890', 'valid +6281234567890', 'mobile'],
  ['+62 812 3456 7890', 'valid +6281234567890', 'mobile'],
  ['6281234567890', 'valid +6281234567890', 'mobile'],
  ['0062 812 3456 7890', 'valid +6281234567890', 'mobile'],
  ['81234567890', 'valid +6281234567890', 'mobile'],
  ['+62 (0)812 3456 7890', 'valid +6281234567890', 'mobile'],
  ['+62081234567890', 'valid +6281234567890', 'mobile'],
  ['0811223344', 'valid +62811223344', 'mobile'],
  ['(0335) 421234', 'valid +62335421234', 'fixed'],
  ['+62 335 421234', 'valid +62335421234', 'fixed'],
  ['+60 12 345 6789', 'doubtful foreign +60123456789', 'foreign'],
  ['421234', 'invalid wrong-shape 421234', undefined],
  ['3354212345', 'invalid wrong-shape 3354212345', undefined],
  ['0335421', 'invalid wrong-length 0335421', undefined],
  ['0812345', 'invalid wrong-length 0812345', undefined],
  ['0812 3456 7890 123', 'invalid wrong-length 0812 3456 7890 123', undefined],
  ['+1', 'invalid wrong-length +1', undefined],
  ['0135421234', 'invalid wrong-shape 0135421234', undefined],
  ['08xx', 'invalid not-digits 08xx', undefined],
  ['-', 'invalid empty -', undefined],
])('phone "%s" is %s', (text, expected, kind) => {
  expect(said(checkPhone(text))).toBe(expected);
  expect(checkPhone(text).kind).toBe(kind);
});

test.each([
  ['0012345678', '114', 'valid 0012345678'],
  ['0012-345 678', '014', 'valid 0012345678'],
  ['0012345678', '427', 'doubtful bank-unknown 0012345678'],
  ['0012345678', '14', 'doubtful bank-unknown 0012345678'],
  ['12345', '014', 'invalid wrong-length 12345'],
  ['1'.repeat(21), '014', `invalid wrong-length ${'1'.repeat(21)}`],
  ['a.n. Sri', '014', 'invalid not-digits a.n. Sri'],
])('bank account "%s" at bank %s is %s', (account, bank, expected) => {
  expect(said(checkBankAccount(account, bank))).toBe(expected);
});

test.each([
  ['35.13.23', 'valid 35.13.23'],
  ['351323', 'valid 35.13.23'],
  ['35', 'valid 35'],
  ['35.74', 'valid 35.74'],
  ['35.13.23.2008', 'valid 35.13.23.2008'],
  ['3513231001', 'valid 35.13.23.1001'],
  ['99.13', 'doubtful region-unknown 99.13'],
  ['35.13.2', 'invalid wrong-length 35.13.2'],
  ['35.00', 'invalid wrong-shape 35.00'],
  ['35.70', 'invalid wrong-shape 35.70'],
  ['35.13.00', 'invalid wrong-shape 35.13.00'],
  ['35.13.23.3008', 'invalid wrong-shape 35.13.23.3008'],
  ['Tongas', 'invalid not-digits Tongas'],
])('region "%s" is %s', (text, expected) => {
  expect(said(checkRegion(text))).toBe(expected);
});

test('Luhn sums', () => {
  expect(isLuhn('79927398713')).toBe(true);
  expect(isLuhn('79927398710')).toBe(false);
  expect(isLuhn('0')).toBe(true);
  expect(() => isLuhn('')).toThrow();
  expect(() => isLuhn('7a')).toThrow();
});

describe('completeness', () => {
  const fields = Object.keys(COMPLETENESS_WEIGHTS) as RegisterField[];

  test('is 100 when all is valid, 50 when all is doubtful, 0 when all is missing or wrong', () => {
    const all = (status: Checked['status']) => Object.fromEntries(fields.map((field) => [field, status]));
    expect(completeness(all('valid'))).toBe(100);
    expect(completeness(all('doubtful'))).toBe(50);
    expect(completeness(all('invalid'))).toBe(0);
    expect(completeness({})).toBe(0);
  });

  test('counts a valid part whole, a doubtful one half, rounded down', () => {
    expect(completeness({ name: 'valid', phone: 'valid' })).toBe(35);
    expect(completeness({ name: 'valid', npwp: 'doubtful' })).toBe(17);
    expect(completeness({ name: 'valid', nik: 'invalid' })).toBe(15);
  });
});
