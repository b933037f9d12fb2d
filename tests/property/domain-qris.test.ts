/**
 * Proves that no QRIS code is misread: any list of fields comes back as it was written, a code with one changed
 * character is always refused, and a dynamic code carries amount and bill number and leaves the rest alone.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  crc16,
  dynamicQris,
  MAX_QRIS_RUPIAH,
  parseQris,
  type QrisTag,
  writeTags,
} from '../../shared/domain/qris.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };

const printable = (maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength,
  });
const twoDigits = (min: number, max: number) =>
  fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));
const fields = (tags: fc.Arbitrary<string>, maxLength: number, maxFields: number) =>
  fc.uniqueArray(fc.record({ tag: tags, value: printable(maxLength) }), {
    selector: ({ tag }) => tag,
    maxLength: maxFields,
  });

/** Templates hold fields of their own; whatever else stands in a code is text. */
const subfields = fields(twoDigits(0, 99), 20, 4);
const free = fields(
  fc.oneof(twoDigits(2, 25), twoDigits(55, 57), twoDigits(59, 61), twoDigits(64, 99)),
  30,
  4,
);

interface Parts {
  readonly accounts: readonly { readonly tag: string; readonly inside: QrisTag[] }[];
  readonly additional: QrisTag[] | null;
  readonly others: readonly QrisTag[];
  readonly amount: string | null;
}

const parts: fc.Arbitrary<Parts> = fc.record({
  accounts: fc.uniqueArray(fc.record({ tag: twoDigits(26, 51), inside: subfields }), {
    selector: ({ tag }) => tag,
    maxLength: 2,
  }),
  additional: fc.option(fields(twoDigits(0, 99), 12, 4)),
  others: free,
  amount: fc.option(fc.nat({ max: 99_999_999 }).map(String)),
});

/** A valid code: the fields that must be there, and the others in any order behind 00. */
const codes = fc.tuple(parts, fc.constantFrom('11', '12'), fc.nat()).map(([drawn, initiation, turn]) => {
  const behind: QrisTag[] = [
    { tag: '01', value: initiation },
    ...drawn.accounts.map(({ tag, inside }) => ({ tag, value: writeTags(inside) })),
    { tag: '53', value: '360' },
    ...(drawn.amount === null ? [] : [{ tag: '54', value: drawn.amount }]),
    { tag: '58', value: 'ID' },
    ...(drawn.additional === null ? [] : [{ tag: '62', value: writeTags(drawn.additional) }]),
    ...drawn.others,
  ];
  const at = turn % behind.length;
  return {
    initiation,
    drawn,
    tags: [{ tag: '00', value: '01' }, ...behind.slice(at), ...behind.slice(0, at)],
  };
});

function signed(tags: readonly QrisTag[]): string {
  const unsigned = `${writeTags(tags)}6304`;
  return unsigned + crc16(unsigned).toString(16).toUpperCase().padStart(4, '0');
}

test('the checksum is the remainder of a division of polynomials', timeout, () => {
  fc.assert(
    fc.property(printable(60), (text) => {
      // By definition: the start value is added to the first 16 bits, and 16 zeros are appended.
      const bits = [...text].flatMap((char) =>
        [...char.charCodeAt(0).toString(2).padStart(8, '0')].map(Number),
      );
      const dividend = [...bits, ...new Array<number>(16).fill(0)];
      for (let place = 0; place < 16; place += 1) dividend[place]! ^= 1;
      const divisor = [...(0x11021).toString(2)].map(Number);
      for (let place = 0; place < bits.length; place += 1) {
        if (dividend[place] === 0) continue;
        for (const [index, bit] of divisor.entries()) dividend[place + index]! ^= bit;
      }
      expect(crc16(text)).toBe(Number.parseInt(dividend.slice(-16).join(''), 2));
    }),
    seeded(),
  );
});

test('any valid code comes back field by field', timeout, () => {
  fc.assert(
    fc.property(codes, ({ tags, initiation, drawn }) => {
      const text = signed(tags);
      const code = parseQris(text);
      if (!code.ok) throw new Error(`${code.problem} ${code.tag}: ${text}`);
      expect(writeTags(code.tags)).toBe(text);
      expect(code.tags.slice(0, -1)).toEqual(tags);
      expect(code.isStatic).toBe(initiation === '11');
      expect(code.merchantName).toBe(tags.find(({ tag }) => tag === '59')?.value ?? '');
      expect(code.amountRupiah).toBe(drawn.amount === null ? undefined : Number(drawn.amount));
      expect(code.bill).toBe(drawn.additional?.find(({ tag }) => tag === '01')?.value);
    }),
    seeded(),
  );
});

