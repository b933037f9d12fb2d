/**
 * The codewords of a QR code (ISO/IEC 18004): a text's bits filled up, cut into blocks, each with its words of error
 * correction (Reed and Solomon's, over the 256 numbers that the polynomial 0x11d makes), and interleaved.
 */
import { assertRule } from '../../../shared/domain/check.ts';
import { addBits, qrTextBits, WIDER_FROM } from './qr-text.ts';

/** How much of a code may be lost: a fifteenth or a seventh. */
export type QrLevel = 'L' | 'M';

/** Table 9 of the standard for versions 1 to 20, which carry the longest text on our papers: words of correction a block, and blocks. */
const CORRECTION: Readonly<Record<QrLevel, readonly number[]>> = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26],
};
const BLOCKS: Readonly<Record<QrLevel, readonly number[]>> = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16],
};
const MOST_VERSION = 20;

/** Words that stand where the text has ended, in turn. */
const FILLERS = [0xec, 0x11] as const;
const MOST_END_BITS = 4;

export interface QrWords {
  readonly version: number;
  /** Text and correction, interleaved, in the order in which they are drawn. */
  readonly words: readonly number[];
}

/** In the smallest version that holds the text. Throws "rule broken" for other than printable ASCII, and for a text that fits none. */
export function qrWords(text: string, level: QrLevel): QrWords {
  let bits = qrTextBits(text, 0);
  for (let version = 1; ; version += 1) {
    assertRule(version <= MOST_VERSION, 'a QR code of ours holds the text');
    if (version === WIDER_FROM) bits = qrTextBits(text, 1);
    const shape = shapeOf(version, level);
    const room = shape.dataWords * 8;
    if (bits.length <= room) return { version, words: interleaved(filledUp(bits, room), shape) };
  }
}

interface Shape {
  blocks: number;
  correction: number;
  words: number;
  dataWords: number;
}

function shapeOf(version: number, level: QrLevel): Shape {
  const blocks = BLOCKS[level][version - 1] as number;
  const correction = CORRECTION[level][version - 1] as number;
  const words = Math.floor(dataModules(version) / 8);
  return { blocks, correction, words, dataWords: words - blocks * correction };
}

/** Modules that carry words: all but the finders, the timing, the alignments, and what says format and version. */
function dataModules(version: number): number {
  const size = 17 + 4 * version;
  const finders = 3 * 64;
  const format = 31;
  const timing = 2 * (size - 16);
  if (version === 1) return size * size - finders - format - timing;
  const alignments = Math.floor(version / 7) + 2;
  // Three corners have none; those on a timing line share five modules with it.
  const aligned = (alignments * alignments - 3) * 25 - 2 * (alignments - 2) * 5;
  const versionBits = version < 7 ? 0 : 36;
  return size * size - finders - format - timing - aligned - versionBits;
}

function filledUp(bits: number[], room: number): number[] {
  addBits(bits, 0, Math.min(MOST_END_BITS, room - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const words = Array.from({ length: bits.length / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((word, bit) => word * 2 + bit, 0),
  );
  for (let filler = 0; words.length < room / 8; filler += 1) words.push(FILLERS[filler % 2] as number);
  return words;
}

/** The first word of each block, then the second of each; the later blocks may be longer by one word. */
function interleaved(data: readonly number[], { blocks, correction, words }: Shape): number[] {
  const shorter = blocks - (words % blocks);
  const length = Math.floor(words / blocks) - correction;
  const generator = generatorOf(correction);
  const parts: (readonly number[])[] = [];
  for (let block = 0, from = 0; block < blocks; block += 1) {
    const to = from + length + (block < shorter ? 0 : 1);
    parts.push(data.slice(from, to));
    from = to;
  }
  const checks = parts.map((part) => remainder(part, generator));
  return [...inTurn(parts, length + 1), ...inTurn(checks, correction)];
}

function inTurn(parts: readonly (readonly number[])[], length: number): number[] {
  return Array.from({ length }, (_, at) => parts.flatMap((part) => part[at] ?? [])).flat();
}

const POWERS: number[] = [1];
for (let power = 1; power < 255; power += 1) {
  const doubled = (POWERS[power - 1] as number) * 2;
  POWERS.push(doubled > 255 ? doubled ^ 0x11d : doubled);
}
const LOGARITHMS = new Uint8Array(256);
for (const [power, value] of POWERS.entries()) LOGARITHMS[value] = power;

function product(left: number, right: number): number {
  if (left === 0 || right === 0) return 0;
  return POWERS[((LOGARITHMS[left] as number) + (LOGARITHMS[right] as number)) % 255] as number;
}

/** The product of (x - 2^k) for k below `degree`, without its highest coefficient, which is 1. */
function generatorOf(degree: number): number[] {
  let polynomial = [1];
  for (let power = 0; power < degree; power += 1) {
    const root = POWERS[power] as number;
    const shifted = [...polynomial, 0];
    polynomial = shifted.map((value, at) => value ^ product(polynomial[at - 1] ?? 0, root));
  }
  return polynomial.slice(1);
}

/** What is left when the words, as a polynomial, are divided by the generator: the words of correction. */
function remainder(words: readonly number[], generator: readonly number[]): number[] {
  const rest = generator.map(() => 0);
  for (const word of words) {
    const factor = word ^ (rest.shift() as number);
    rest.push(0);
    for (let at = 0; at < generator.length; at += 1) {
      rest[at] = (rest[at] as number) ^ product(generator[at] as number, factor);
    }
  }
  return rest;
}
