/**
 * A print queue with its table, its printers and a clock that stands still unless the test moves it, so that deadlines
 * pass when the test says so. Each test has a room of its own, and rooms do not disturb each other.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { JobKind, PrintJob } from '../../main/engine/printing/jobs.ts';
import type { PrintMaterial } from '../../main/engine/printing/material.ts';
import type { PrinterAddress } from '../../main/engine/printing/printer.ts';
import {
  createPrintQueue,
  type PrintQueue,
  type PrintQueueOptions,
} from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import { type FakePrinter, type PrinterMode, startFakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { jobOf, labelMaterial, material, openPrintDatabase, tcp, until, wish } from './setup.ts';

export const START = 1_760_000_000_000;
/** Short enough for a test, long enough for a good printer on a busy machine. */
export const SHORT = { sendMs: 500, connectMs: 200, leastMs: 1, retryWaitsMs: [20, 40] } as const;

const PATIENT_TRIES = 3;

export class Room {
  readonly path: string;
  db: Database.Database;
  /** The wall clock, and the one that nobody can set. `pass` moves both. */
  wall = START;
  steady = 0;
  readonly addresses = new Map<number, PrinterAddress>();
  readonly kinds = new Map<number, JobKind>();
  /** Where each wish belongs, as told to `add`, and which printer takes over for which. */
  readonly homes = new Map<number, number>();
  readonly fallbacks = new Map<number, number>();
  /** Wishes that are a run of so many labels. */
  readonly runs = new Map<number, number>();
  /** Printers that answer questions. */
  readonly answering = new Set<number>();
  readonly faults: unknown[] = [];
  readonly printers: FakePrinter[] = [];
  private readonly queues: PrintQueue[] = [];

  constructor(folder: string) {
    this.path = join(folder, `${randomUUID()}.db`);
    this.db = openPrintDatabase(this.path);
  }

  async printerThat(mode: PrinterMode, number = 1): Promise<FakePrinter> {
    const printer = await startFakePrinter(mode);
    this.printers.push(printer);
    this.addresses.set(number, tcp(printer.port));
    return printer;
  }

  readonly load = (seq: number, _n: number, printer: number, out: number): PrintMaterial | undefined => {
    const address = this.addresses.get(printer);
    const copies = this.runs.get(seq);
    const answersStatus = this.answering.has(printer);
    if (address && copies) return labelMaterial(address, { copies, out, answersStatus });
    return address && material(seq, address, this.kinds.get(seq), answersStatus);
  };

  /** Opens the queue as the engine does at its start. */
  open(more: Partial<PrintQueueOptions> = {}): PrintQueue {
    const queue = createPrintQueue({
      db: this.db,
      load: this.load,
      routeOf: ({ wishSeq }) => {
        const home = this.homes.get(wishSeq);
        return home === undefined ? undefined : { home, fallback: this.fallbacks.get(home) ?? null };
      },
      send: sendToPrinter,
      now: () => this.wall,
      steady: () => this.steady,
      onChange: () => undefined,
      onFault: (error) => this.faults.push(error),
      ...more,
      limits: { ...SHORT, ...more.limits },
    });
    this.queues.push(queue);
    queue.recover();
    return queue;
  }

  add(seq: number, printer = 1, kind: JobKind = 'receipt'): void {
    this.kinds.set(seq, kind);
    this.homes.set(seq, printer);
    wish(this.db, { seq, printer, kind, at: this.wall });
  }

  /** Wishes for a run of labels. */
  addLabels(seq: number, copies: number, printer = 1): void {
    this.runs.set(seq, copies);
    this.add(seq, printer, 'label');
  }

  pass(milliseconds: number): void {
    this.wall += milliseconds;
    this.steady += milliseconds;
  }

  job(seq = 1): PrintJob {
    return jobOf(this.db, seq);
  }

  state(seq = 1): string {
    return this.job(seq).state;
  }

  isOver(seq = 1): boolean {
    return ['sent', 'unconfirmed', 'failed'].includes(this.state(seq));
  }

  /** Lets time go by until the job is over or was tried so often that another printer, if any, has taken over. */
  async untilPatienceEnds(): Promise<void> {
    await until(() => {
      if (this.isOver() || this.job().attempts > PATIENT_TRIES) return true;
      this.pass(30);
      return false;
    }, 'an end');
    await until(() => this.state() !== 'sending', 'the end of the try');
  }

  /** Ends the queues as a stopping engine does, and the printers. */
  async close(): Promise<void> {
    for (const queue of this.queues.splice(0)) await queue.close({ deadlineMs: 0 });
    for (const printer of this.printers.splice(0)) await printer.close();
    this.db.close();
  }
}

export const key = (seq: number) => ({ wishSeq: seq, wishN: 1 });

/** The documents on a printer's paper, by number, in the order in which they came out. */
export function papers(printer: FakePrinter): string[] {
  return printer
    .received()
    .flatMap((bytes) => readPaper(bytes).lines.flatMap((line) => /Nota \d+/.exec(line.text) ?? []));
}

/** How often each job that reached the printer kicks its drawer. */
export function kicks(printer: FakePrinter): number[] {
  return printer
    .received()
    .filter((bytes) => bytes.length > 0)
    .map((bytes) => readPaper(bytes).kicks.length);
}

/** How many connections brought bytes of a job. */
export function deliveries(printer: FakePrinter): number {
  return printer.received().filter((bytes) => bytes.length > 0).length;
}
