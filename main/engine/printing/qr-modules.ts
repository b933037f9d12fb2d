/**
 * The dark and light modules of a QR code (ISO/IEC 18004). Ours because the library that draws the other codes took 30
 * to 45 ms for one, in the thread in which sales are recorded; this takes one or two.
 */
import { qrMask } from './qr-mask.ts';
import { type QrLevel, qrWords } from './qr-words.ts';

/** A square of modules under work: 1 is dark. `isFixed` are those that carry no words, and that no mask turns over. */
export interface QrSquare {
  readonly size: number;
  readonly dark: Uint8Array;
  readonly isFixed: Uint8Array;
}

/** Rows of modules from the top, true is dark, no quiet zone. Throws "rule broken" for what no code of ours carries. */
export function qrModules(text: string, level: QrLevel): boolean[][] {
  const { version, words } = qrWords(text, level);
  const size = 17 + 4 * version;
  const square: QrSquare = { size, dark: new Uint8Array(size * size), isFixed: new Uint8Array(size * size) };
  fixPatterns(square, version);
  const setFormat = (mask: number) => fixFormat(square, level, mask);
  setFormat(0);
  layWords(square, words);
  qrMask(square, setFormat);
  return Array.from({ length: size }, (_, row) =>
    Array.from(square.dark.subarray(row * size, (row + 1) * size), (dark) => dark === 1),
  );
}

function fix({ size, dark, isFixed }: QrSquare, x: number, y: number, isDark: boolean): void {
  if (x < 0 || y < 0 || x >= size || y >= size) return;
  dark[y * size + x] = isDark ? 1 : 0;
  isFixed[y * size + x] = 1;
}

function fixPatterns(square: QrSquare, version: number): void {
  const { size } = square;
  for (let at = 0; at < size; at += 1) {
    fix(square, at, 6, at % 2 === 0);
    fix(square, 6, at, at % 2 === 0);
  }
  const far = size - 4;
  for (const [x, y] of [
    [3, 3],
    [far, 3],
    [3, far],
  ] as const)
    fixRings(square, x, y, 4, [2, 4]);
  const places = alignmentPlaces(version);
  const last = places.length - 1;
  for (const [i, y] of places.entries()) {
    for (const [j, x] of places.entries()) {
      const isCorner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
      if (!isCorner) fixRings(square, x, y, 2, [1]);
    }
  }
  if (version >= 7) fixVersion(square, version);
}

/** Square rings around a middle, out to `reach`; dark but for those at the distances that are `light`. */
function fixRings(square: QrSquare, x: number, y: number, reach: number, light: readonly number[]): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      fix(square, x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }
}

/** Middles of the alignment patterns, along either side: the first at 6, the others evenly back from the far edge. */
function alignmentPlaces(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = 2 * Math.ceil((version * 4 + 4) / (2 * count - 2));
  const far = 17 + 4 * version - 7;
  return Array.from({ length: count }, (_, at) => (at === 0 ? 6 : far - (count - 1 - at) * step));
}

/** What is left of `value` when it is divided by a polynomial over bits: the check bits of format and version. */
function checkBits(value: number, polynomial: number, count: number): number {
  let rest = value << count;
  for (let bit = 31 - Math.clz32(rest); bit >= count; bit = 31 - Math.clz32(rest))
    rest ^= polynomial << (bit - count);
  return rest;
}

function fixVersion(square: QrSquare, version: number): void {
  const bits = (version << 12) | checkBits(version, 0x1f25, 12);
  for (let bit = 0; bit < 18; bit += 1) {
    const [near, far] = [Math.floor(bit / 3), square.size - 11 + (bit % 3)];
    fix(square, far, near, ((bits >> bit) & 1) === 1);
    fix(square, near, far, ((bits >> bit) & 1) === 1);
  }
}

/** Level and mask, twice, around the finders; and the one module that is always dark. */
function fixFormat(square: QrSquare, level: QrLevel, mask: number): void {
  const { size } = square;
  const value = ((level === 'L' ? 1 : 0) << 3) | mask;
  const bits = ((value << 10) | checkBits(value, 0x537, 10)) ^ 0x5412;
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = ((bits >> bit) & 1) === 1;
    // The timing lines are passed over.
    if (bit < 8) fix(square, 8, bit < 6 ? bit : bit + 1, isDark);
    else fix(square, bit === 8 ? 7 : 14 - bit, 8, isDark);
    if (bit < 8) fix(square, size - 1 - bit, 8, isDark);
    else fix(square, 8, size - 15 + bit, isDark);
  }
  fix(square, 8, size - 8, true);
}

/** Words go in columns two modules wide, from the right, up and down in turn; the timing column is passed over. */
function layWords({ size, dark, isFixed }: QrSquare, words: readonly number[]): void {
  let at = 0;
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = (isUp ? size - 1 - step : step) * size;
      for (const place of [row + right, row + right - 1]) {
        if (isFixed[place]) continue;
        // A few modules may be left over: they stay light.
        dark[place] = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        at += 1;
      }
    }
    isUp = !isUp;
  }
}
