import { BANK_NAMES } from './banks.ts';
import { type BusinessDay, isBusinessDay } from './calendar.ts';
import { assertRule } from './check.ts';

/**
 * Numbers that offices give to people, businesses and goods. Docs/domain rule: validate, warn, never reject: a wrong
 * number is kept and marked, so these functions answer and never throw, whatever the text.
 */

/** `doubtful`: has the right shape, but a person should look at it again. `invalid`: cannot be such a number. */
export type IdentityStatus = 'valid' | 'doubtful' | 'invalid';

export type IdentityProblem =
  | 'empty'
  | 'not-digits'
  | 'wrong-length'
  | 'wrong-shape'
  | 'wrong-date'
  | 'wrong-check-digit'
  | 'age-unlikely'
  | 'serial-zero'
  | 'region-unknown'
  | 'region-differs'
  | 'old-form'
  | 'expired'
  | 'expiry-too-far'
  | 'pack-unknown'
  | 'foreign'
  | 'bank-unknown';

/** What is known of one number. `normalized` is its one spelling; for an invalid one, the text as it came, trimmed. */
export interface Checked {
  readonly status: IdentityStatus;
  readonly problem?: IdentityProblem;
  readonly normalized: string;
}

export interface CheckedNik extends Checked {
  readonly birthDay?: BusinessDay;
  readonly isFemale?: boolean;
}

/** The ages at which a person has goods to sell, in years. */
const MIN_AGE = 15;
const MAX_AGE = 110;

/**
 * NIK, the 16-digit number of a person: region of first registration, birth date DDMMYY (women DD + 40), serial. It
 * has no check digit. Of 19YY and 20YY the one is taken that makes the person 15 to 110 years old on `day`.
 * Source: Dukcapil. The region is only ever doubted: regions are split and renumbered, the number stays.
 */
export function checkNik(text: string, day: BusinessDay): CheckedNik {
  const digits = digitsOf(text);
  if (typeof digits !== 'string') return digits;
  if (digits.length !== 16) return invalid(text, 'wrong-length');
  const dayCode = Number(digits.slice(6, 8));
  const isFemale = dayCode > 40;
  const monthAndDay = `${digits.slice(8, 10)}-${String(isFemale ? dayCode - 40 : dayCode).padStart(2, '0')}`;
  const births = ['20', '19']
    .map((century) => `${century}${digits.slice(10, 12)}-${monthAndDay}`)
    .filter(isBusinessDay);
  if (births.length === 0) return invalid(text, 'wrong-date');
  const birthDay = births.find((birth) => {
    const age = yearsBetween(birth, day);
    return age >= MIN_AGE && age <= MAX_AGE;
  });
  if (birthDay === undefined) return { ...doubtful(digits, 'age-unlikely'), isFemale };
  const known = { birthDay, isFemale };
  if (digits.endsWith('0000')) return { ...doubtful(digits, 'serial-zero'), ...known };
  if (!isRegencyCode(digits.slice(0, 4))) return { ...doubtful(digits, 'region-unknown'), ...known };
  return { ...valid(digits), ...known };
}

/**
 * NPWP, the tax number: 15 digits (old form, Luhn over the first 9), 16 beginning with 0 (the same with a 0 in front),
 * other 16 digits are the person's NIK. `day` as in `checkNik`. Source: PMK 112/PMK.03/2022.
 */
export function checkNpwp(text: string, day: BusinessDay): Checked {
  const digits = digitsOf(text);
  if (typeof digits !== 'string') return digits;
  if (digits.length === 16 && !digits.startsWith('0')) {
    const { birthDay: _birthDay, isFemale: _isFemale, ...nik } = checkNik(digits, day);
    return nik.status === 'invalid' ? { ...nik, normalized: text.trim() } : nik;
  }
  if (digits.length !== 15 && digits.length !== 16) return invalid(text, 'wrong-length');
  // A leading 0 adds nothing to a Luhn sum, so both forms are tested over their numbered part.
  return isLuhn(digits.slice(0, digits.length - 6)) ? valid(digits) : invalid(text, 'wrong-check-digit');
}

/** NIB, the number of a business: 13 digits without a check digit. Source: OSS, PP 24/2018. */
export function checkNib(text: string): Checked {
  const digits = digitsOf(text);
  if (typeof digits !== 'string') return digits;
  return digits.length === 13 ? valid(digits) : invalid(text, 'wrong-length');
}

