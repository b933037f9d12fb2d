/**
 * Reads the codes of a printed paper as a scanner would: bands of raster become pictures again, and a reader that has
 * nothing to do with the program's own drawing (ZXing) says what they carry.
 */
import {
  BarcodeFormat,
  BinaryBitmap,
  ChecksumException,
  DecodeHintType,
  FormatException,
  GlobalHistogramBinarizer,
  MultiFormatOneDReader,
  NotFoundException,
  QRCodeReader,
  type Reader,
  RGBLuminanceSource,
} from '@zxing/library';
import type { SeenPaper, SeenRaster } from './paper.ts';

/** Dots of one picture, row by row, true is black. */
export interface SeenPicture {
  readonly width: number;
  readonly rows: readonly (readonly boolean[])[];
  readonly afterLines: number;
}

export interface SeenCode {
  readonly format: 'qr' | 'ean13' | 'ean8' | 'code128';
  readonly text: string;
}

const FORMATS: ReadonlyMap<BarcodeFormat, SeenCode['format']> = new Map([
  [BarcodeFormat.QR_CODE, 'qr'],
  [BarcodeFormat.EAN_13, 'ean13'],
  [BarcodeFormat.EAN_8, 'ean8'],
  [BarcodeFormat.CODE_128, 'code128'],
]);

/** What the reader throws where it finds nothing it can read. */
const NO_CODE = [NotFoundException, FormatException, ChecksumException];

/**
 * The dots are read as they are (`PURE_BARCODE`): this reader's search for a code in a photograph overlooks three in
 * ten of clean pictures, those of other makers as well.
 */
const READERS: readonly [Reader, Map<DecodeHintType, unknown>][] = [
  [new QRCodeReader(), new Map([[DecodeHintType.PURE_BARCODE, true]])],
  [
    new MultiFormatOneDReader(new Map([[DecodeHintType.POSSIBLE_FORMATS, [...FORMATS.keys()]]])),
    new Map([[DecodeHintType.POSSIBLE_FORMATS, [...FORMATS.keys()]]]),
  ],
];

/** The pictures of a paper: bands of the same width with nothing printed between them are one. */
export function picturesOf(paper: SeenPaper): SeenPicture[] {
  const groups: SeenRaster[][] = [];
  for (const raster of paper.rasters) {
    const last = groups.at(-1)?.[0];
    if (last?.afterLines === raster.afterLines && last.widthDots === raster.widthDots)
      groups.at(-1)?.push(raster);
    else groups.push([raster]);
  }
  return groups.map((bands) => {
    const [{ widthDots: width, afterLines }] = bands as [SeenRaster, ...SeenRaster[]];
    return { width, afterLines, rows: bands.flatMap(rowsOf) };
  });
}

function rowsOf({ widthDots, heightDots, bits }: SeenRaster): boolean[][] {
  return Array.from({ length: heightDots }, (_, row) =>
    Array.from({ length: widthDots }, (_dot, dot) => {
      const byte = bits[(row * widthDots + dot) >> 3] as number;
      return (byte & (0x80 >> (dot & 7))) !== 0;
    }),
  );
}

/** What a picture on white paper of `dots` carries; undefined when the reader finds no code in it. */
export function readCode(picture: SeenPicture, dots: number): SeenCode | undefined {
  if (picture.width > dots) throw new Error(`a picture of ${picture.width} dots on paper of ${dots}`);
  const height = picture.rows.length;
  const gray = new Uint8ClampedArray(dots * height).fill(255);
  for (const [y, row] of picture.rows.entries()) {
    for (const [x, isBlack] of row.entries()) if (isBlack) gray[y * dots + x] = 0;
  }
  const source = new RGBLuminanceSource(gray, dots, height);
  for (const [reader, hints] of READERS) {
    try {
      const result = reader.decode(new BinaryBitmap(new GlobalHistogramBinarizer(source)), hints);
      const format = FORMATS.get(result.getBarcodeFormat());
      // In the bars of one EAN-8 in five hundred the QR reader sees a code that says nothing.
      if (format && result.getText() !== '') return { format, text: result.getText() };
    } catch (error) {
      if (!NO_CODE.some((kind) => error instanceof kind)) throw error;
    }
  }
  return undefined;
}

/** Dots of the narrowest run of one colour in a picture: what a single module is made of. */
export function moduleDots({ rows }: SeenPicture): number {
  let least = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const first = row.indexOf(true);
    const last = row.lastIndexOf(true);
    let run = 0;
    for (let dot = first; dot >= 0 && dot <= last; dot += 1) {
      run = dot > first && row[dot] === row[dot - 1] ? run + 1 : 1;
      if (dot === last || row[dot + 1] !== row[dot]) least = Math.min(least, run);
    }
  }
  return least;
}

/** White dots left and right of a picture on paper of `dots`, and the white rows above and below. */
export function whiteAround(picture: SeenPicture, dots: number) {
  const inked = picture.rows.filter((row) => row.includes(true));
  const top = picture.rows.findIndex((row) => row.includes(true));
  return {
    left: Math.min(...inked.map((row) => row.indexOf(true))),
    right: dots - 1 - Math.max(...inked.map((row) => row.lastIndexOf(true))),
    top,
    bottom: picture.rows.length - 1 - picture.rows.findLastIndex((row) => row.includes(true)),
  };
}
