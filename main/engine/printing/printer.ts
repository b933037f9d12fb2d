/**
 * What the engine knows about a printer: where it is, what it can do, and what came of handing it a job.
 * Plain types and presets; no transport and no storage here.
 */

/** What a printer can do. `columns` is characters of Font A on a line: 32 for 58 mm, 42 or 48 for 80 mm. */
export interface PrinterProfile {
  kind: 'epson' | 'simple58' | 'custom';
  columns: number;
  /** The n of `ESC t n`, 0…255. The same page has another number on other makes, so it is a plain number. */
  codePage: number;
  canCut: boolean;
  /** Pin of the drawer plug that is pulsed; null when no drawer hangs on this printer. */
  kickPin: 2 | 5 | null;
  /**
   * True when the printer answers `DLE EOT` at once, which tells that it has paper, and `GS r 1` in its turn, which
   * proves that it has worked through the job.
   */
  answersStatus: boolean;
  /** Dots across the printable paper: 384 on 58 mm, 512 or 576 on 80 mm. */
  dots: number;
  /** Knows the raster command `GS v 0`; without it codes are left out of the paper, their numbers are not. */
  raster: boolean;
}

/** Presets of the settings page. 58 mm clones know neither cutter nor status; nothing here depends on either. */
export const PROFILES = {
  epson: {
    kind: 'epson',
    columns: 48,
    codePage: 0,
    canCut: true,
    kickPin: 2,
    answersStatus: false,
    dots: 576,
    raster: true,
  },
  simple58: {
    kind: 'simple58',
    columns: 32,
    codePage: 0,
    canCut: false,
    kickPin: 2,
    answersStatus: false,
    dots: 384,
    raster: true,
  },
  custom: {
    kind: 'custom',
    columns: 42,
    codePage: 0,
    canCut: false,
    kickPin: null,
    answersStatus: false,
    dots: 512,
    raster: false,
  },
} as const satisfies Record<PrinterProfile['kind'], PrinterProfile>;

/**
 * Where a printer listens. `closesAfterJob` says whether it closes the connection when we have closed our half:
 * true is the safe beginning; a printer whose test page came out although it kept the connection open is
 * set to false by a person (see tcp-sender.ts for what that gives up).
 */
export type PrinterAddress =
  | { via: 'tcp'; host: string; port: number; closesAfterJob: boolean }
  | { via: 'file'; path: string };

/** Why a job did not surely reach the printer. The screen has words for each (`print.problem.<name>`). */
export const SEND_PROBLEMS = [
  'bad-address',
  'unknown-host',
  'refused',
  'no-route',
  'no-answer',
  'no-device',
  'no-permission',
  'device-busy',
  'closed-early',
  'reset',
  'deadline',
  'still-open',
  'stopped',
  'fault',
  // Said by a printer that answers: it has no paper, its cover is open, it has stopped for another reason.
  'paper-out',
  'cover-open',
  'printer-error',
] as const;
export type SendProblem = (typeof SEND_PROBLEMS)[number];

/**
 * What came of one try.
 * `sent`: every byte was taken and the printer closed or answered (`taken`: it did neither, and its setting says
 * that this is its way). It does not mean "on paper": a printer may still run out of paper.
 * `failed`: nothing left us, so trying again cannot double anything.
 * `unconfirmed`: bytes may be out; only a person who looks at the printer can tell.
 */
export type SendResult =
  | { outcome: 'sent'; evidence: 'closed' | 'answered' | 'taken' }
  | { outcome: 'failed'; problem: SendProblem }
  | { outcome: 'unconfirmed'; problem: SendProblem };

/** One try, as the queue gives it to a sender. Times are milliseconds from the call. */
export interface SendJob {
  address: PrinterAddress;
  bytes: Buffer;
  deadlineMs: number;
  connectTimeoutMs: number;
  /** How long a printer that answers may take to say whether it has paper; after that the job goes out all the same. */
  askMs: number;
  /** The printer answers: it is asked for paper before the job, and an answer to the job's last bytes is proof. */
  answerExpected: boolean;
  /** Aborted when the engine stops: the sender lets go at once and says what it knows. */
  signal?: AbortSignal;
}

export type Send = (job: SendJob) => Promise<SendResult>;
