/**
 * The library of barcodes, in a file of its own because it is two megabytes of source: it is loaded with the first barcode
 * that is drawn, never when the engine starts.
 */
import bwip from 'bwip-js/generic';

/**
 * Bars and spaces of a barcode in turn, bar first, each so many modules wide, by the library's name for its kind. Throws
 * at a text that the kind cannot carry.
 */
export function rawBars(kind: string, text: string): readonly number[] | undefined {
  const [raw] = bwip.raw({ bcid: kind, text });
  return raw && 'sbs' in raw ? raw.sbs : undefined;
}
