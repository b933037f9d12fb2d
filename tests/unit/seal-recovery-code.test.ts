/**
 * Proves that a recovery code survives the way people write and type, and that a slip of the pen is noticed:
 * any one wrong character and any two exchanged ones, tried exhaustively on random codes.
 */
import { describe, expect, it } from 'vitest';
import {
  groupRecoveryCode,
  newRecoveryCode,
  normaliseRecoveryCode,
} from '../../main/engine/seal/recovery-code.ts';
import { seededRandom } from './seal-support.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The codes come from the secure source, so these tests run over several and print the one that fails. */
const codes = Array.from({ length: 20 }, newRecoveryCode);

describe('a recovery code', () => {
  it('has 27 random characters and a check character, in seven groups of four', () => {
    for (const code of codes) {
      expect(groupRecoveryCode(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    }
    expect(Math.log2(LETTERS.length) * 27).toBeGreaterThanOrEqual(130);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('is read in any case, with any spacing, and with O for 0 and I or L for 1', () => {
    const random = seededRandom();
    for (const code of codes) {
      const typed = Array.from(code, (character) => {
        const variants = { '0': ['0', 'o', 'O'], '1': ['1', 'i', 'I', 'l', 'L'] }[character];
        const choice = variants ?? [character, character.toLowerCase()];
        const gap = ['', '', ' ', '-', ' - ', '\n', '–'][Math.floor(random() * 7)];
        return choice[Math.floor(random() * choice.length)] + (gap ?? '');
      }).join('');
      expect(normaliseRecoveryCode(typed), typed).toBe(code);
    }
  });

  it('shows every single wrong character', () => {
    for (const code of codes) {
      for (let place = 0; place < code.length; place += 1) {
        for (const letter of LETTERS) {
          if (letter === code[place]) continue;
          const typed = code.slice(0, place) + letter + code.slice(place + 1);
          expect(normaliseRecoveryCode(typed), `${code} typed as ${typed}`).toBeUndefined();
        }
      }
    }
  });

  it('shows any two different characters exchanged', () => {
    for (const code of codes) {
      for (let left = 0; left < code.length; left += 1) {
        for (let right = left + 1; right < code.length; right += 1) {
          if (code[left] === code[right]) continue;
          const typed = Array.from(code);
          [typed[left], typed[right]] = [code[right] ?? '', code[left] ?? ''];
          expect(normaliseRecoveryCode(typed.join('')), `${code} typed as ${typed.join('')}`).toBeUndefined();
        }
      }
    }
  });

  it('is not a code when too short, too long, or with a letter that no code has', () => {
    const [code] = codes;
    expect(normaliseRecoveryCode(code?.slice(0, -1) ?? '')).toBeUndefined();
    expect(normaliseRecoveryCode(`${code}0`)).toBeUndefined();
    expect(normaliseRecoveryCode(`U${code?.slice(1)}`)).toBeUndefined();
    expect(normaliseRecoveryCode(`${code}${' '.repeat(1000)}`)).toBeUndefined();
  });
});
