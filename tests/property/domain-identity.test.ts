/**
 * Proves that every number made by its rule is found valid however it is written, that one wrong digit is found where
 * there is a check digit, and that no text whatever is lost or makes a check fail.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchEan13, isEan, productEan13, readOwnCode } from '../../shared/domain/barcode.ts';
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
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };
const TODAY = businessDay('2026-11-21');

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const spacing = fc.array(fc.constantFrom('', '', ' ', '.', '-'), { minLength: 20, maxLength: 20 });
/** A number as somebody may write it: signs between its digits. */
const written = (number: string, signs: readonly string[]) =>
  [...number].map((digit, index) => digit + (signs[index % signs.length] ?? '')).join('');

const births = fc
  .integer({ min: Date.UTC(1927, 0, 1) / 86_400_000, max: Date.UTC(2011, 10, 21) / 86_400_000 })
  .map((dayNumber) => new Date(dayNumber * 86_400_000).toISOString().slice(0, 10));

describe('NIK', () => {
  const people = fc.record({
    birth: births,
    isFemale: fc.boolean(),
    district: fc.constantFrom('351323', '357401', '110101', '961001'),
    serial: fc.integer({ min: 1, max: 9999 }),
  });

  test('of anyone between 15 and 99 is valid and tells birth and sex', timeout, () => {
    fc.assert(
      fc.property(people, spacing, ({ birth, isFemale, district, serial }, signs) => {
        const [year = '', month = '', day = ''] = birth.split('-');
        const dayCode = String(Number(day) + (isFemale ? 40 : 0)).padStart(2, '0');
        const nik = district + dayCode + month + year.slice(2) + String(serial).padStart(4, '0');
        const expected = { status: 'valid', normalized: nik, birthDay: birth, isFemale };
        expect(checkNik(written(nik, signs), TODAY)).toEqual(expected);
        expect(checkNpwp(written(nik, signs), TODAY)).toEqual({ status: 'valid', normalized: nik });
      }),
      seeded(),
    );
  });

  test('of any 16 digits is invalid exactly when neither century has the date', timeout, () => {
    fc.assert(
      fc.property(digits(16), (nik) => {
        const code = Number(nik.slice(6, 8));
        const day = code > 40 ? code - 40 : code;
        const exists = ['19', '20'].some((century) => {
          const [year, month] = [Number(century + nik.slice(10, 12)), Number(nik.slice(8, 10))];
          const date = new Date(Date.UTC(year, month - 1, day));
          return (
            month >= 1 &&
            month <= 12 &&
            day >= 1 &&
            date.getUTCMonth() === month - 1 &&
            date.getUTCDate() === day
          );
        });
        expect(checkNik(nik, TODAY).status === 'invalid').toBe(!exists);
      }),
      seeded(),
    );
  });
});

test(
  'an old tax number has one right ninth digit, and the new form is the same with a 0 in front',
  timeout,
  () => {
    fc.assert(
      fc.property(digits(8), digits(6), spacing, (number, office, signs) => {
        const valid = [...'0123456789'].filter((check) => isLuhn(number + check));
        expect(valid).toHaveLength(1);
        for (const check of '0123456789') {
          const npwp = number + check + office;
          const expected = check === valid[0] ? 'valid' : 'invalid';
          expect(checkNpwp(written(npwp, signs), TODAY).status).toBe(expected);
          expect(checkNpwp(`0${npwp}`, TODAY).status).toBe(expected);
        }
      }),
      seeded(),
    );
  },
);

test('a Luhn sum finds every single wrong digit', timeout, () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{2,18}$/),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (body, place, by) => {
        const number = [...'0123456789'].map((check) => body + check).find(isLuhn)!;
        const at = place % number.length;
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(isLuhn(wrong)).toBe(false);
      },
    ),
    seeded(),
  );
});

test('a mobile number is the same however its beginning and spacing are written', timeout, () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^8\d{8,11}$/),
      fc.constantFrom('', '0', '62', '+62', '0062', '+62 (0)', '+62 ', '620'),
      spacing,
      (national, beginning, signs) => {
        expect(checkPhone(beginning + written(national, signs))).toEqual({
          status: 'valid',
          normalized: `+62${national}`,
          kind: 'mobile',
        });
      },
    ),
    seeded(),
  );
});

