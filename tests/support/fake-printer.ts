/**
 * Printers for tests: real TCP servers on 127.0.0.1 that behave well or badly, and keep every byte of a job that they
 * have read. Questions before a job (`DLE EOT n`) are taken out of the stream, as a printer does that answers at once.
 *  good         reads to the end of the job, then closes
 *  paced        like good, but reads no faster than a slow printer prints, at many times its speed
 *  keepOpen     reads everything and never closes
 *  answers      reads everything, has paper, answers `DLE EOT` and `GS r 1`, never closes
 *  paperOut     says that it has no paper; a job that comes all the same waits in its memory
 *  coverOpen    has paper and says that its cover is open
 *  runsOut      had paper when it was asked; its answer to `GS r 1` says that the paper ended
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
  'paced',
  'keepOpen',
  'answers',
  'paperOut',
  'coverOpen',
  'runsOut',
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
  if (mode === 'refuses') return startRefusing();
  return startServer(mode);
}

/**
 * A port at which nobody listens, and nobody else will: it is taken as the near end of a connection. A port that was
 * merely free a moment ago becomes that of another test's printer, which then gets what was sent here.
 */
async function startRefusing(): Promise<FakePrinter> {
  const keeper = await startServer('keepOpen');
  const holder = new Socket().on('error', () => undefined);
  holder.connect({ port: keeper.port, host: '127.0.0.1' });
  await once(holder, 'connect');
  return {
    port: holder.localPort ?? 0,
    received: () => [],
    openConnections: () => 0,
    ...unchanging('refuses'),
    async close() {
      holder.destroy();
      await keeper.close();
    },
  };
}

function unchanging(what: string): Pick<FakePrinter, 'become' | 'comeAlive'> {
  const refuse = () => {
    throw new Error(`a printer that ${what} stays so`);
  };
  return { become: refuse, comeAlive: refuse };
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

/** What a printer says of itself: to `DLE EOT 4` and `2` at once, to `GS r 1` in its turn. */
interface Says {
  paper: number;
  cause: number;
  inTurn?: number;
}

const SAYS: Partial<Record<PrinterMode, Says>> = {
  answers: { paper: 0x12, cause: 0x12, inTurn: 0x00 },
  paperOut: { paper: 0x7e, cause: 0x32 },
  coverOpen: { paper: 0x12, cause: 0x16 },
  runsOut: { paper: 0x12, cause: 0x12, inTurn: 0x0f },
};
const ASK_IN_TURN = Buffer.from([0x1d, 0x72, 0x01]);

function behave(mode: PrinterMode, socket: Socket, job: Buffer[]): void {
  // Fewer than the shortest job, a kick, has.
  const FIRST_BYTES = 5;
  if (mode === 'neverReads') return;
  if (mode === 'slow') {
    readSlowly(socket, job);
    return;
  }
  const says = SAYS[mode];
  const answer = (byte: number | undefined) => byte !== undefined && socket.write(Buffer.from([byte]));
  const withoutQuestions = questionTaker((n) => answer(n === 4 ? says?.paper : says?.cause));
  socket.on('data', (chunk: Buffer) => {
    job.push(withoutQuestions(chunk));
    if (mode === 'paced') restAfter(socket, chunk);
    if (mode === 'resetsMidJob' && size(job) >= FIRST_BYTES) socket.resetAndDestroy();
    if (mode === 'closesEarly' && size(job) >= FIRST_BYTES) socket.end();
    if (Buffer.concat(job).subarray(-ASK_IN_TURN.length).equals(ASK_IN_TURN)) answer(says?.inTurn);
  });
  if (mode === 'good' || mode === 'paced') socket.on('end', () => socket.end());
  // What comes before the caller has heard of it is in the printer's hands all the same.
  if (mode === 'hangsUp') socket.end();
  socket.resume();
}

/** Five labels of 16 KB in a thirtieth of a second. */
const PACED_BYTES_PER_MS = 500;

function restAfter(socket: Socket, chunk: Buffer): void {
  socket.pause();
  setTimeout(() => socket.resume(), chunk.length / PACED_BYTES_PER_MS);
}

/** Takes `DLE EOT n` out as long as nothing of a job has come; later the same bytes can be part of a picture. */
function questionTaker(onQuestion: (n: number) => void): (chunk: Buffer) => Buffer {
  let pending = Buffer.alloc(0);
  let hasBegun = false;
  return (chunk) => {
    if (hasBegun) return chunk;
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 3 && pending[0] === 0x10 && pending[1] === 0x04) {
      onQuestion(pending[2] ?? 0);
      pending = pending.subarray(3);
    }
    hasBegun = pending.length > 0 && pending[0] !== 0x10;
    if (!hasBegun) return Buffer.alloc(0);
    return pending;
  };
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
    ...unchanging('does not answer'),
    async close() {
      for (const filler of fillers) filler.destroy();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
