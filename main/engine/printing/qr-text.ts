/**
 * The bits of a text in a QR code (ISO/IEC 18004, data encoding): digits, capital letters and anything else take 3 1/3,
 * 5 1/2 and 8 bits, and each change between them a head. Codes of payment are mostly digits and capitals.
 */
import { assertRule } from '../../../shared/domain/check.ts';

const CAPITALS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** Characters of the first two modes go in groups of 3 and 2, with fewer bits for what is left over. */
const MODES = [
  { indicator: 0b0001, countBits: [10, 12], fits: /^\d$/, group: 3, groupBits: [0, 4, 7, 10], sixths: 20 },
  {
    indicator: 0b0010,
    countBits: [9, 11],
    fits: /^[0-9A-Z $%*+\-./:]$/,
    group: 2,
    groupBits: [0, 6, 11],
    sixths: 33,
  },
  { indicator: 0b0100, countBits: [8, 16], fits: /^[\x20-\x7e]$/, group: 1, groupBits: [0, 8], sixths: 48 },
] as const;
type Mode = (typeof MODES)[number];

const INDICATOR_BITS = 4;
const SIXTHS = 6;
/** From this version on the count of characters takes more bits; the next step is beyond what we print. */
export const WIDER_FROM = 10;

/**
 * A text's bits, the most significant first, for a code of version 1 to 9 (`size` 0) or 10 to 26 (1). Throws for anything
 * but printable ASCII.
 */
export function qrTextBits(text: string, size: 0 | 1): number[] {
  const modes = modesOf(text, size);
  const bits: number[] = [];
  for (let from = 0; from < text.length; ) {
    const mode = modes[from] as Mode;
    let to = from;
    while (modes[to] === mode) to += 1;
    addBits(bits, mode.indicator, INDICATOR_BITS);
    addBits(bits, to - from, mode.countBits[size]);
    for (let at = from; at < to; at += mode.group)
      addGroup(bits, mode, text.slice(at, Math.min(to, at + mode.group)));
    from = to;
  }
  return bits;
}

/** The mode of each character with which the whole takes the fewest bits: the shortest way through all choices. */
function modesOf(text: string, size: 0 | 1): Mode[] {
  const heads = MODES.map(({ countBits }) => (INDICATOR_BITS + countBits[size]) * SIXTHS);
  let costs = heads;
  const ways: number[][] = [];
  for (const character of text) {
    const before = costs;
    const costOf = (to: number, from: number) =>
      from === to ? (before[from] as number) : whole(before[from] as number) + (heads[to] as number);
    const way = MODES.map((_, to) => cheapest([costOf(to, 0), costOf(to, 1), costOf(to, 2)]));
    costs = MODES.map(({ fits, sixths }, to) =>
      fits.test(character) ? costOf(to, way[to] as number) + sixths : Number.POSITIVE_INFINITY,
    );
    ways.push(way);
  }
  let mode = cheapest(costs);
  assertRule(
    costs[mode] !== Number.POSITIVE_INFINITY && text.length > 0,
    'a QR code carries printable ASCII',
  );
  const modes: Mode[] = [];
  for (const way of ways.reverse()) {
    modes.push(MODES[mode] as Mode);
    mode = way[mode] as number;
  }
  return modes.reverse();
}

function whole(sixths: number): number {
  return Math.ceil(sixths / SIXTHS) * SIXTHS;
}

function cheapest(costs: readonly number[]): number {
  return costs.indexOf(Math.min(...costs));
}

function addGroup(bits: number[], { group, groupBits }: Mode, characters: string): void {
  const count = groupBits[characters.length] as number;
  if (group === 3) return addBits(bits, Number(characters), count);
  if (group === 1) return addBits(bits, characters.charCodeAt(0), count);
  let value = 0;
  for (const character of characters) value = value * CAPITALS.length + CAPITALS.indexOf(character);
  addBits(bits, value, count);
}

/** Adds the lowest `count` bits of `value`, the most significant first. */
export function addBits(bits: number[], value: number, count: number): void {
  for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
}
