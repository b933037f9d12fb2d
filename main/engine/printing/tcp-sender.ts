/**
 * Sends one job to a printer that listens on a raw TCP port (usually 9100), once, within a total deadline.
 *
 * What can be known. TCP says when our kernel took the bytes, not when the printer read them: a job of 2 KB is "out"
 * within a millisecond even to a printer that hangs. So the sender half-closes after the last byte and waits:
 *  - the printer closes its half → it read to the end of the job: `sent` (closed);
 *  - it answers the status question at the end of the job, where its profile says it can → `sent` (answered), or
 *    `unconfirmed` when the answer says that the paper ended on the way;
 *  - it resets, or closes before we have finished → `unconfirmed`;
 *  - it does neither → a printer that hangs looks the same as one that keeps connections open as its habit.
 *    Both exist, so the answer is `unconfirmed` (still-open) until a person, whose test page came out, says that this
 *    printer has the habit (`openCountsAsSent`). That gives up one thing: a hang right after a healthy connect is
 *    then seen only when the printer's buffers are full. Refusals, resets and full buffers are still seen.
 *
 * Where its profile says that it answers, a printer is asked for paper before the first byte: one that has none, or
 * whose cover is open, gets nothing and the job waits or moves on. No answer is no reason to wait: it is a hint.
 *
 * Bytes that have not left when we give up are dropped by a reset, so that they cannot come out later beside a
 * copy. Once all are out we close in the ordinary way: a reset could cut off a receipt that is being printed.
 */
import { isIP, Socket } from 'node:net';
import type { SendProblem, SendResult } from './printer.ts';
import { ASK_CAUSE, ASK_PAPER, causeProblem, paperProblem, ranOut, statusReader } from './status-bytes.ts';

export interface TcpJob {
  host: string;
  port: number;
  bytes: Buffer;
  /** Total time from the call, connect and close included. */
  deadlineMs: number;
  connectTimeoutMs: number;
  /** How long to wait for the printer's close after ours; never past the deadline. */
  closeWaitMs?: number;
  /**
   * Pause before the first byte and before the half-close. A printer that is taken by another till often accepts
   * and drops the caller at once; seen before our first byte that is a harmless failure and may be retried.
   */
  pauseMs?: number;
  /** It is asked for paper before the job, and its answer to the job's last bytes is proof. */
  answerExpected?: boolean;
  /** How long the questions before the job may take together; none are asked when left out. */
  askMs?: number;
  openCountsAsSent?: boolean;
  signal?: AbortSignal;
}

/** Wait for the close of a printer that closes (it may first print what it has), and of one that does not. */
export const CLOSE_WAIT_MS = 10_000;
export const OPEN_WAIT_MS = 1_000;
const PAUSE_MS = 30;

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?$/i;

/** The order of one try. Nothing of the job has left before `writing`; our kernel holds all of it from `written` on. */
type Stage =
  | 'connecting'
  | 'listening'
  | 'asking-paper'
  | 'asking-cause'
  | 'writing'
  | 'written'
  | 'waiting'
  | 'over';
const BEFORE_THE_JOB: ReadonlySet<Stage> = new Set([
  'connecting',
  'listening',
  'asking-paper',
  'asking-cause',
]);

/** Never throws and never rejects; the socket is closed when the promise resolves. */
export function sendTcp(job: TcpJob): Promise<SendResult> {
  if (!isAddress(job.host, job.port)) return Promise.resolve({ outcome: 'failed', problem: 'bad-address' });
  if (job.bytes.length === 0) return Promise.resolve({ outcome: 'failed', problem: 'fault' });
  if (job.signal?.aborted) return Promise.resolve({ outcome: 'failed', problem: 'stopped' });
  return new Promise((resolve) => converse(job, resolve));
}

/** A numeric address or a host name, and a port: nothing else of a setting reaches the resolver. */
export function isAddress(host: string, port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535 && (isIP(host) !== 0 || HOST_NAME.test(host));
}

