import { randomBytes } from 'node:crypto';

/**
 * The recovery code a person keeps on paper: 27 random characters (135 bits) and one check character, in seven
 * groups of four. Crockford's base32 letters (no I, L, O, U), because it is copied by hand.
 * The check character is Σ cᵢ·αⁱ over GF(32): any one wrong character and any two exchanged ones are always
 * found, so "you mistyped it" can be told apart from "this is another center's code".
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 27;
const CODE_CHARACTERS = RANDOM_CHARACTERS + 1;
const GROUP_CHARACTERS = 4;
/** Longer input than this is no code, whatever it holds. */
const MAX_TYPED_CHARACTERS = 200;

declare const recoveryCodeBrand: unique symbol;
/** A code in its one spelling: 28 capital characters without separators, its check character right. */
export type RecoveryCode = string & { readonly [recoveryCodeBrand]: true };

/** A fresh code, in its one spelling. */
export function newRecoveryCode(): RecoveryCode {
  // 32 divides 256, so taking each byte modulo 32 favours no character.
  const values = Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => byte % ALPHABET.length);
  return [...values, checkValue(values)].map((value) => ALPHABET.charAt(value)).join('') as RecoveryCode;
}

/** The code as it is printed: groups of four with a dash between. */
export function groupRecoveryCode(code: RecoveryCode): string {
  const groups: string[] = [];
  for (let start = 0; start < code.length; start += GROUP_CHARACTERS) {
    groups.push(code.slice(start, start + GROUP_CHARACTERS));
  }
  return groups.join('-');
}

/**
 * What a person typed, in the code's one spelling: case, spaces and dashes do not matter, O is 0, I and L are 1.
 * Undefined when it cannot be a code: wrong length, a character that no code has, or a check character that does not fit.
 */
export function normaliseRecoveryCode(typed: string): RecoveryCode | undefined {
  if (typed.length > MAX_TYPED_CHARACTERS) return undefined;
  const code = typed
    .toUpperCase()
    .replace(/[\s\-‐‑–—_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== CODE_CHARACTERS) return undefined;
  const values = Array.from(code, (character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return undefined;
  return values.at(-1) === checkValue(values.slice(0, RANDOM_CHARACTERS))
    ? (code as RecoveryCode)
    : undefined;
}

/** Σ cᵢ·αⁱ⁺¹ by Horner's scheme. α has order 31, more than the code is long, so no two places weigh the same. */
function checkValue(values: readonly number[]): number {
  return values.reduceRight((sum, value) => timesAlpha(sum ^ value), 0);
}

/** Multiplies by α in GF(32), reduced by the primitive polynomial x⁵ + x² + 1. */
function timesAlpha(value: number): number {
  const doubled = value << 1;
  return doubled & 0b100000 ? doubled ^ 0b100101 : doubled;
}
