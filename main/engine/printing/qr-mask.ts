/**
 * Turns modules over so that no large blots, stripes or false finders stand in a QR code: of eight masks the one that the
 * standard's four rules (ISO/IEC 18004, evaluation of masks) like best. A reader undoes whichever it was.
 */
import type { QrSquare } from './qr-modules.ts';

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const RUN = { from: 5, points: 3 };
const BLOCK_POINTS = 3;
const FALSE_FINDER_POINTS = 40;
const SHARE_POINTS = 10;
/** A finder's middle with four light modules on one side of it, as the last eleven modules. */
const FINDER_THEN_LIGHT = 0b10111010000;
const LIGHT_THEN_FINDER = 0b00001011101;
const ELEVEN = 0b11111111111;

/** Each mask repeats itself after twelve modules, either way: it is asked for those only. */
const PERIOD = 12;
const TILES = MASKS.map((isTurned) =>
  Uint8Array.from({ length: PERIOD * PERIOD }, (_, at) =>
    isTurned(at % PERIOD, Math.floor(at / PERIOD)) ? 1 : 0,
  ),
);

/** Masks the square with the best of the masks. `setFormat` writes a mask's number into it, which is judged with it. */
export function qrMask(square: QrSquare, setFormat: (mask: number) => void): void {
  let best = square.dark;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [mask, tile] of TILES.entries()) {
    setFormat(mask);
    const masked = turnedOver(square, tile);
    const points = pointsOf(masked, square.size);
    if (points >= fewest) continue;
    best = masked;
    fewest = points;
  }
  square.dark.set(best);
}

function turnedOver({ size, dark, isFixed }: QrSquare, tile: Uint8Array): Uint8Array {
  const turned = new Uint8Array(dark);
  for (let y = 0, place = 0; y < size; y += 1) {
    const row = (y % PERIOD) * PERIOD;
    for (let x = 0; x < size; x += 1, place += 1) {
      if (isFixed[place] === 0)
        turned[place] = (dark[place] as number) ^ (tile[row + (x % PERIOD)] as number);
    }
  }
  return turned;
}

/** The fewer the better. */
function pointsOf(dark: Uint8Array, size: number): number {
  let points = 0;
  for (let line = 0; line < size; line += 1) {
    points += pointsOfLine(dark, line * size, 1, size) + pointsOfLine(dark, line, size, size);
  }
  let count = 0;
  for (let place = 0; place < size * size; place += 1) {
    count += dark[place] as number;
    const isInner = place % size < size - 1 && place < size * (size - 1);
    if (isInner && isBlock(dark, place, size)) points += BLOCK_POINTS;
  }
  const percentOff = Math.abs((count * 100) / (size * size) - 50);
  return points + Math.floor(percentOff / 5) * SHARE_POINTS;
}

function isBlock(dark: Uint8Array, place: number, size: number): boolean {
  const own = dark[place];
  return own === dark[place + 1] && own === dark[place + size] && own === dark[place + size + 1];
}

/** Runs of one colour and false finders in a row (`step` 1) or a column. */
function pointsOfLine(dark: Uint8Array, from: number, step: number, size: number): number {
  let points = 0;
  let run = 0;
  let last = -1;
  let window = 0;
  for (let at = 0, place = from; at < size; at += 1, place += step) {
    const own = dark[place] as number;
    run = own === last ? run + 1 : 1;
    last = own;
    if (run === RUN.from) points += RUN.points;
    else if (run > RUN.from) points += 1;
    window = ((window << 1) | own) & ELEVEN;
    const isFinder = window === FINDER_THEN_LIGHT || window === LIGHT_THEN_FINDER;
    if (at >= 10 && isFinder) points += FALSE_FINDER_POINTS;
  }
  return points;
}
