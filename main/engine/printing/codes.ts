/**
 * Draws codes as pictures of dots. The modules come from the library, the size is ours: whole dots for each module,
 * as many as the paper has room for, because a module of uneven dots is what readers stumble over.
 */
import { createRequire } from 'node:module';
import { assertRule } from '../../../shared/domain/check.ts';
import type { PaperCode } from '../../../shared/domain/paper.ts';
import type { rawModules } from './code-library.ts';

/** One bit for each dot, most significant first, 1 is black; rows of whole bytes. */
export interface CodePicture {
  readonly rowBytes: number;
  readonly rows: readonly Buffer[];
}

/** Dark modules of a code, rows of equal length, quiet zone included. One row stands for all of a barcode. */
interface Modules {
  readonly rows: readonly (readonly boolean[])[];
}

/** ISO/IEC 18004: a QR code keeps four light modules around it. */
const QR_QUIET = 4;
/** Light modules at the left and right. EAN: GS1 general specifications (11 and 7; 7 and 7); Code 128: ISO/IEC 15417. */
const BAR_QUIET = { ean13: [11, 7], ean8: [7, 7], code128: [10, 10] } as const;

/**
 * Dots for one module, at the usual 8 dots a millimetre. Below the least, readers fail on thermal paper: phones want
 * QR of 3 dots (docs/domain rule, QRIS), the last resort is 2. Above the most a code only wastes paper.
 */
const QR_GOOD_DOTS = 3;
const QR_LEAST_DOTS = 2;
const QR_MOST_DOTS = { small: 4, full: 8 } as const;
const BAR_LEAST_DOTS = 2;
const BAR_MOST_DOTS = 3;
/** 8 mm: enough for a scanner in a hand, half of which hits at a slant. */
const BAR_HEIGHT_DOTS = 64;

/** The longest text a code on our papers carries: that of a QRIS code. */
const MAX_TEXT = 512;

/**
 * The picture of a code on paper of `dots`, centred by white dots at its left; undefined where the paper is too narrow
 * for it. A barcode that is too long for the paper becomes a QR code of the same text, a QR code whose modules would
 * be smaller than 3 dots is made with less error correction before it is made smaller. Throws "rule broken" for a
 * text that the code cannot carry, such as an EAN with a wrong check digit.
 */
export function drawCode({ code, text, small }: PaperCode, dots: number): CodePicture | undefined {
  assertRule(text.length <= MAX_TEXT && /^[\x20-\x7e]+$/.test(text), 'a code carries printable ASCII');
  if (code === 'qr') return drawQr(text, dots, QR_MOST_DOTS[small ? 'small' : 'full']);
  const bars = barModules(code, text);
  const size = moduleDots(bars, dots, BAR_MOST_DOTS);
  if (size < BAR_LEAST_DOTS) return drawQr(text, dots, QR_MOST_DOTS.small);
  return drawn(bars, size, BAR_HEIGHT_DOTS, dots);
}

function drawQr(text: string, dots: number, mostDots: number): CodePicture | undefined {
  const safe = qrModules(text, 'M');
  const safeSize = moduleDots(safe, dots, mostDots);
  if (safeSize >= QR_GOOD_DOTS) return drawn(safe, safeSize, safeSize, dots);
  const light = qrModules(text, 'L');
  const lightSize = moduleDots(light, dots, mostDots);
  // Level L is worth its weakness only where it makes the modules larger.
  const [modules, size] = lightSize > safeSize ? [light, lightSize] : [safe, safeSize];
  return size < QR_LEAST_DOTS ? undefined : drawn(modules, size, size, dots);
}

/** The largest whole number of dots for a module at which the code fits the paper; 0 where none does. */
function moduleDots({ rows }: Modules, dots: number, mostDots: number): number {
  return Math.min(mostDots, Math.floor(dots / (rows[0] as readonly boolean[]).length));
}

