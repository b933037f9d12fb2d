/**
 * Proves the time a try is given: a drawer is never kicked later than five seconds after its wish, not even when the
 * printer takes its time to answer the call, and only a wish of the command itself opens it.
 */
import { describe, expect, it } from 'vitest';
import {
  type Asked,
  type JobKind,
  kickUntil,
  type PrintJob,
  WITHIN_MS,
} from '../../main/engine/printing/jobs.ts';
import { bytesOf, type PrintMaterial, prepareJob } from '../../main/engine/printing/material.ts';
import { PROFILES } from '../../main/engine/printing/printer.ts';
import { PRINT_LIMITS } from '../../main/engine/printing/queue.ts';
import { paperLines } from '../../shared/domain/paper.ts';
import { readPaper } from '../support/paper.ts';

const AT = 1_760_000_000_000;
const { signal } = new AbortController();

function job(kind: JobKind, asked: Asked = 'wish'): PrintJob {
  const times = { notBefore: AT, notAfter: AT + WITHIN_MS[kind], updatedAt: AT };
  const fresh = { state: 'queued', attempts: 0, problem: null, labelsOut: 0 } as const;
  return { wishSeq: 1, wishN: 1, printer: 1, asked, ...fresh, ...times };
}

function material(kind: JobKind): PrintMaterial {
  const address = { via: 'file', path: '/dev/usb/lp0' } as const;
  const lines = kind === 'drawer' ? [] : paperLines(['Nota 1']);
  return { kind, lines, kick: true, profile: PROFILES.epson, address };
}

function prepare(kind: JobKind, afterMs: number, { asked = 'wish', isHome = true }: How = {}) {
  const at = { now: AT + afterMs, isHome, endsOther: false, signal };
  const prepared = prepareJob(job(kind, asked), material(kind), PRINT_LIMITS, at);
  if ('problem' in prepared) return prepared.problem;
  const { connectTimeoutMs, deadlineMs } = prepared;
  return { connectTimeoutMs, deadlineMs, kicks: readPaper(prepared.bytes).kicks.length };
}

interface How {
  asked?: Asked;
  isHome?: boolean;
}

describe('the time for a kick', () => {
  it('bounds the call of a receipt that carries one, not its printing', () => {
    expect(prepare('receipt', 0)).toEqual({ connectTimeoutMs: 3_000, deadlineMs: 20_000, kicks: 1 });
    expect(prepare('receipt', 4_000)).toEqual({ connectTimeoutMs: 1_000, deadlineMs: 20_000, kicks: 1 });
    expect(prepare('receipt', 4_500)).toEqual({ connectTimeoutMs: 500, deadlineMs: 20_000, kicks: 1 });
  });

  it('is over when too little is left to reach a printer, whose slowness would seem to be its absence', () => {
    expect(prepare('receipt', 4_501)).toEqual({ connectTimeoutMs: 3_000, deadlineMs: 20_000, kicks: 0 });
    expect(prepare('drawer', 4_501)).toBe('too-late');
  });

  it('bounds a drawer job whole', () => {
    expect(prepare('drawer', 4_000)).toEqual({ connectTimeoutMs: 1_000, deadlineMs: 1_000, kicks: 1 });
    expect(prepare('drawer', 5_000)).toBe('too-late');
    const bare = { ...material('drawer'), profile: PROFILES.custom };
    const at = { now: AT, isHome: true, endsOther: false, signal };
    expect(prepareJob(job('drawer'), bare, PRINT_LIMITS, at)).toEqual({ problem: 'no-drawer' });
  });

  it('is none for labels and documents, and for a receipt that a person sends again', () => {
    expect(prepare('label', 0)).toMatchObject({ kicks: 0 });
    expect(prepare('document', 0)).toMatchObject({ kicks: 0 });
    expect(prepare('receipt', 0, { asked: 'again' })).toMatchObject({ kicks: 0 });
    expect(prepare('receipt', 0, { asked: 'copy' })).toMatchObject({ kicks: 0 });
    expect(kickUntil(job('drawer', 'again'), 'drawer', WITHIN_MS)).toBe(AT + 5_000);
  });

  it('is none at a printer that took over: the drawer hangs on another', () => {
    expect(prepare('receipt', 0, { isHome: false })).toMatchObject({ kicks: 0 });
    expect(prepare('drawer', 0, { isHome: false })).toBe('no-drawer');
  });
});