function converse(job: TcpJob, resolve: (result: SendResult) => void): void {
  const pauseMs = job.pauseMs ?? PAUSE_MS;
  const closeWaitMs = job.closeWaitMs ?? (job.openCountsAsSent ? OPEN_WAIT_MS : CLOSE_WAIT_MS);
  const socket = new Socket({ allowHalfOpen: true });
  const timers: NodeJS.Timeout[] = [];
  const read = statusReader();
  let stage: Stage = 'connecting';

  const after = (milliseconds: number, action: () => void) => timers.push(setTimeout(action, milliseconds));
  /** After a busy moment of ours: what the printer did in it, like closing, is heard before we go on. */
  const afterPause = (action: () => void) => after(pauseMs, () => setImmediate(action));
  const stopListener = () => giveUp('stopped');

  function finish(result: SendResult): void {
    if (stage === 'over') return;
    const bytesAreStuck = stage === 'writing';
    stage = 'over';
    for (const timer of timers) clearTimeout(timer);
    job.signal?.removeEventListener('abort', stopListener);
    if (socket.closed) resolve(result);
    else socket.once('close', () => resolve(result));
    if (bytesAreStuck) socket.resetAndDestroy();
    else socket.destroy();
  }

  /** Nothing left us: `failed`. From the first write on nobody can say how much arrived: `unconfirmed`. */
  function giveUp(problem: SendProblem): void {
    finish({ outcome: BEFORE_THE_JOB.has(stage) ? 'failed' : 'unconfirmed', problem });
  }

  function ask(): void {
    if (stage !== 'listening') return;
    if (!job.answerExpected || job.askMs === undefined) {
      speak();
      return;
    }
    stage = 'asking-paper';
    socket.write(ASK_PAPER);
    after(job.askMs, () => {
      if (stage === 'asking-paper' || stage === 'asking-cause') speak();
    });
  }

  function hearAtOnce(byte: number): void {
    if (stage !== 'asking-paper' && stage !== 'asking-cause') return;
    const problem = stage === 'asking-paper' ? paperProblem(byte) : causeProblem(byte);
    if (problem) giveUp(problem);
    else if (stage === 'asking-cause') speak();
    else {
      stage = 'asking-cause';
      socket.write(ASK_CAUSE);
    }
  }

  function hearInTurn(bytes: readonly number[]): void {
    const everythingWritten = stage === 'written' || stage === 'waiting';
    // One byte is an answer; more of them are something else that the printer has to say.
    if (!job.answerExpected || !everythingWritten || bytes.length !== 1) return;
    if (ranOut(bytes[0] ?? 0)) giveUp('paper-out');
    else finish({ outcome: 'sent', evidence: 'answered' });
  }

  function speak(): void {
    stage = 'writing';
    socket.write(job.bytes, (error) => {
      if (error || stage !== 'writing') return;
      stage = 'written';
      afterPause(halfClose);
    });
  }

  function halfClose(): void {
    if (stage !== 'written') return;
    stage = 'waiting';
    socket.end();
    after(closeWaitMs, () => {
      if (job.openCountsAsSent) finish({ outcome: 'sent', evidence: 'taken' });
      else giveUp('still-open');
    });
  }

  socket.on('connect', () => {
    if (stage !== 'connecting') return;
    if (isOwnEnd(socket)) {
      giveUp('refused');
      return;
    }
    stage = 'listening';
    afterPause(ask);
  });
  // Reading keeps the peer's close visible, and an unread byte would turn our close into a reset.
  socket.on('data', (chunk: Buffer) => {
    const { atOnce, inTurn } = read(chunk);
    for (const byte of atOnce) hearAtOnce(byte);
    hearInTurn(inTurn);
  });
  socket.on('end', () => {
    if (stage === 'waiting') finish({ outcome: 'sent', evidence: 'closed' });
    else giveUp('closed-early');
  });
  socket.on('error', (error: NodeJS.ErrnoException) => giveUp(problemOf(error)));
  socket.on('close', () => giveUp('closed-early'));

  job.signal?.addEventListener('abort', stopListener, { once: true });
  after(job.deadlineMs, () => giveUp(stage === 'connecting' ? 'no-answer' : 'deadline'));
  after(job.connectTimeoutMs, () => {
    if (stage === 'connecting') giveUp('no-answer');
  });
  socket.setNoDelay(true);
  socket.connect({ host: job.host, port: job.port });
}

/**
 * A call to a free port of this machine can be given that very port as its near end, and is then connected to itself
 * (RFC 9293, 3.5, simultaneous open): it would take its own job and call it printed.
 */
export function isOwnEnd(
  socket: Pick<Socket, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>,
): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
}

function problemOf(error: NodeJS.ErrnoException): SendProblem {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return 'no-route';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'unknown-host';
    case 'ETIMEDOUT':
      return 'no-answer';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return 'reset';
    case 'EACCES':
    case 'EPERM':
      return 'no-permission';
    default:
      return 'fault';
  }
}
