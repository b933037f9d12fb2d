/**
 * A printing engine to be killed: opens the table it is told of, prints what is due, and dies by its own SIGKILL at the
 * n-th step between two states, or a number of milliseconds after its first. Ends by itself when nothing is left to do.
 * Started by killed.ts.
 */
import type { JobKind } from '../../main/engine/printing/jobs.ts';
import type { Send } from '../../main/engine/printing/printer.ts';
import { createPrintQueue, type PrintLimits } from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import { labelMaterial, material, openPrintDatabase, tcp } from './setup.ts';

export interface ChildOrders {
  path: string;
  kind: JobKind;
  /** Ports of printer 1, to which every job belongs, and of printer 2, which takes over; 0 for none. */
  ports: [number, number];
  isAsked: boolean;
  /** The job is a run of so many labels. */
  copies?: number;
  /** Steps: a job is laid out, "sending" is written, the sender has an answer, the answer is written; and again. */
  dieAtStep?: number;
  dieAfterMs?: number;
  limits: Partial<PrintLimits>;
}

/** Where the child's work ended before its death. */
const IDLE_POLL_MS = 10;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal takes a moment; nothing may happen in it.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
}

const orders = JSON.parse(process.argv[2] ?? '') as ChildOrders;
const { path, kind, ports, isAsked, copies, dieAtStep, dieAfterMs, limits } = orders;
let steps = 0;
function step(): void {
  steps += 1;
  if (steps === dieAtStep) die();
  if (steps === 1 && dieAfterMs !== undefined) setTimeout(die, dieAfterMs);
}

const send: Send = async (job) => {
  step();
  const result = await sendToPrinter(job);
  step();
  return result;
};

const db = openPrintDatabase(path);
const underWay = db.prepare(`SELECT 1 FROM print_job WHERE state IN ('queued', 'retry', 'sending') LIMIT 1`);
const queue = createPrintQueue({
  db,
  load(seq, _n, printer, out) {
    step();
    const address = tcp(ports[printer - 1] ?? 0);
    const answersStatus = isAsked && printer === 1;
    if (copies !== undefined) return labelMaterial(address, { copies, out, answersStatus });
    return material(seq, address, kind, answersStatus);
  },
  routeOf: () => ({ home: 1, fallback: ports[1] === 0 ? null : 2 }),
  send,
  now: Date.now,
  onChange() {
    // Told after each written change; of those only an end is a step that no other call tells of.
    const isSending = db.prepare(`SELECT 1 FROM print_job WHERE state = 'sending'`).get() !== undefined;
    if (!isSending && steps > 0) step();
  },
  limits,
});
queue.recover();
queue.wake();
setInterval(() => {
  if (underWay.get() === undefined) process.exit(0);
}, IDLE_POLL_MS);