/**
 * P-IRT, the licence of home-made food, `2063513010001-31`: kind of pack, food, regency, product, producer, and the
 * year it ends in two digits; it is good through that year, at most five years ahead. `regency` is the vendor's
 * (`35.13` or `3513`), to be compared. The 12-digit form from before 2012 and longer numbers are doubted.
 * Source: PerBPOM 22/2018.
 */
export function checkPirt(
  text: string,
  day: BusinessDay,
  regency?: string,
): Checked & { readonly expiryYear?: number } {
  const digits = digitsOf(
    text
      .trim()
      .replace(/^P-?\s?IRT\.?\s*/i, '')
      .replace(/^No\.?\s*:?\s*/i, ''),
  );
  if (typeof digits !== 'string') return invalid(text, digits.problem ?? 'not-digits');
  if (digits.length === 12) return doubtful(digits, 'old-form');
  if (digits.length > 15 && digits.length <= 20) return doubtful(digits, 'wrong-length');
  if (digits.length !== 15) return invalid(text, 'wrong-length');
  const expiryYear = 2000 + Number(digits.slice(13));
  const normalized = `${digits.slice(0, 13)}-${digits.slice(13)}`;
  const problem = pirtProblem(digits, expiryYear - Number(day.slice(0, 4)), regency);
  return { ...(problem === undefined ? valid(normalized) : doubtful(normalized, problem)), expiryYear };
}

function pirtProblem(
  digits: string,
  yearsLeft: number,
  regency: string | undefined,
): IdentityProblem | undefined {
  if (yearsLeft < 0) return 'expired';
  if (yearsLeft > 5) return 'expiry-too-far';
  if (!/^[1-8]/.test(digits)) return 'pack-unknown';
  const place = digits.slice(3, 7);
  if (!isRegencyCode(place)) return 'region-unknown';
  return regency !== undefined && regency.replace('.', '') !== place ? 'region-differs' : undefined;
}

/**
 * Halal certificate: `ID` and 17 digits; the 14 digits of the MUI's time are the old form. The shape is inferred from
 * printed numbers (BPJPH publishes none), so a wrong one is only doubted.
 */
export function checkHalal(text: string): Checked {
  const code = text.toUpperCase().replace(/[\s.-]+/g, '');
  if (code === '') return invalid(text, 'empty');
  if (/^ID\d{17}$/.test(code)) return valid(code);
  return /^\d{14}$/.test(code) ? doubtful(code, 'old-form') : doubtful(text.trim(), 'wrong-shape');
}

/** BPOM registration of food: `MD` (made here) or `ML` (imported) and 12 digits, newer ones 15. A wrong one is doubted. */
export function checkBpom(text: string): Checked {
  const code = text
    .toUpperCase()
    .replace(/[\s.-]+/g, '')
    .replace(/^BPOM(RI)?:?/, '');
  if (code === '') return invalid(text, 'empty');
  const match = /^(MD|ML)(\d{12}(?:\d{3})?)$/.exec(code);
  return match === null ? doubtful(text.trim(), 'wrong-shape') : valid(`${match[1]} ${match[2]}`);
}

/**
 * A phone number in its +62 form: `0812…`, `812…`, `62812…`, `0062…` and `+62 (0)812…` are the same. Mobile numbers
 * (8 and 8 to 11 more digits) can be reached by WhatsApp, fixed lines cannot. Numbers of other countries are doubted.
 */
export function checkPhone(text: string): Checked & { readonly kind?: 'mobile' | 'fixed' | 'foreign' } {
  const plain = text
    .trim()
    .replace(/\(0\)/, '')
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+');
  if (plain === '') return invalid(text, 'empty');
  if (!/^\+?\d+$/.test(plain)) return invalid(text, 'not-digits');
  if (plain.startsWith('+') && !plain.startsWith('+62')) {
    return /^\+[1-9]\d{7,14}$/.test(plain)
      ? { ...doubtful(plain, 'foreign'), kind: 'foreign' }
      : invalid(text, 'wrong-length');
  }
  const national = plain.replace(/^(\+62|62)?0?/, '');
  if (/^8\d{8,11}$/.test(national)) return { ...valid(`+62${national}`), kind: 'mobile' };
  // A fixed line is only known by the 0 or 62 before its area code.
  const isFixed = plain !== national && /^[2-79]/.test(national);
  if (isFixed && /^\d{7,11}$/.test(national)) return { ...valid(`+62${national}`), kind: 'fixed' };
  return invalid(text, isFixed || national.startsWith('8') ? 'wrong-length' : 'wrong-shape');
}

