/**
 * An engine without books, for tests of the hosts: it keeps a list in memory, echoes frames, and misbehaves when
 * a frame or the data folder asks for it. It is started as the real one is and speaks through the same host link.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectToHost } from '../../main/engine/host-link.ts';
import type { Port } from '../../shared/wire/port.ts';

const store: string[] = [];
let dataDir = '';
let secretLength = 0;

connectToHost({
  async start(options) {
    dataDir = options.dataDir;
    secretLength = options.keystoreSecret?.length ?? 0;
    const fault = existsSync(join(dataDir, 'fault.txt'))
      ? readFileSync(join(dataDir, 'fault.txt'), 'utf8')
      : '';
    if (fault === 'exit-at-start') process.exit(0);
    if (fault === 'fail') {
      const sentence = 'Berkas ini dibuat oleh Titipan yang lebih baru.';
      throw Object.assign(new Error(sentence), { code: 'database-from-the-future' });
    }
    return { seq: 7 };
  },
  port(port, id) {
    port.onMessage((text) => receive(port, id, text));
    port.onClose(() => store.push(`closed ${id}`));
  },
  async stop() {
    // Longer than an engine without a host may live.
    if (existsSync(join(dataDir, 'slow-stop'))) await new Promise((done) => setTimeout(done, 2_500));
    writeFileSync(join(dataDir, 'stopped.txt'), 'drained');
    if (existsSync(join(dataDir, 'hang-at-stop'))) await new Promise(() => setInterval(() => {}, 1_000));
  },
});

function receive(port: Port, id: number, text: string): void {
  store.push(text.slice(0, 40));
  if (text === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (text === 'exit') process.exit(0);
  if (text === 'busy') for (;;);
  if (text === 'close') return port.close();
  if (text === 'what')
    return port.send(JSON.stringify({ id, secretLength, node: process.versions.node, store }));
  answer(port, text);
}

/** Answers frames of the wire as a door with one query would, and echoes every other text. */
function answer(port: Port, text: string): void {
  if (!text.startsWith('{')) return port.send(text);
  const { v, callId, name } = JSON.parse(text);
  port.send(JSON.stringify({ v, kind: 'answer', callId, outcome: 'ok', value: { name, seq: store.length } }));
}
