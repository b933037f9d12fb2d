import type { Entry, InputOf, OutputOf, RejectsOf } from '../contract/define.ts';
import type { DoorRejectionName, RejectionDetails, RejectionName } from '../contract/rejections.ts';
import { type AnswerFrame, FRAME_VERSION, MAX_FRAME_LENGTH, type PushFrame } from './frame.ts';
import type { Port } from './port.ts';

type Rejected<Name extends RejectionName> = {
  [Key in Name]: { outcome: 'rejected'; name: Key; details: RejectionDetails[Key] };
}[Name];

/** What a caller gets. `lost`: no answer came in time; a command may or may not have happened, ask command.outcome. */
export type Answer<E extends Entry> =
  | { outcome: 'ok'; value: OutputOf<E> }
  | Rejected<RejectsOf<E> | DoorRejectionName>
  | { outcome: 'fault'; faultId: string }
  | { outcome: 'lost' };

export interface CallOptions {
  /** The command's id, made at the moment of intent; obligatory for commands. */
  commandId?: string;
  approval?: string;
  /** How long to wait in all, over reconnects. Default 60 s. */
  timeoutMs?: number;
}

export interface Client {
  /** Gives the client a port; calls that wait are sent (again) over it. Call numbers and command ids stay. */
  connect(port: Port): void;
  call<E extends Entry>(entry: E, input: InputOf<E>, options?: CallOptions): Promise<Answer<E>>;
  onPush(listener: (topic: string, seq: number) => void): () => void;
  onConnection(listener: (connected: boolean) => void): () => void;
  setSession(token: string | undefined): void;
  isConnected(): boolean;
  close(): void;
}

interface Waiting {
  text: string;
  settle(answer: Answer<Entry>): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Most calls that may wait for answers at once; the next is `busy` without being sent. */
const MAX_WAITING = 64;

/**
 * A client of the engine over any port. A call that was sent and not answered is sent again after a reconnect: a
 * command under the same id happens once, a query may be asked twice.
 */
export function createClient(device: string): Client {
  const waiting = new Map<number, Waiting>();
  const pushListeners = new Set<(topic: string, seq: number) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  let port: Port | undefined;
  let session: string | undefined;
  let lastCallId = 0;

  function settle(callId: number, answer: Answer<Entry>): void {
    const call = waiting.get(callId);
    if (!call) return;
    waiting.delete(callId);
    clearTimeout(call.timer);
    call.settle(answer);
  }

  function receive(text: string): void {
    if (text.length > MAX_FRAME_LENGTH * 64) return;
    const frame = JSON.parse(text) as AnswerFrame | PushFrame;
    if (frame.kind === 'push') for (const listener of pushListeners) listener(frame.topic, frame.seq);
    else {
      const { v: _v, kind: _kind, callId, ...outcome } = frame;
      settle(callId, outcome as Answer<Entry>);
    }
  }

  function connect(next: Port): void {
    const previous = port;
    port = next;
    previous?.close();
    next.onMessage((text) => {
      if (port === next) receive(text);
    });
    for (const call of waiting.values()) next.send(call.text);
    for (const listener of connectionListeners) listener(true);
    next.onClose(() => {
      if (port !== next) return;
      port = undefined;
      for (const listener of connectionListeners) listener(false);
    });
  }

  function call(entry: Entry, input: unknown, options: CallOptions = {}): Promise<Answer<Entry>> {
    if (entry.kind === 'command' && !options.commandId) throw new Error(`${entry.name} needs a command id`);
    lastCallId += 1;
    const callId = lastCallId;
    const text = JSON.stringify({
      v: FRAME_VERSION,
      kind: 'call',
      callId,
      name: entry.name,
      input,
      device,
      ...(options.commandId && { commandId: options.commandId }),
      ...(options.approval && { approval: options.approval }),
      ...(session && { session }),
    });
    if (text.length > MAX_FRAME_LENGTH) {
      return Promise.resolve(rejected('bad-input', { field: 'frame', problem: 'too large' }));
    }
    if (waiting.size >= MAX_WAITING) return Promise.resolve(rejected('busy', {}));
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(callId, { outcome: 'lost' }), options.timeoutMs ?? 60_000);
      waiting.set(callId, { text, settle: resolve, timer });
      port?.send(text);
    });
  }

  return {
    connect,
    call: call as Client['call'],
    onPush: (listener) => subscribe(pushListeners, listener),
    onConnection: (listener) => subscribe(connectionListeners, listener),
    setSession(token) {
      session = token;
    },
    isConnected: () => port !== undefined,
    close() {
      for (const callId of [...waiting.keys()]) settle(callId, { outcome: 'lost' });
      port?.close();
    },
  };
}

function rejected(name: 'bad-input' | 'busy', details: object): Answer<Entry> {
  return { outcome: 'rejected', name, details } as Answer<Entry>;
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
