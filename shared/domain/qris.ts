/** One field of a payment code: two digits of tag, then two digits of length, then the value. */
export interface QrisTag {
  readonly tag: string;
  readonly value: string;
}

export type QrisProblem =
  | 'too-long'
  | 'not-ascii'
  /** A tag or a length that is no two digits, or a length beyond the end of the text (or of its template). */
  | 'bad-length'
  | 'tag-missing'
  | 'duplicate-tag'
  | 'wrong-format'
  | 'wrong-crc'
  | 'text-after-crc'
  | 'not-static'
  | 'not-rupiah'
  | 'amount-out-of-range'
  | 'bill-not-allowed';

/** Why a code cannot be used; `tag` names the field, `62/01` for one inside a template, where there is one. */
export interface QrisFailure {
  readonly ok: false;
  readonly problem: QrisProblem;
  readonly tag?: string;
}

/** A payment code whose every length and checksum is right. Texts are as written; empty where the code has none. */
export interface Qris {
  readonly ok: true;
  /** All fields in their order, 63 included. */
  readonly tags: readonly QrisTag[];
  readonly merchantName: string;
  readonly city: string;
  /** True for the printed code that the payer types an amount into. */
  readonly isStatic: boolean;
  /** National merchant id, from the national repository's template. */
  readonly nmid: string | undefined;
  /** The amount if it is whole rupiah, whether written `25000` or `25000.00`. */
  readonly amountRupiah: number | undefined;
  readonly bill: string | undefined;
}

/** No payment code is longer: EMVCo allows 512 characters. */
export const MAX_QRIS_LENGTH = 512;

/** Bank Indonesia's limit for one QRIS payment, in rupiah (PADG 24/1/PADG/2022). */
export const MAX_QRIS_RUPIAH = 10_000_000;

/** EMVCo: a bill number has at most 25 characters. */
export const MAX_BILL_LENGTH = 25;

const MAX_VALUE_LENGTH = 99;

/**
 * Reads a QRIS payment code (EMVCo merchant-presented mode) completely, spaces and all: nothing is trimmed.
 * Docs/domain rule, QRIS: refuse bad lengths, missing 00, 58 or 63, and a wrong CRC. Besides: a tag given twice, text
 * after 63, anything but printable ASCII (lengths count characters, and elsewhere these are not bytes), over 512.
 */
export function parseQris(text: string): Qris | QrisFailure {
  if (text.length > MAX_QRIS_LENGTH) return failure('too-long');
  if (!/^[\x20-\x7e]*$/.test(text)) return failure('not-ascii');
  const read = readTags(text);
  if (!read.ok) return read;
  const { tags } = read;
  if (tags[0]?.tag !== '00') return failure('tag-missing', '00');
  if (tags[0].value !== '01') return failure('wrong-format', '00');
  const checksum = fieldValue(tags, '63');
  if (checksum === undefined) return failure('tag-missing', '63');
  if (checksum !== crcHex(text.slice(0, -4))) return failure('wrong-crc', '63');
  if (fieldValue(tags, '58') === undefined) return failure('tag-missing', '58');
  return readTemplates(tags);
}

/**
 * The dynamic code of one payment, from a center's static code: 01 becomes 12, the amount (whole rupiah, 1 to
 * 10.000.000) stands in 54 right after 53, the optional bill number (1–25 letters and digits) in 62/01 with the other
 * parts of 62 as they were, and 63 is made anew. Everything else keeps its place and its bytes.
 */
export function dynamicQris(
  staticText: string,
  payment: { readonly amountRupiah: number; readonly bill?: string | undefined },
): { readonly ok: true; readonly text: string } | QrisFailure {
  const { amountRupiah, bill } = payment;
  if (!Number.isSafeInteger(amountRupiah) || amountRupiah < 1 || amountRupiah > MAX_QRIS_RUPIAH) {
    return failure('amount-out-of-range', '54');
  }
  if (bill !== undefined && (bill.length > MAX_BILL_LENGTH || !/^[A-Za-z0-9]+$/.test(bill))) {
    return failure('bill-not-allowed', '62/01');
  }
  const code = parseQris(staticText);
  if (!code.ok) return code;
  if (!code.isStatic) return failure('not-static', '01');
  const currency = fieldValue(code.tags, '53');
  if (currency === undefined) return failure('tag-missing', '53');
  if (currency !== '360') return failure('not-rupiah', '53');

  const priced = code.tags
    .filter(({ tag }) => tag !== '54' && tag !== '63')
    .flatMap(({ tag, value }) => {
      if (tag === '01') return [{ tag, value: '12' }];
      return tag === '53'
        ? [
            { tag, value },
            { tag: '54', value: String(amountRupiah) },
          ]
        : [{ tag, value }];
    });
  const billed = bill === undefined ? priced : withBill(priced, bill);
  if (billed.some(({ value }) => value.length > MAX_VALUE_LENGTH)) return failure('too-long', '62');
  const unsigned = `${writeTags(billed)}6304`;
  const text = unsigned + crcHex(unsigned);
  return text.length > MAX_QRIS_LENGTH ? failure('too-long') : { ok: true, text };
}

