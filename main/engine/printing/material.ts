/** From a wish laid out for a printer to the one try that a sender makes of it. */
import { type PaperLine, paperLines } from '../../../shared/domain/paper.ts';
import { encode } from './escpos.ts';
import { type JobKind, type JobProblem, kickUntil, type PrintJob } from './jobs.ts';
import type { PrinterAddress, PrinterProfile, SendJob } from './printer.ts';

/** What a wish looks like on a given printer. `kick` asks for the drawer; the queue decides whether it is still time. */
export interface PrintMaterial {
  kind: JobKind;
  lines: readonly PaperLine[];
  kick: boolean;
  profile: PrinterProfile;
  address: PrinterAddress;
}

/**
 * Lays a wish out for the printer as that is set up now; undefined when wish or printer is gone. May throw: then this
 * job fails and the ones behind it go on.
 */
export type LoadMaterial = (wishSeq: number, wishN: number, printer: number) => PrintMaterial | undefined;

/** Bounds of one try, in ms. */
export interface TryLimits {
  /** Total, connect and close included. */
  sendMs: number;
  connectMs: number;
}

/**
 * What is sent for `job` at `now`: the kick only while it is still time for it, SALINAN on top when a person asked for
 * a copy. A problem instead when there is nothing to send. Throws "rule broken" when the lines cannot be encoded.
 */
export function prepareJob(
  job: PrintJob,
  material: PrintMaterial,
  limits: TryLimits,
  now: number,
  signal: AbortSignal,
): SendJob | { problem: JobProblem } {
  const { kind, profile, address } = material;
  const kickLeftMs = material.kick && profile.kickPin !== null ? kickUntil(job, kind) - now : 0;
  const kick = kickLeftMs > 0;
  const lines = job.asked === 'copy' ? asCopy(material.lines) : material.lines;
  const bytes = encode(lines, profile, { kick, cut: true });
  if (bytes.length === 0) return { problem: whyNothing(kind, profile) };
  return {
    address,
    bytes,
    // A drawer must not open late because the printer was slow to take the call.
    connectTimeoutMs: kick ? Math.min(limits.connectMs, kickLeftMs) : limits.connectMs,
    deadlineMs: kind === 'drawer' ? Math.min(limits.sendMs, kickLeftMs) : limits.sendMs,
    answerExpected: profile.answersStatus,
    signal,
  };
}

function whyNothing(kind: JobKind, profile: PrinterProfile): JobProblem {
  if (kind !== 'drawer') return 'nothing-to-print';
  return profile.kickPin === null ? 'no-drawer' : 'too-late';
}

/** A test page: no row, no deadline of its own. Throws like `prepareJob`. */
export function prepareTest(material: PrintMaterial, limits: TryLimits, signal: AbortSignal): SendJob {
  const { lines, profile, address, kick } = material;
  return {
    address,
    bytes: encode(lines, profile, { kick, cut: true }),
    connectTimeoutMs: limits.connectMs,
    deadlineMs: limits.sendMs,
    answerExpected: profile.answersStatus,
    signal,
  };
}

/** SALINAN above the document, because the first print may lie beside it. */
function asCopy(lines: readonly PaperLine[]): readonly PaperLine[] {
  if (lines.length === 0) return lines;
  return [...paperLines(['SALINAN'], { align: 'center', bold: true, tall: true }), ...lines];
}
