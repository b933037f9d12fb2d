/**
 * The library of codes, in a file of its own because it is two megabytes of source: it is loaded with the first code
 * that is drawn, never when the engine starts.
 */
import bwip from 'bwip-js/generic';

/** Bars and spaces in turn, bar first, each so many modules wide. */
export interface RawBars {
  readonly sbs: readonly number[];
}

/** Dark and light modules row by row, without a quiet zone. */
export interface RawMatrix {
  readonly pixs: readonly number[];
  readonly pixx: number;
  readonly pixy: number;
}

/** A code's modules by the library's name for its kind. Throws at a text that the kind cannot carry. */
export function rawModules(kind: string, text: string, options: object): RawBars | RawMatrix | undefined {
  return bwip.raw({ bcid: kind, text, ...options })[0];
}
