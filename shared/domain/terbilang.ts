import { assertRule } from './check.ts';
import type { Rupiah } from './money.ts';

const SMALL_WORDS = [
  '',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
] as const;

/** Names of the groups of three digits, from the right. */
const GROUP_WORDS = ['', 'ribu', 'juta', 'miliar', 'triliun'] as const;

/** The largest number that has words here: one less than a thousand trillion. */
const MAX_IN_WORDS = 999_999_999_999_999;

/**
 * A whole number in Indonesian words: 1001000 → `satu juta seribu`, 0 → `nol`, −5 → `minus lima`.
 * Throws on a fraction or beyond ±999.999.999.999.999.
 * Docs/domain rule, amount in words: sebelas and belas, seratus for one hundred, seribu for one thousand in any
 * group of thousands that is exactly 1, but satu juta, satu miliar, satu triliun; single spaces.
 */
export function terbilang(value: number): string {
  assertRule(Number.isSafeInteger(value) && Math.abs(value) <= MAX_IN_WORDS, `no words for ${value}`);
  if (value === 0) return 'nol';
  const words: string[] = [];
  let left = Math.abs(value);
  for (const groupWord of GROUP_WORDS) {
    const group = left % 1000;
    left = (left - group) / 1000;
    if (group > 0) words.unshift(groupInWords(group, groupWord));
  }
  return value < 0 ? `minus ${words.join(' ')}` : words.join(' ');
}

/** An amount as a kwitansi carries it: `Satu juta seribu rupiah`, first letter capital, "rupiah" in full. */
export function terbilangRupiah(amount: Rupiah): string {
  const words = terbilang(amount);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} rupiah`;
}

function groupInWords(group: number, groupWord: string): string {
  if (groupWord === '') return underThousand(group);
  return group === 1 && groupWord === 'ribu' ? 'seribu' : `${underThousand(group)} ${groupWord}`;
}

/** Words of 1 to 999. */
function underThousand(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  if (hundreds === 0) return underHundred(rest);
  const hundredsWords = hundreds === 1 ? 'seratus' : `${SMALL_WORDS[hundreds]} ratus`;
  return rest === 0 ? hundredsWords : `${hundredsWords} ${underHundred(rest)}`;
}

/** Words of 1 to 99. */
function underHundred(value: number): string {
  if (value < SMALL_WORDS.length) return SMALL_WORDS[value] ?? '';
  if (value < 20) return `${SMALL_WORDS[value - 10]} belas`;
  const tens = `${SMALL_WORDS[Math.floor(value / 10)]} puluh`;
  return value % 10 === 0 ? tens : `${tens} ${SMALL_WORDS[value % 10]}`;
}