describe('the end of a paper', () => {
  const labels = (profile: PrintMaterial['profile'], outAfter: number): PrintMaterial => {
    return { ...material('label'), profile, run: { outAfter, copies: 10 } };
  };
  const read = (of: PrintMaterial, endsOther = false) => {
    const { lines, cuts } = readPaper(bytesOf(of, { kick: false, isCopy: false, endsOther }));
    return { lines: lines.map(({ text }) => text), cuts: cuts.map(({ afterLines }) => afterLines) };
  };
  const FEED = ['', '', '', ''];

  it('is none behind labels that others follow, and as short as the bar needs behind the last', () => {
    const { epson, simple58 } = PROFILES;
    expect(read(labels(epson, 5))).toEqual({ lines: ['Nota 1'], cuts: [] });
    expect(read(labels(epson, 10))).toEqual({ lines: ['Nota 1', ...FEED], cuts: [5] });
    expect(read(labels(simple58, 5))).toEqual({ lines: ['Nota 1'], cuts: [] });
    expect(read(labels(simple58, 10))).toEqual({ lines: ['Nota 1', ...FEED], cuts: [] });
    const mark = '- '.repeat(16).trimEnd();
    expect(read({ ...material('receipt'), profile: simple58 }).lines).toEqual(['Nota 1', '', mark, ...FEED]);
  });

  it('is made up for where labels of a run hang in the printer, and not for a kick alone', () => {
    const receipt = material('receipt');
    expect(read(receipt, true)).toEqual({ lines: [...FEED, 'Nota 1', ...FEED], cuts: [4, 9] });
    expect(read({ ...receipt, profile: PROFILES.simple58 }, true).lines.slice(0, 5)).toEqual([
      ...FEED,
      'Nota 1',
    ]);
    const kick = bytesOf(material('drawer'), { kick: true, isCopy: false, endsOther: true });
    expect(readPaper(kick)).toMatchObject({ lines: [], cuts: [], kicks: [{ pin: 2 }] });
    const kicked = readPaper(bytesOf(receipt, { kick: true, isCopy: false, endsOther: true }));
    expect(kicked.kicks).toMatchObject([{ afterLines: 0 }]);
    // The page is said again behind the cut, which forgets it.
    expect(kicked.codePages).toEqual([0]);
  });
});

describe('the time for a job', () => {
  it('grows with a long paper, which takes minutes to come out, but never past its end', () => {
    const labels = { ...material('label'), lines: paperLines(Array.from({ length: 1_100 }, () => 'x')) };
    const deadlineAt = (afterMs: number) => {
      const at = { now: AT + afterMs, isHome: true, endsOther: false, signal };
      return prepareJob(job('label'), labels, PRINT_LIMITS, at);
    };
    expect(deadlineAt(0)).toMatchObject({ deadlineMs: 20_000 + 1_000 * 70 });
    expect(deadlineAt(WITHIN_MS.label - 30_000)).toMatchObject({ deadlineMs: 30_000 });
  });

  const MINUTE = 60_000;

  it.each([
    ['drawer', 5_000],
    ['receipt', 2 * MINUTE],
    ['label', 10 * MINUTE],
    ['document', 30 * MINUTE],
  ] as const)('is %s: %i ms, and a try ends within it', (kind, withinMs) => {
    expect(WITHIN_MS[kind]).toBe(withinMs);
    expect(prepare(kind, withinMs - 1_000)).toMatchObject({ deadlineMs: 1_000 });
    expect(prepare(kind, withinMs - 500)).toMatchObject({ deadlineMs: 500 });
  });

  it.each(['drawer', 'receipt', 'label', 'document'] as const)('is over for a %s with less left', (kind) => {
    expect(prepare(kind, WITHIN_MS[kind] - 499)).toBe('too-late');
    expect(prepare(kind, WITHIN_MS[kind] + 5 * 60 * MINUTE)).toBe('too-late');
  });
});
