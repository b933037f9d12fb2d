/**
 * Sends one job to a printer that listens on a raw TCP port (usually 9100), once, within a total deadline.
 *
 * What can be known. TCP says when our kernel took the bytes, not when the printer read them: a job of 2 KB is "out"
 * within a millisecond even to a printer that hangs. So the sender half-closes after the last byte and waits:
 *  - the printer closes its half → it read to the end of the job: `sent` (closed);
 *  - it answers the status question at the end of the job, where its profile says it can → `sent` (answered);
 *  - it resets, or closes before we have finished → `unconfirmed`;
 *  - it does neither → a printer that hangs looks the same as one that keeps connections open as its habit.
 *    Both exist, so the answer is `unconfirmed` (still-open) until a person, whose test page came out, says that this
 *    printer has the habit (`openCountsAsSent`). That gives up one thing: a hang right after a healthy connect is
 *    then seen only when the printer's buffers are full. Refusals, resets and full buffers are still seen.
 *
 * Bytes that have not left when we give up are dropped by a reset, so that they cannot come out later beside a
 * copy. Once all are out we close in the ordinary way: a reset could cut off a receipt that is being printed.
 */
import { isIP, Socket } from 'node:net';
import type { SendProblem, SendResult } from './printer.ts';

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
  answerExpected?: boolean;
  openCountsAsSent?: boolean;
  signal?: AbortSignal;
}

/** Wait for the close of a printer that closes (it may first print what it has), and of one that does not. */
export const CLOSE_WAIT_MS = 10_000;
export const OPEN_WAIT_MS = 1_000;
const PAUSE_MS = 30;

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?$/i;

/** The order of one try. Nothing has left us before `writing`; our kernel holds everything from `written` on. */
type Stage = 'connecting' | 'listening' | 'writing' | 'written' | 'waiting' | 'over';

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
  let stage: Stage = 'connecting';

  const after = (milliseconds: number, action: () => void) => timers.push(setTimeout(action, milliseconds));
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
    const nothingLeft = stage === 'connecting' || stage === 'listening';
    finish({ outcome: nothingLeft ? 'failed' : 'unconfirmed', problem });
  }

  function speak(): void {
    stage = 'writing';
    socket.write(job.bytes, (error) => {
      if (error || stage !== 'writing') return;
      stage = 'written';
      after(pauseMs, halfClose);
    });
  }

  function halfClose(): void {
    stage = 'waiting';
    socket.end();
    after(closeWaitMs, () => {
      if (job.openCountsAsSent) finish({ outcome: 'sent', evidence: 'taken' });
      else giveUp('still-open');
    });
  }

  socket.on('connect', () => {
    if (stage !== 'connecting') return;
    stage = 'listening';
    after(pauseMs, speak);
  });
  // Reading keeps the peer's close visible, and an unread byte would turn our close into a reset.
  socket.on('data', (chunk: Buffer) => {
    const everythingWritten = stage === 'written' || stage === 'waiting';
    if (job.answerExpected && everythingWritten && isStatusAnswer(chunk)) {
      finish({ outcome: 'sent', evidence: 'answered' });
    }
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

/** `GS r` answers one byte with bits 4 and 7 clear; an unasked status block of four bytes is something else. */
function isStatusAnswer(chunk: Buffer): boolean {
  return chunk.length === 1 && ((chunk[0] ?? 0xff) & 0x90) === 0;
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
