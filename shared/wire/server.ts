import {
  type AnswerFrame,
  type CallFrame,
  callFrame,
  FRAME_VERSION,
  MAX_FRAME_LENGTH,
  type Outcome,
  type PushFrame,
} from './frame.ts';
import type { Port } from './port.ts';

/** What stands behind a port: the engine's door, or a stub in a test of the wire. */
export interface Door {
  handle(call: CallFrame, origin: Origin): Outcome | Promise<Outcome>;
}

/** Where a port comes from: a page in some window, or the owner of the data folder at the command line. */
export type Origin = 'page' | 'local';

/** Most calls of one port that may be under way at once; one more is told `busy` and may try again. */
const MAX_CALLS_UNDER_WAY = 64;

export interface WireServer {
  /** Serves a port until it closes. */
  serve(port: Port, origin: Origin): void;
  /** Tells every port that something of a topic changed. */
  push(topic: string, seq: number): void;
  /** How many calls are being handled now; a drain waits for 0. */
  underWay(): number;
  close(): void;
}

/** Binds ports to a door: parses frames, bounds them, answers in the caller's own call number. */
export function createServer(door: Door): WireServer {
  const ports = new Set<Port>();
  let callsUnderWay = 0;

  function serve(port: Port, origin: Origin): void {
    let ownCalls = 0;
    ports.add(port);
    port.onClose(() => ports.delete(port));
    port.onMessage((text) => {
      const call = readCall(text);
      if ('outcome' in call) {
        port.send(answerText(call.callId, call.outcome));
        return;
      }
      if (ownCalls >= MAX_CALLS_UNDER_WAY) {
        port.send(answerText(call.callId, { outcome: 'rejected', name: 'busy', details: {} }));
        return;
      }
      const outcome = door.handle(call, origin);
      if (!(outcome instanceof Promise)) {
        port.send(answerText(call.callId, outcome));
        return;
      }
      ownCalls += 1;
      callsUnderWay += 1;
      outcome
        .then((late) => port.send(answerText(call.callId, late)))
        .finally(() => {
          ownCalls -= 1;
          callsUnderWay -= 1;
        });
    });
  }

  return {
    serve,
    push(topic, seq) {
      const frame: PushFrame = { v: FRAME_VERSION, kind: 'push', topic, seq };
      const text = JSON.stringify(frame);
      for (const port of ports) port.send(text);
    },
    underWay: () => callsUnderWay,
    close() {
      for (const port of ports) port.close();
      ports.clear();
    },
  };
}

/** The call, or the answer to text that is none. Call number 0 stands for "your number could not be read". */
function readCall(text: string): CallFrame | { callId: number; outcome: Outcome } {
  const problem = (callId: number, field: string, what: string) => ({
    callId,
    outcome: { outcome: 'rejected', name: 'bad-input', details: { field, problem: what } } satisfies Outcome,
  });
  if (text.length > MAX_FRAME_LENGTH) return problem(0, 'frame', 'too large');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return problem(0, 'frame', 'not JSON');
  }
  const parsed = callFrame.safeParse(raw);
  if (parsed.success) return parsed.data;
  const callId = (raw as { callId?: unknown } | null)?.callId;
  const issue = parsed.error.issues[0];
  return problem(
    Number.isSafeInteger(callId) ? (callId as number) : 0,
    issue?.path.join('.') || 'frame',
    issue?.message ?? 'bad',
  );
}

function answerText(callId: number, outcome: Outcome): string {
  const frame: AnswerFrame = { v: FRAME_VERSION, kind: 'answer', callId, ...outcome };
  return JSON.stringify(frame);
}
