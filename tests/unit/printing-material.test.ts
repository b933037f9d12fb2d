/**
 * Proves the time a try is given: a drawer is never kicked later than five seconds after its wish, not even when the
 * printer takes its time to answer the call, and only a wish of the command itself opens it.
 */
import { describe, expect, it } from 'vitest';
import {
  type Asked,
  type JobKind,
  kickUntil,
  notAfterFor,
  type PrintJob,
} from '../../main/engine/printing/jobs.ts';
import { type PrintMaterial, prepareJob } from '../../main/engine/printing/material.ts';
import { PROFILES } from '../../main/engine/printing/printer.ts';
import { paperLines } from '../../shared/domain/paper.ts';
import { readPaper } from '../support/paper.ts';

const AT = 1_760_000_000_000;
const LIMITS = { sendMs: 20_000, connectMs: 3_000 };
const { signal } = new AbortController();

function job(kind: JobKind, asked: Asked = 'wish'): PrintJob {
  const times = { notBefore: AT, notAfter: notAfterFor(kind, AT), updatedAt: AT };
  return { wishSeq: 1, wishN: 1, printer: 1, state: 'queued', asked, attempts: 0, problem: null, ...times };
}

function material(kind: JobKind): PrintMaterial {
  const address = { via: 'file', path: '/dev/usb/lp0' } as const;
  const lines = kind === 'drawer' ? [] : paperLines(['Nota 1']);
  return { kind, lines, kick: true, profile: PROFILES.epson, address };
}

function prepare(kind: JobKind, afterMs: number, asked?: Asked) {
  const prepared = prepareJob(job(kind, asked), material(kind), LIMITS, AT + afterMs, signal);
  if ('problem' in prepared) return prepared.problem;
  const { connectTimeoutMs, deadlineMs } = prepared;
  return { connectTimeoutMs, deadlineMs, kicks: readPaper(prepared.bytes).kicks.length };
}

describe('the time for a kick', () => {
  it('bounds the call of a receipt that carries one, not its printing', () => {
    expect(prepare('receipt', 0)).toEqual({ connectTimeoutMs: 3_000, deadlineMs: 20_000, kicks: 1 });
    expect(prepare('receipt', 4_990)).toEqual({ connectTimeoutMs: 10, deadlineMs: 20_000, kicks: 1 });
    expect(prepare('receipt', 5_000)).toEqual({ connectTimeoutMs: 3_000, deadlineMs: 20_000, kicks: 0 });
  });

  it('bounds a drawer job whole', () => {
    expect(prepare('drawer', 4_000)).toEqual({ connectTimeoutMs: 1_000, deadlineMs: 1_000, kicks: 1 });
    expect(prepare('drawer', 5_000)).toBe('too-late');
    const bare = { ...material('drawer'), profile: PROFILES.custom };
    expect(prepareJob(job('drawer'), bare, LIMITS, AT, signal)).toEqual({ problem: 'no-drawer' });
  });

  it('is none for a document, and for a receipt that a person sends again', () => {
    expect(prepare('document', 0)).toMatchObject({ kicks: 0 });
    expect(prepare('receipt', 0, 'again')).toMatchObject({ kicks: 0 });
    expect(prepare('receipt', 0, 'copy')).toMatchObject({ kicks: 0 });
    expect(kickUntil(job('drawer', 'again'), 'drawer')).toBe(AT + 5_000);
  });
});

describe('the time for a job', () => {
  it('is five seconds for the drawer, two minutes for a receipt, none for a document', () => {
    const within = (['drawer', 'receipt', 'document'] as const).map((kind) => notAfterFor(kind, AT));
    expect(within).toEqual([AT + 5_000, AT + 120_000, null]);
  });
});
