/**
 * A printing engine to be killed: opens the table named on the command line, prints what is due on the printer at the
 * port named there, and dies by its own SIGKILL at the named point, or the named number of milliseconds after the first
 * job has begun. Started by kill.test.ts.
 */
import type { Send } from '../../main/engine/printing/printer.ts';
import { createPrintQueue } from '../../main/engine/printing/queue.ts';
import { sendToPrinter } from '../../main/engine/printing/send.ts';
import { material, openPrintDatabase, tcp } from './setup.ts';

const [path = '', port = '', point = ''] = process.argv.slice(2);

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal takes a moment; nothing may happen in it.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
}

const send: Send = async (job) => {
  if (point === 'before-bytes') die();
  const result = await sendToPrinter(job);
  if (point === 'after-bytes') die();
  return result;
};

const db = openPrintDatabase(path);
const queue = createPrintQueue({
  db,
  load: (seq) => material(seq, tcp(Number(port))),
  send,
  now: Date.now,
  onChange: () => {
    const dieAfterMs = Number(point);
    if (Number.isFinite(dieAfterMs)) setTimeout(die, dieAfterMs);
  },
});
queue.recover();
queue.wake();