test('a code with one character changed, left out or added is refused', timeout, () => {
  const changes = fc.record({
    place: fc.nat(),
    by: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    how: fc.constantFrom('change', 'leave out', 'add'),
  });
  fc.assert(
    fc.property(codes, changes, ({ tags }, { place, by, how }) => {
      const text = signed(tags);
      const at = place % text.length;
      const changed =
        text.slice(0, at) + (how === 'leave out' ? '' : by) + text.slice(how === 'add' ? at : at + 1);
      const read = parseQris(changed);
      // Longer and shorter texts are only caught by 16 bits of checksum, so what passes must at least be itself.
      if (how === 'change') expect(read.ok).toBe(changed === text);
      if (read.ok) expect(writeTags(read.tags)).toBe(changed);
    }),
    seeded(),
  );
});

test('no text makes the reader fail', timeout, () => {
  const almost = codes.chain(({ tags }) =>
    fc.nat({ max: 200 }).map((length) => signed(tags).slice(0, length)),
  );
  fc.assert(
    fc.property(fc.oneof(printable(80), fc.string({ unit: 'binary' }), almost), (text) => {
      const read = parseQris(text);
      if (read.ok) expect(writeTags(read.tags)).toBe(text);
      else expect(read.problem).toMatch(/^[a-z-]+$/);
    }),
    seeded(),
  );
});

describe('a dynamic code', () => {
  const payments = fc.record({
    amountRupiah: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: MAX_QRIS_RUPIAH })),
    bill: fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,25}$/), { nil: undefined }),
  });

  test('carries amount and bill and keeps everything else, in its order', timeout, () => {
    const additionalOf = (tags: readonly QrisTag[]) => tags.find(({ tag }) => tag === '62')?.value;
    const untouched = (tags: readonly QrisTag[]) =>
      tags.filter(({ tag }) => !['01', '54', '62', '63'].includes(tag));
    fc.assert(
      fc.property(codes, payments, ({ tags, initiation, drawn }, payment) => {
        const staticText = signed(tags);
        const made = dynamicQris(staticText, payment);
        if (!made.ok) {
          expect(made.problem).toBe(initiation === '12' ? 'not-static' : 'too-long');
          return;
        }
        const code = parseQris(made.text);
        if (!code.ok) throw new Error(`${code.problem}: ${made.text}`);
        expect(code.isStatic).toBe(false);
        expect(code.amountRupiah).toBe(payment.amountRupiah);
        expect(untouched(code.tags)).toEqual(untouched(tags));
        const ids = code.tags.map(({ tag }) => tag);
        expect(ids.indexOf('54')).toBe(ids.indexOf('53') + 1);
        expect(ids.at(-1)).toBe('63');
        if (payment.bill === undefined) {
          expect(additionalOf(code.tags)).toBe(additionalOf(tags));
          return;
        }
        expect(code.bill).toBe(payment.bill);
        const others = (drawn.additional ?? []).filter(({ tag }) => tag !== '01');
        const withoutBill = additionalOf(code.tags)!.replace(
          writeTags([{ tag: '01', value: payment.bill }]),
          '',
        );
        expect(withoutBill).toBe(writeTags(others));
      }),
      seeded(),
    );
  });

  test('is too long only when it has to be', timeout, () => {
    fc.assert(
      fc.property(codes, payments, ({ tags, initiation, drawn }, payment) => {
        fc.pre(initiation === '11');
        const others = writeTags((drawn.additional ?? []).filter(({ tag }) => tag !== '01')).length;
        const additional = payment.bill === undefined ? 0 : others + 4 + payment.bill.length;
        const rest = writeTags(tags.filter(({ tag }) => tag !== '54' && tag !== '62')).length + 8;
        const kept = payment.bill === undefined && drawn.additional !== null;
        const size = kept ? writeTags(drawn.additional!).length + 4 : additional && additional + 4;
        const length = rest + 4 + String(payment.amountRupiah).length + size;
        expect(dynamicQris(signed(tags), payment).ok).toBe(additional <= 99 && length <= 512);
      }),
      seeded(),
    );
  });
});