/** Each module `size` dots wide and `heightDots` high. */
function drawn({ rows }: Modules, size: number, heightDots: number, dots: number): CodePicture {
  const width = (rows[0] as readonly boolean[]).length * size;
  const left = Math.floor((dots - width) / 2);
  const rowBytes = Math.ceil((left + width) / 8);
  const picture: Buffer[] = [];
  for (const modules of rows) {
    const row = Buffer.alloc(rowBytes);
    for (const [module, isDark] of modules.entries()) {
      if (isDark) blacken(row, left + module * size, size);
    }
    for (let repeat = 0; repeat < heightDots; repeat += 1) picture.push(row);
  }
  return { rowBytes, rows: picture };
}

function blacken(row: Buffer, from: number, count: number): void {
  for (let dot = from; dot < from + count; dot += 1) {
    row[dot >> 3] = (row[dot >> 3] as number) | (0x80 >> (dot & 7));
  }
}

function qrModules(text: string, eclevel: 'M' | 'L'): Modules {
  const raw = library().rawModules('qrcode', text, { eclevel });
  assertRule(raw !== undefined && 'pixs' in raw, 'a QR code has modules');
  const { pixs, pixx, pixy } = raw;
  const quiet = Array.from({ length: QR_QUIET }, () => false);
  const whole = Array.from({ length: pixx + 2 * QR_QUIET }, () => false);
  const above = Array.from({ length: QR_QUIET }, () => whole);
  const rows = Array.from({ length: pixy }, (_, row) => {
    const modules = pixs.slice(row * pixx, (row + 1) * pixx).map((pixel) => pixel === 1);
    return [...quiet, ...modules, ...quiet];
  });
  return { rows: [...above, ...rows, ...above] };
}

function barModules(code: keyof typeof BAR_QUIET, text: string): Modules {
  const raw = library().rawModules(code, text, {});
  assertRule(raw !== undefined && 'sbs' in raw, 'a barcode has bars');
  const [left, right] = BAR_QUIET[code];
  const row: boolean[] = [];
  const add = (count: number, isDark: boolean) => {
    for (let module = 0; module < count; module += 1) row.push(isDark);
  };
  add(left, false);
  for (const [index, width] of raw.sbs.entries()) add(width, index % 2 === 0);
  add(right, false);
  return { rows: [row] };
}

/** Bytes of a picture that go in one command, so that a printer with little memory can print while it listens. */
const BAND_BYTES = 2_048;
/** Fewer rows than the head of most printers prints at once leave white lines; more wait for memory. */
const LEAST_BAND_ROWS = 24;
const MOST_BAND_ROWS = 64;

/**
 * The picture as raster commands (`GS v 0`, ESC/POS), in bands one below the other. The row it ends on is fed: text
 * goes on below it.
 */
export function rasterBytes({ rowBytes, rows }: CodePicture): Buffer {
  const fitting = Math.floor(BAND_BYTES / rowBytes);
  const bandRows = Math.max(LEAST_BAND_ROWS, Math.min(MOST_BAND_ROWS, fitting));
  const parts: Buffer[] = [];
  for (let from = 0; from < rows.length; from += bandRows) {
    const band = rows.slice(from, from + bandRows);
    parts.push(
      Buffer.from([0x1d, 0x76, 0x30, 0, ...littleEndian(rowBytes), ...littleEndian(band.length)]),
      ...band,
    );
  }
  return Buffer.concat(parts);
}

function littleEndian(value: number): [number, number] {
  return [value & 0xff, value >> 8];
}

interface Library {
  readonly rawModules: typeof rawModules;
}
let loaded: Library | undefined;

/** Lies beside this file in the sources, and beside the engine when it is built (scripts/build.mjs). */
function library(): Library {
  const file = import.meta.url.endsWith('.ts') ? './code-library.ts' : './code-library.cjs';
  loaded ??= createRequire(import.meta.url)(file) as Library;
  return loaded;
}