/** Fields as text. The caller answers for two-digit tags and values of at most 99 characters. */
export function writeTags(tags: readonly QrisTag[]): string {
  return tags.map(({ tag, value }) => `${tag}${String(value.length).padStart(2, '0')}${value}`).join('');
}

/** CRC-16/CCITT-FALSE over ASCII text: polynomial 1021, start FFFF, nothing reflected; `123456789` gives 0x29B1. */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}

type TagList = { readonly ok: true; readonly tags: QrisTag[] };

/** All fields of a code or of a template; `parent` only names the place of a problem. */
function readTags(text: string, parent?: string): TagList | QrisFailure {
  const named = (tag: string) => (parent === undefined ? tag : `${parent}/${tag}`);
  const tags: QrisTag[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at < text.length) {
    const head = text.slice(at, at + 4);
    const tag = head.slice(0, 2);
    const end = at + 4 + Number(head.slice(2));
    if (!/^\d{4}$/.test(head) || end > text.length) return failure('bad-length', named(tag));
    if (seen.has(tag)) return failure('duplicate-tag', named(tag));
    seen.add(tag);
    tags.push({ tag, value: text.slice(at + 4, end) });
    at = end;
    // Whatever follows the checksum is not covered by it and need not look like a field at all.
    if (tag === '63' && parent === undefined && at < text.length) return failure('text-after-crc', '63');
  }
  return { ok: true, tags };
}

/** EMVCo: 26–51 are merchant account templates, 62 is additional data; all of them hold fields of their own. */
function readTemplates(tags: readonly QrisTag[]): Qris | QrisFailure {
  const inside = new Map<string, readonly QrisTag[]>();
  for (const { tag, value } of tags) {
    if (tag !== '62' && (tag < '26' || tag > '51')) continue;
    const read = readTags(value, tag);
    if (!read.ok) return read;
    inside.set(tag, read.tags);
  }
  return {
    ok: true,
    tags,
    merchantName: fieldValue(tags, '59') ?? '',
    city: fieldValue(tags, '60') ?? '',
    isStatic: fieldValue(tags, '01') === '11',
    nmid: fieldValue(inside.get('51') ?? [], '02'),
    amountRupiah: wholeRupiah(fieldValue(tags, '54')),
    bill: fieldValue(inside.get('62') ?? [], '01'),
  };
}

function wholeRupiah(text: string | undefined): number | undefined {
  const match = /^(\d{1,13})(?:\.0{0,2})?$/.exec(text ?? '');
  return match === null ? undefined : Number(match[1]);
}

/** The bill number in its place: over the one there is, else before the other parts of 62, else in a 62 of its own. */
function withBill(tags: readonly QrisTag[], bill: string): QrisTag[] {
  const additional = fieldValue(tags, '62');
  if (additional === undefined) {
    const value = writeTags([{ tag: '01', value: bill }]);
    const before = tags.findIndex(({ tag }) => tag > '62');
    return tags.toSpliced(before < 0 ? tags.length : before, 0, { tag: '62', value });
  }
  const read = readTags(additional, '62');
  const parts = read.ok ? read.tags : [];
  const replaced = parts.map((part) => (part.tag === '01' ? { tag: '01', value: bill } : part));
  const hasBill = parts.some(({ tag }) => tag === '01');
  const value = writeTags(hasBill ? replaced : [{ tag: '01', value: bill }, ...parts]);
  return tags.map((field) => (field.tag === '62' ? { tag: '62', value } : field));
}

function fieldValue(tags: readonly QrisTag[], tag: string): string | undefined {
  return tags.find((field) => field.tag === tag)?.value;
}

function crcHex(text: string): string {
  return crc16(text).toString(16).toUpperCase().padStart(4, '0');
}

function failure(problem: QrisProblem, tag?: string): QrisFailure {
  return tag === undefined ? { ok: false, problem } : { ok: false, problem, tag };
}
