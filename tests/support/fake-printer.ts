/**
 * Printers for tests: real TCP servers on 127.0.0.1 that behave well or badly, and keep every byte they have read.
 *  good         reads to the end of the job, then closes
 *  keepOpen     reads everything and never closes
 *  answers      reads everything, answers `GS r 1` with one byte, never closes
 *  neverReads   takes the connection and reads nothing; its receive buffer is kept small
 *  closesEarly  reads the first bytes and closes its side in mid-job
 *  hangsUp      closes at once, before anything was said
 *  resetsMidJob reads the first bytes and resets
 *  slow         reads one byte a second
 *  refuses      nothing listens there
 *  noAnswer     the machine does not answer the call: a full backlog of a stopped process
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';

export const PRINTER_MODES = [
  'good',
  'keepOpen',
  'answers',
  'neverReads',
  'closesEarly',
  'hangsUp',
  'resetsMidJob',
  'slow',
  'refuses',
  'noAnswer',
] as const;
export type PrinterMode = (typeof PRINTER_MODES)[number];

export interface FakePrinter {
  port: number;
  /** What was read, one buffer for each connection, in the order of the connections. */
  received(): Buffer[];
  /** Sockets that are still open on the printer's side. */
  openConnections(): number;
  /** Changes the behaviour for later connections; not to or from `refuses` and `noAnswer`. */
  become(mode: PrinterMode): void;
  /** Makes a printer that never read begin to read what it was sent. */
  comeAlive(): void;
  close(): Promise<void>;
}

export async function startFakePrinter(mode: PrinterMode): Promise<FakePrinter> {
  if (mode === 'noAnswer') return startNoAnswer();
  const printer = await startServer(mode);
  // A port that was free a moment ago and on which nobody listens now.
  if (mode === 'refuses') await printer.close();
  return printer;
}

async function startServer(firstMode: PrinterMode): Promise<FakePrinter> {
  let mode = firstMode;
  const jobs: Buffer[][] = [];
  const sockets = new Map<Socket, Buffer[]>();
  const server: Server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    const job: Buffer[] = [];
    jobs.push(job);
    sockets.set(socket, job);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    behave(mode, socket, job);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    received: () => jobs.map((job) => Buffer.concat(job)),
    openConnections: () => sockets.size,
    become(next) {
      mode = next;
    },
    comeAlive() {
      for (const [socket, job] of sockets) socket.on('data', (chunk: Buffer) => job.push(chunk)).resume();
    },
    async close() {
      for (const socket of sockets.keys()) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function behave(mode: PrinterMode, socket: Socket, job: Buffer[]): void {
  const FIRST_BYTES = 10;
  if (mode === 'neverReads') return;
  if (mode === 'hangsUp') {
    socket.end();
    socket.resume();
    return;
  }
  if (mode === 'slow') {
    readSlowly(socket, job);
    return;
  }
  socket.on('data', (chunk: Buffer) => {
    job.push(chunk);
    if (mode === 'resetsMidJob' && size(job) >= FIRST_BYTES) socket.resetAndDestroy();
    if (mode === 'closesEarly' && size(job) >= FIRST_BYTES) socket.end();
    if (
      mode === 'answers' &&
      Buffer.concat(job)
        .subarray(-3)
        .equals(Buffer.from([0x1d, 0x72, 0x01]))
    ) {
      socket.write(Buffer.from([0x00]));
    }
  });
  if (mode === 'good') socket.on('end', () => socket.end());
  socket.resume();
}

function readSlowly(socket: Socket, job: Buffer[]): void {
  const timer = setInterval(() => {
    const byte = socket.read(1) as Buffer | null;
    if (byte) job.push(byte);
  }, 1_000);
  socket.on('close', () => clearInterval(timer));
}

function size(job: readonly Buffer[]): number {
  return job.reduce((sum, chunk) => sum + chunk.length, 0);
}

/**
 * Stops a listening process with SIGSTOP and fills its backlog: from then on a call to its port gets no answer at
 * all, like a call to a printer that is switched off behind a switch that is on.
 */
async function startNoAnswer(): Promise<FakePrinter> {
  const source = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
  const child: ChildProcess = spawn(process.execPath, ['-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stdout = child.stdout;
  if (!stdout) throw new Error('no stdout');
  const [chunk] = (await once(stdout, 'data')) as [Buffer];
  const port = Number(chunk.toString());
  child.kill('SIGSTOP');
  const fillers: Socket[] = [];
  const BACKLOG_FILLERS = 4;
  for (let count = 0; count < BACKLOG_FILLERS; count += 1) {
    const filler = new Socket().on('error', () => undefined);
    filler.connect({ port, host: '127.0.0.1' });
    fillers.push(filler);
    await Promise.race([once(filler, 'connect'), new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return {
    port,
    received: () => [],
    openConnections: () => 0,
    become() {
      throw new Error('a printer that does not answer stays so');
    },
    comeAlive() {
      throw new Error('a printer that does not answer stays so');
    },
    async close() {
      for (const filler of fillers) filler.destroy();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
