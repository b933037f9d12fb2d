/**
 * What an ESC/POS printer says of itself (Epson, "ESC/POS Command Reference", DLE EOT and GS r). Its bytes are told
 * apart by their fixed bits:
 *
 *   DLE EOT n, at once       0xx1 xx10
 *   GS r 1, in its turn      0xx0 xxxx
 *   automatic status         0xx1 xx00, then three bytes more
 */
import type { SendProblem } from './printer.ts';

/** `DLE EOT 4`: paper. Answered at once, even by a printer that has stopped. */
export const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);
/** `DLE EOT 2`: why it has stopped. */
export const ASK_CAUSE = Buffer.from([0x10, 0x04, 0x02]);

export interface StatusBytes {
  /** Answers to `DLE EOT`. */
  atOnce: number[];
  /** Answers to `GS r 1`. */
  inTurn: number[];
}

const FIXED_BITS = 0x93;
const AT_ONCE = 0x12;
const AUTOMATIC = 0x10;
const AUTOMATIC_REST_BYTES = 3;
const NOT_IN_TURN = 0x90;

/** Reads what a printer sends over one connection, chunk by chunk; the automatic status of four bytes is passed over. */
export function statusReader(): (chunk: Uint8Array) => StatusBytes {
  let passOver = 0;
  return (chunk) => {
    const seen: StatusBytes = { atOnce: [], inTurn: [] };
    for (const byte of chunk) {
      if (passOver > 0) passOver -= 1;
      else if ((byte & FIXED_BITS) === AUTOMATIC) passOver = AUTOMATIC_REST_BYTES;
      else if ((byte & FIXED_BITS) === AT_ONCE) seen.atOnce.push(byte);
      else if ((byte & NOT_IN_TURN) === 0) seen.inTurn.push(byte);
    }
    return seen;
  };
}

/** What an answer to `DLE EOT 4` says against printing; the end of paper, not that it is near. */
export function paperProblem(byte: number): SendProblem | undefined {
  return (byte & 0x60) === 0 ? undefined : 'paper-out';
}

/** What an answer to `DLE EOT 2` says against printing. */
export function causeProblem(byte: number): SendProblem | undefined {
  if ((byte & 0x20) !== 0) return 'paper-out';
  if ((byte & 0x04) !== 0) return 'cover-open';
  return (byte & 0x40) === 0 ? undefined : 'printer-error';
}

/** Whether an answer to `GS r 1` says that the paper ended. */
export function ranOut(byte: number): boolean {
  return (byte & 0x0c) !== 0;
}
