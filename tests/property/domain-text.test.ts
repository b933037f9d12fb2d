/**
 * Proves that what is written can be read back: amounts, quantities, days and words in any size, and that no text
 * whatever breaks the paper. Words are read back by a parser of their own, days compared with the runtime's calendar.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eanCheckDigit, inStoreEan13, inStoreNumber, isEan } from '../../shared/domain/barcode.ts';
import {
  addDays,
  businessDayAt,
  daysBetween,
  formatTime,
  isBusinessDay,
} from '../../shared/domain/calendar.ts';
import { isCommandId, uuidV7 } from '../../shared/domain/id.ts';
import { formatNumber, formatRupiah, MAX_RUPIAH, parseRupiah, rupiah } from '../../shared/domain/money.ts';
import { leftRight, MAX_COLUMNS, MIN_COLUMNS, transliterate, wrapText } from '../../shared/domain/paper.ts';
import { mapHeaders, readProductRow } from '../../shared/domain/product-sheet.ts';
import { formatQty, parseQty, qty } from '../../shared/domain/quantity.ts';
import { terbilang } from '../../shared/domain/terbilang.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };
const signedUpTo = (max: number) =>
  fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -max, max }));
const anyText = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('amounts', () => {
  test('are read back as they were written', timeout, () => {
    fc.assert(
      fc.property(signedUpTo(MAX_RUPIAH), (amount) => {
        const text = formatRupiah(rupiah(amount));
        expect(text).toMatch(/^-?Rp\d{1,3}(\.\d{3})*$/);
        expect(parseRupiah(text)).toBe(amount);
        expect(parseRupiah(formatNumber(amount))).toBe(amount);
        expect(parseRupiah(String(amount))).toBe(amount);
      }),
      seeded(),
    );
  });

  test('in thousands and millions are that many zeros', timeout, () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 9999 }),
        fc.nat({ max: 99 }),
        fc.constantFrom('rb', 'k', 'ribu', 'jt', 'juta'),
        (whole, decimals, unit) => {
          const unitSize = unit.startsWith('j') ? 1_000_000n : 1000n;
          const exact = BigInt(whole) * unitSize + (BigInt(decimals) * unitSize) / 100n;
          const text = `${whole},${String(decimals).padStart(2, '0')}${unit}`;
          expect(BigInt(parseRupiah(text)!)).toBe(exact);
        },
      ),
      seeded(),
    );
  });

  test('are never read out of a text with a decimal point or comma and no unit', timeout, () => {
    fc.assert(
      fc.property(
        fc.nat({ max: MAX_RUPIAH }),
        fc.stringMatching(/^\d{1,6}$/),
        fc.constantFrom(',', '.'),
        (whole, decimals, sign) => {
          fc.pre(sign === ',' || decimals.length !== 3 || whole > 999);
          expect(parseRupiah(`${whole}${sign}${decimals}`)).toBeUndefined();
        },
      ),
      seeded(),
    );
  });

  test('no text makes the reader fail or leave the range', timeout, () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^-?(Rp ?)?[\d.,]{0,18} ?(rb|k|jt)?$/)), (text) => {
        const amount = parseRupiah(text);
        if (amount === undefined) return;
        expect(Number.isSafeInteger(amount)).toBe(true);
        expect(Math.abs(amount)).toBeLessThanOrEqual(MAX_RUPIAH);
        expect(text).toMatch(/\d/);
      }),
      seeded(),
    );
  });
});

test('quantities are read back as they were written, with a comma or a point', timeout, () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 99_999_999_999 })), (thousandths) => {
      const text = formatQty(qty(thousandths));
      expect(parseQty(text)).toBe(thousandths);
      expect(parseQty(text.replace(',', '.'))).toBe(thousandths);
    }),
    seeded(),
  );
});

describe('days', () => {
  const moments = fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(9999, 11, 30) });
  const offsets = fc.constantFrom(420, 480, 540, 0, -600);

  test('and clock times are those of the runtime\u2019s calendar', timeout, () => {
    fc.assert(
      fc.property(moments, offsets, (atMs, offsetMinutes) => {
        const iso = new Date(atMs + offsetMinutes * 60_000).toISOString();
        expect(businessDayAt(atMs, offsetMinutes)).toBe(iso.slice(0, 10));
        expect(formatTime(atMs, offsetMinutes)).toBe(iso.slice(11, 16));
      }),
      seeded(),
    );
  });

  test('can be added and counted back', timeout, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2150, 0, 1) }),
        fc.integer({ min: -18_000, max: 18_000 }),
        (atMs, count) => {
          const day = businessDayAt(atMs, 0);
          const later = addDays(day, count);
          expect(later).toBe(new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10));
          expect(daysBetween(day, later)).toBe(count);
        },
      ),
      seeded(),
    );
  });

  test('exist exactly when the runtime\u2019s calendar has them', timeout, () => {
    const parts = fc.tuple(fc.integer({ min: 1850, max: 2150 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }));
    fc.assert(
      fc.property(parts, ([year, month, dayOfMonth]) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
        const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
        expect(isBusinessDay(text)).toBe(year >= 1900 && date.toISOString().slice(0, 10) === text);
      }),
      seeded(),
    );
  });
});

const WORD_VALUES: Record<string, number> = {
  satu: 1,
  dua: 2,
  tiga: 3,
  empat: 4,
  lima: 5,
  enam: 6,
  tujuh: 7,
  delapan: 8,
  sembilan: 9,
  sepuluh: 10,
  sebelas: 11,
};
const GROUP_SIZES: Record<string, number> = { ribu: 1e3, juta: 1e6, miliar: 1e9, triliun: 1e12 };

/** Reads words back; throws at one it does not know. Small numbers gather until belas, puluh, ratus or a group closes them. */
function fromWords(text: string): number {
  let [total, group, small] = [0, 0, 0];
  for (const word of text.split(' ')) {
    if (word === 'nol') small = 0;
    else if (WORD_VALUES[word] !== undefined) small = WORD_VALUES[word];
    else if (word === 'belas') [group, small] = [group + 10 + small, 0];
    else if (word === 'puluh') [group, small] = [group + small * 10, 0];
    else if (word === 'seratus') group += 100;
    else if (word === 'ratus') [group, small] = [group + small * 100, 0];
    else if (word === 'seribu') total += 1000;
    else if (GROUP_SIZES[word] !== undefined)
      [total, group, small] = [total + (group + small) * GROUP_SIZES[word], 0, 0];
    else throw new Error(`unknown word ${word}`);
  }
  return total + group + small;
}