test('licences made by their rule are valid however they are written', timeout, () => {
  const licences = fc.record({
    pack: fc.integer({ min: 1, max: 8 }),
    food: digits(2),
    product: digits(6),
    year: fc.integer({ min: 26, max: 31 }),
    prefix: fc.constantFrom('', 'P-IRT ', 'PIRT', 'pirt no. ', 'P-IRT No: '),
    dash: fc.constantFrom('-', '', ' '),
  });
  fc.assert(
    fc.property(
      licences,
      digits(17),
      digits(12),
      ({ pack, food, product, year, prefix, dash }, halal, bpom) => {
        const number = `${pack}${food}3513${product}`;
        expect(checkPirt(`${prefix}${number}${dash}${year}`, TODAY, '35.13')).toEqual({
          status: 'valid',
          normalized: `${number}-${year}`,
          expiryYear: 2000 + year,
        });
        expect(checkHalal(`id${halal}`)).toEqual({ status: 'valid', normalized: `ID${halal}` });
        expect(checkBpom(`BPOM RI MD ${bpom}`)).toEqual({ status: 'valid', normalized: `MD ${bpom}` });
      },
    ),
    seeded(),
  );
});

test('no text makes a check fail, and none that is refused is changed', timeout, () => {
  const checks: ((text: string) => Checked)[] = [
    (text) => checkNik(text, TODAY),
    (text) => checkNpwp(text, TODAY),
    checkNib,
    (text) => checkPirt(text, TODAY, '35.13'),
    checkHalal,
    checkBpom,
    checkPhone,
    (text) => checkBankAccount(text, '014'),
    checkRegion,
  ];
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.stringMatching(/^[ +(]?[0-9 .-]{0,24}$/),
    fc.stringMatching(/^(P-IRT |ID|MD |ML)?\d{0,20}$/),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const check of checks) {
        const result = check(text);
        expect(result.problem === undefined).toBe(result.status === 'valid');
        if (result.status === 'invalid') expect(result.normalized).toBe(text.trim());
        // One spelling: what a check made is what it makes of its own answer.
        else expect(check(result.normalized)).toEqual(result);
      }
    }),
    seeded(),
  );
});

test('completeness never falls when a part gets better', timeout, () => {
  const fields = Object.keys(COMPLETENESS_WEIGHTS) as RegisterField[];
  const statuses = fc.constantFrom(undefined, 'invalid' as const, 'doubtful' as const, 'valid' as const);
  const entries = fc.tuple(...fields.map(() => statuses));
  const rank = { invalid: 0, doubtful: 1, valid: 2 };
  fc.assert(
    fc.property(entries, fc.constantFrom(...fields), (drawn, better) => {
      const entry = Object.fromEntries(fields.map((field, index) => [field, drawn[index]]));
      const score = completeness(entry);
      const exact = fields.reduce((sum, field, index) => {
        return sum + (COMPLETENESS_WEIGHTS[field] * rank[drawn[index] ?? 'invalid']) / 2;
      }, 0);
      expect(score).toBe(Math.floor(exact));
      expect(completeness({ ...entry, [better]: 'valid' })).toBeGreaterThanOrEqual(score);
    }),
    seeded(),
  );
});

test('own codes give their number back and are never mistaken, also with one wrong digit', timeout, () => {
  const numbers = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 9_999_999_999 }));
  fc.assert(
    fc.property(numbers, fc.nat({ max: 12 }), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
      for (const [kind, code] of [
        ['product', productEan13(number)],
        ['batch', batchEan13(number)],
      ] as const) {
        expect(isEan(code)).toBe(true);
        expect(readOwnCode(code)).toEqual({ kind, number });
        const wrong = code.slice(0, place) + ((Number(code[place]) + by) % 10) + code.slice(place + 1);
        expect(readOwnCode(wrong)).toBeUndefined();
      }
    }),
    seeded(),
  );
});
