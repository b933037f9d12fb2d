/** From a wish laid out for a printer to the one try that a sender makes of it. */
import { isCode, type PaperItem, paperLines } from '../../../shared/domain/paper.ts';
import { encode } from './escpos.ts';
import { type JobKind, type JobProblem, kickUntil, type PrintJob, type Within } from './jobs.ts';
import type { PrinterAddress, PrinterProfile, SendJob } from './printer.ts';

/** What a wish looks like on a given printer. `kick` asks for the drawer; the queue decides whether it is still time. */
export interface PrintMaterial {
  kind: JobKind;
  lines: readonly PaperItem[];
  kick: boolean;
  profile: PrinterProfile;
  address: PrinterAddress;
  /** Where `lines` are a piece of a run of labels: how many are out behind this piece, and how many there are. */
  run?: { outAfter: number; copies: number };
}

/** True for labels behind which others of their run follow. */
export function isCutShort({ run }: PrintMaterial): boolean {
  return run !== undefined && run.outAfter < run.copies;
}

/**
 * Lays a wish out for the printer as that is set up now, of a run of labels the next piece behind the `labelsOut` that
 * are out; undefined when wish or printer is gone. May throw: then this job fails and the ones behind it go on.
 */
export type LoadMaterial = (
  wishSeq: number,
  wishN: number,
  printer: number,
  labelsOut: number,
) => PrintMaterial | undefined;

/** Bounds of one try, in ms. */
export interface TryLimits {
  /** Total, connect and close included; a long paper gets more (see `sendMsOf`). */
  sendMs: number;
  connectMs: number;
  /** For the question whether a printer has paper, where it answers. */
  askMs: number;
  /** A job that has less time left is not begun, and a drawer not kicked: too short to hear what came of it. */
  leastMs: number;
  within: Within;
}

/**
 * What is sent for `job` at `now` (print clock): within the time that is left, the kick only while it is still time
 * for it, SALINAN on top when a person asked for a copy. `isHome` is false at a printer that took over: the drawer
 * hangs elsewhere. `endsOther` is true where labels of another run hang in the printer. A problem instead when there is nothing to send. Throws "rule broken" when the lines cannot be
 * encoded.
 */
export function prepareJob(
  job: PrintJob,
  material: PrintMaterial,
  limits: TryLimits,
  {
    now,
    isHome,
    endsOther,
    signal,
  }: { now: number; isHome: boolean; endsOther: boolean; signal: AbortSignal },
): SendJob | { problem: JobProblem } {
  const { kind, profile, address } = material;
  const leftMs = (job.notAfter ?? 0) - now;
  if (leftMs < limits.leastMs) return { problem: 'too-late' };
  const hasDrawer = material.kick && isHome && profile.kickPin !== null;
  const kickLeftMs = hasDrawer ? kickUntil(job, kind, limits.within) - now : 0;
  const kick = kickLeftMs >= limits.leastMs;
  const bytes = bytesOf(material, { kick, isCopy: job.asked === 'copy', endsOther });
  if (bytes.length === 0) return { problem: kind === 'drawer' ? 'no-drawer' : 'nothing-to-print' };
  return {
    address,
    bytes,
    // A drawer must not open late because the printer was slow to take the call.
    connectTimeoutMs: kick ? Math.min(limits.connectMs, kickLeftMs) : limits.connectMs,
    deadlineMs: Math.min(sendMsOf(material, limits), leftMs),
    askMs: limits.askMs,
    answerExpected: profile.answersStatus,
    signal,
  };
}

/** A test page: no row, no deadline of its own. Throws like `prepareJob`. */
export function prepareTest(
  material: PrintMaterial,
  limits: TryLimits,
  { endsOther, signal }: { endsOther: boolean; signal: AbortSignal },
): SendJob {
  const { profile, address, kick } = material;
  return {
    address,
    bytes: bytesOf(material, { kick, isCopy: false, endsOther }),
    connectTimeoutMs: limits.connectMs,
    deadlineMs: limits.sendMs,
    askMs: limits.askMs,
    answerExpected: profile.answersStatus,
    signal,
  };
}

/** Slow printers put out 60 mm a second, which is a line in 70 ms, and take no more than a little ahead of it. */
const MS_PER_LINE = 70;
/** Up to here `sendMs` is enough for the slowest. */
const LINES_IN_TIME = 100;

/** How long a paper may take: 200 labels are minutes of printing, and none of them is in doubt because of it. */
function sendMsOf({ lines }: PrintMaterial, { sendMs }: TryLimits): number {
  return sendMs + Math.max(0, lines.length - LINES_IN_TIME) * MS_PER_LINE;
}

/** What the usual printers need for a line: those of receipts put out 150 mm a second, those on 58 mm 60. */
const USUAL_MS_PER_LINE = { epson: 28, simple58: MS_PER_LINE, custom: MS_PER_LINE } as const;
/** A barcode of 8 mm; the codes of labels are no larger as a rule. */
const LINES_PER_CODE = 3;

/**
 * About how long a printer is busy with these lines, in ms. It takes bytes faster than it prints: whoever hands it more
 * meanwhile fills its memory, and what is handed over next stands behind all of it.
 */
export function printMsOf({ lines, profile }: Pick<PrintMaterial, 'lines' | 'profile'>): number {
  const heights = lines.map((item) => (isCode(item) ? LINES_PER_CODE : item.tall || item.wide ? 2 : 1));
  return heights.reduce<number>((sum, height) => sum + height, 0) * USUAL_MS_PER_LINE[profile.kind];
}

/** The very bytes of a paper: for the printer, and for the picture of it that a person looks at. */
export function bytesOf(
  material: PrintMaterial,
  { kick, isCopy, endsOther = false }: { kick: boolean; isCopy: boolean; endsOther?: boolean },
): Buffer {
  const { kind, lines, profile } = material;
  const end = { cut: !isCutShort(material), asLabels: kind === 'label' };
  return encode(isCopy ? asCopy(lines) : lines, profile, { kick, endsOther, ...end });
}

/** SALINAN above the document, because the first print may lie beside it. */
function asCopy(lines: readonly PaperItem[]): readonly PaperItem[] {
  if (lines.length === 0) return lines;
  return [...paperLines(['SALINAN'], { align: 'center', bold: true, tall: true }), ...lines];
}