test('amounts in words are read back as the number, and never say satu where it is se-', timeout, () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.nat({ max: 2_000_000 }), fc.nat({ max: MAX_RUPIAH }), fc.nat({ max: 999_999_999_999_999 })),
      (value) => {
        const words = terbilang(value);
        expect(fromWords(words)).toBe(value);
        expect(words).not.toMatch(/satu (belas|puluh|ratus)|(^|juta |miliar |triliun )satu ribu| {2}|^ | $/);
        expect(terbilang(-value)).toBe(value === 0 ? 'nol' : `minus ${words}`);
      },
    ),
    seeded(),
  );
});

test('an EAN with one digit changed, or two unlike neighbours swapped, is found out', timeout, () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 99_999_999_999 }),
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (number, place, by) => {
        const code = inStoreEan13(number);
        expect(inStoreNumber(code)).toBe(number);
        expect(eanCheckDigit(code.slice(0, 12))).toBe(Number(code.at(12)));
        const changed = (Number(code.at(place)) + by) % 10;
        expect(isEan(code.slice(0, place) + changed + code.slice(place + 1))).toBe(false);
        const [left, right] = [Number(code.at(place)), Number(code.at(place + 1))];
        // Digits that differ by 5 swap unseen: a known limit of the code, not of this program.
        if (place === 12 || Math.abs(left - right) % 5 === 0) return;
        expect(isEan(`${code.slice(0, place)}${right}${left}${code.slice(place + 2)}`)).toBe(false);
      },
    ),
    seeded(),
  );
});

test('command ids have their shape whatever the bytes, and differ when the bytes do', timeout, () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 - 1 }), bytes, bytes, (atMs, first, second) => {
      const id = uuidV7(atMs, first);
      expect(isCommandId(id)).toBe(true);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(atMs);
      const kept = (source: Uint8Array) =>
        [source[6]! & 15, source[7], source[8]! & 63, ...source.subarray(9)].join();
      expect(uuidV7(atMs, second) === id).toBe(kept(first) === kept(second));
    }),
    seeded(),
  );
});

describe('paper', () => {
  const widths = fc.integer({ min: MIN_COLUMNS, max: MAX_COLUMNS });

  test('takes any text: plain characters only, no line too long, no word lost', timeout, () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: MAX_COLUMNS }), (text, width) => {
        const plain = transliterate(text);
        expect(plain).toMatch(/^[\x20-\x7e]*$/);
        expect(transliterate(plain)).toBe(plain);
        const lines = wrapText(text, width);
        for (const line of lines) expect(line.length >= 1 && line.length <= width).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(plain.replaceAll(' ', ''));
      }),
      seeded(),
    );
  });

  test('shows an amount whole beside any label', timeout, () => {
    fc.assert(
      fc.property(anyText, signedUpTo(MAX_RUPIAH), widths, (label, amount, width) => {
        const text = formatRupiah(rupiah(amount));
        const lines = leftRight(label, text, width);
        for (const line of lines) expect(line).toHaveLength(width);
        expect(lines.at(-1)!.endsWith(text)).toBe(true);
        const beforeAmount = lines.join('').slice(0, -text.length);
        expect(beforeAmount.replaceAll(' ', '')).toBe(transliterate(label).replaceAll(' ', ''));
        if (label.trim() !== '' && lines.length === 1)
          expect(lines[0]!.at(width - text.length - 1)).toBe(' ');
      }),
      seeded(),
    );
  });
});

test('no row of a spreadsheet makes the reader fail, and every product it gives is whole', timeout, () => {
  const mapping = mapHeaders(['Kode', 'Nama', 'Penitip', 'Harga Jual', 'Harga Titip', 'Kategori', 'Satuan']);
  const cell = fc.oneof(
    anyText,
    fc.constantFrom('Kue', 'P001', '18.000', '15rb', '', null, undefined, '8,9E+12'),
    fc.double(),
    fc.nat(),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 9 }), fc.nat(), (cells, row) => {
      const result = readProductRow(cells, mapping, row);
      if (result.kind === 'failed') expect(result.problems.length).toBeGreaterThan(0);
      if (result.kind !== 'product') return;
      const { product } = result;
      expect(product.name.length >= 1 && product.name.length <= 80).toBe(true);
      expect(product.price).toBeGreaterThan(0);
      expect(product.netPrice ?? 0).toBeGreaterThanOrEqual(0);
      expect(product.code ?? '0').toMatch(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/);
      expect([product.name, product.vendor, product.unit, product.category].join('')).not.toMatch(
        /\p{Control}/u,
      );
    }),
    seeded(),
  );
});