/**
 * A bank account as text, leading zeros and all: 6 to 20 digits, since banks do not publish their lengths. `bankCode`
 * is the bank's three digits; one not on the list is doubted.
 */
export function checkBankAccount(account: string, bankCode: string): Checked {
  const digits = digitsOf(account);
  if (typeof digits !== 'string') return digits;
  if (digits.length < 6 || digits.length > 20) return invalid(account, 'wrong-length');
  return BANK_NAMES.has(bankCode) ? valid(digits) : doubtful(digits, 'bank-unknown');
}

/**
 * A region by its Kemendagri code, normalized to dots: `35`, `35.13`, `35.13.23`, `35.13.23.2008`. Regencies count from
 * 01, cities from 71; a village begins with 1 (kelurahan) or 2 (desa). An unknown province is doubted.
 */
export function checkRegion(text: string): Checked {
  const digits = digitsOf(text);
  if (typeof digits !== 'string') return digits;
  const match = /^(\d\d)(?:(\d\d)(?:(\d\d)(\d{4})?)?)?$/.exec(digits);
  if (match === null) return invalid(text, 'wrong-length');
  const [, province = '', regency, district, village] = match;
  if (regency === '00' || regency === '70' || district === '00') return invalid(text, 'wrong-shape');
  if (village !== undefined && !/^[12]/.test(village)) return invalid(text, 'wrong-shape');
  const normalized = [province, regency, district, village].filter((part) => part !== undefined).join('.');
  return PROVINCES.has(province) ? valid(normalized) : doubtful(normalized, 'region-unknown');
}

/** What each part of a vendor's register entry is worth; together 100. */
export const COMPLETENESS_WEIGHTS = {
  name: 15,
  phone: 20,
  bankAccount: 15,
  nik: 15,
  address: 10,
  region: 10,
  nib: 10,
  npwp: 5,
} as const;

export type RegisterField = keyof typeof COMPLETENESS_WEIGHTS;

/**
 * How complete a vendor's register entry is, 0–100: a valid part counts its weight, a doubtful one half of it, an
 * invalid or missing one nothing. For parts without a check of their own, such as a name, being there is valid.
 * The weights follow what a payout needs: who, how to reach them, where to pay.
 */
export function completeness(
  fields: { readonly [field in RegisterField]?: IdentityStatus | undefined },
): number {
  let halves = 0;
  for (const [field, weight] of Object.entries(COMPLETENESS_WEIGHTS)) {
    const status = fields[field as RegisterField];
    if (status === 'valid') halves += 2 * weight;
    if (status === 'doubtful') halves += weight;
  }
  return Math.floor(halves / 2);
}

/** True when the last digit is the Luhn check digit of those before it (ISO/IEC 7812-1). Throws for anything but digits. */
export function isLuhn(digits: string): boolean {
  assertRule(/^\d+$/.test(digits), 'a Luhn sum is made over digits');
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Kemendagri codes of the 38 provinces. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96'.split(
    ' ',
  ),
);

function isRegencyCode(fourDigits: string): boolean {
  return PROVINCES.has(fourDigits.slice(0, 2)) && !/(00|70)$/.test(fourDigits);
}

/** Whole years from a birth to a day; below 0 when the birth is later. */
function yearsBetween(birth: BusinessDay, day: BusinessDay): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** The digits of a number written with blanks, dots, dashes and slashes, or why there are none. */
function digitsOf(text: string): string | Checked {
  const plain = text.replace(/[\s.\-/]+/g, '');
  if (plain === '') return invalid(text, 'empty');
  return /^\d+$/.test(plain) ? plain : invalid(text, 'not-digits');
}

function valid(normalized: string): Checked {
  return { status: 'valid', normalized };
}

function doubtful(normalized: string, problem: IdentityProblem): Checked {
  return { status: 'doubtful', problem, normalized };
}

function invalid(text: string, problem: IdentityProblem): Checked {
  return { status: 'invalid', problem, normalized: text.trim() };
}
