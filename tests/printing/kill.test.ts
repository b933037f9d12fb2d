/**
 * Proves that an engine killed at any point of printing neither loses a job unseen nor prints one twice by itself:
 * a real process is killed by SIGKILL, the table is opened again, and the paper is compared with the states.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createPrintQueue } from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { seed } from '../support/seed.ts';
import { jobOf, material, openPrintDatabase, scratchFolder, tcp, until, wish } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());
/** What a test opened, closed even when it fails: an open queue would keep the test process alive. */
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

async function goodPrinter(): Promise<FakePrinter> {
  const printer = await startFakePrinter('good');
  opened.push(() => printer.close());
  return printer;
}

/** Runs the child until it is dead. */
async function runAndKill(path: string, port: number, point: string): Promise<void> {
  const child = spawn(process.execPath, [CHILD, path, String(port), point], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}

function printed(printer: FakePrinter): string[] {
  return printer.received().flatMap((bytes) => {
    if (bytes.length === 0) return [];
    const texts = readPaper(bytes).lines.map((line) => line.text);
    const number = texts.map((text) => /Nota (\d+)/.exec(text)?.[1]).find((each) => each !== undefined);
    return number === undefined
      ? []
      : [number + (texts.some((text) => text.includes('SALINAN')) ? ' copy' : '')];
  });
}

function openQueue(path: string, port: number) {
  const db = openPrintDatabase(path);
  const queue = createPrintQueue({
    db,
    load: (seq) => material(seq, tcp(port)),
    send: sendToPrinter,
    now: Date.now,
    onChange: () => undefined,
  });
  opened.push(async () => {
    await queue.close({ deadlineMs: 0 });
    db.close();
  });
  return { db, queue };
}

describe('killed', () => {
  const points = [
    { point: 'before-bytes', what: 'right after "sending" was written', onPaper: [] },
    { point: 'after-bytes', what: 'after the bytes left, before "sent" was written', onPaper: ['1'] },
  ];

  it.each(points)('$what: unconfirmed, and only a person sends it again', async ({ point, onPaper }) => {
    const printer = await goodPrinter();
    const path = join(folder.path, `${point}.db`);
    const first = openPrintDatabase(path);
    wish(first, 1, 1, Date.now());
    first.close();

    await runAndKill(path, printer.port, point);
    await until(() => printed(printer).length === onPaper.length, 'the paper of the dead engine');

    const { db, queue } = openQueue(path, printer.port);
    expect(jobOf(db, 1).state).toBe('sending');
    expect(queue.recover()).toBe(1);
    expect([jobOf(db, 1).state, jobOf(db, 1).problem]).toEqual(['unconfirmed', 'interrupted']);
    wish(db, 2, 1, Date.now());
    queue.wake();
    await until(() => jobOf(db, 2).state === 'sent', 'the next receipt');
    expect(printed(printer)).toEqual([...onPaper, '2']);

    expect(queue.resend({ wishSeq: 1, wishN: 1 })).toBe('ok');
    await until(() => jobOf(db, 1).state === 'sent', 'the copy');
    expect(printed(printer)).toEqual([...onPaper, '2', '1 copy']);
  });

  it('again and again at any moment: nothing doubled, nothing lost unseen', async () => {
    const JOBS = 12;
    const MAX_KILLS = 30;
    const printer = await goodPrinter();
    const path = join(folder.path, 'random.db');
    const first = openPrintDatabase(path);
    for (let seq = 1; seq <= JOBS; seq += 1) wish(first, seq, 1, Date.now(), 'document');
    first.close();
    const moments = fc.sample(fc.integer({ min: 0, max: 80 }), { seed, numRuns: MAX_KILLS });
    let kills = 0;
    for (let waiting = true; waiting && kills < MAX_KILLS; kills += 1) {
      await runAndKill(path, printer.port, String(moments[kills % moments.length]));
      const db = openPrintDatabase(path);
      waiting = db.prepare(`SELECT 1 FROM print_job WHERE state IN ('queued', 'retry')`).get() !== undefined;
      db.close();
    }
    const { db, queue } = openQueue(path, printer.port);
    queue.recover();
    await queue.close({ deadlineMs: 20_000 });

    const paper = printed(printer);
    expect(new Set(paper).size).toBe(paper.length);
    for (let seq = 1; seq <= JOBS; seq += 1) {
      const { state } = jobOf(db, seq);
      expect(['sent', 'unconfirmed']).toContain(state);
      if (state === 'sent') expect(paper).toContain(String(seq));
    }
    expect(kills).toBeGreaterThan(1);
  });
});
