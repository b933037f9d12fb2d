/**
 * What a host and its engine process say to each other, beside the frames of the wire: start, ports, stop.
 * Read by hand rather than by a schema library, because Electron's main process relays every frame through
 * here on older runtimes and carries no other library.
 */

/** Longest frame towards the engine, the same figure as the wire's own (frame.ts); a test holds them together. */
export const CALL_LENGTH_MAX = 256 * 1024;
/** Longest frame from the engine: what a client of the wire still takes as one answer. */
export const ANSWER_LENGTH_MAX = 64 * CALL_LENGTH_MAX;
const SENTENCE_LENGTH_MAX = 2_000;
const NAME_LENGTH_MAX = 100;
const PATH_LENGTH_MAX = 4_096;
const SECRET_LENGTH_MAX = 200;

/** `keystoreSecret` is base64 of 32 random bytes that only this user's OS keystore can open. */
export interface StartMessage {
  type: 'start';
  dataDir: string;
  keystoreSecret?: string;
}
/** Comes together with a transferred MessagePort. */
export interface PortMessage {
  type: 'port';
  port: number;
}
/** Opens a port whose frames are relayed through the host. */
export interface PortOpenMessage {
  type: 'port-open';
  port: number;
}
export interface FrameMessage {
  type: 'frame';
  port: number;
  text: string;
}
export interface PortCloseMessage {
  type: 'port-close';
  port: number;
}
export interface StopMessage {
  type: 'stop';
}
/** `seq` is the journal's newest row: the engine has opened its files and answers. */
export interface ReadyMessage {
  type: 'ready';
  seq: number;
}
/** The engine could not open its files. `name` is stable, `sentence` is for the person at the screen. */
export interface FailedMessage {
  type: 'failed';
  name: string;
  sentence: string;
}
/** The last message of an engine that drained. Only this, never an exit code, means a clean end. */
export interface StoppedMessage {
  type: 'stopped';
}

export type HostToEngine =
  | StartMessage
  | PortMessage
  | PortOpenMessage
  | FrameMessage
  | PortCloseMessage
  | StopMessage;
export type EngineToHost = ReadyMessage | FailedMessage | FrameMessage | PortCloseMessage | StoppedMessage;

type Fields = Record<string, unknown>;

/** Returns the message, or undefined for anything that is not exactly one: such a message is ignored. */
export function readHostToEngine(value: unknown): HostToEngine | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'start':
      return readStart(value);
    case 'port':
      return isPortId(value.port) ? { type: 'port', port: value.port } : undefined;
    case 'port-open':
      return isPortId(value.port) ? { type: 'port-open', port: value.port } : undefined;
    case 'stop':
      return { type: 'stop' };
    default:
      return readRelayed(value, CALL_LENGTH_MAX);
  }
}

/** Returns the message, or undefined for anything that is not exactly one: such a message is ignored. */
export function readEngineToHost(value: unknown): EngineToHost | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'ready':
      return isCount(value.seq) ? { type: 'ready', seq: value.seq } : undefined;
    case 'failed':
      return readFailed(value);
    case 'stopped':
      return { type: 'stopped' };
    default:
      return readRelayed(value, ANSWER_LENGTH_MAX);
  }
}

/** True for a text that may travel to the engine as one frame. */
export function isCallText(value: unknown): value is string {
  return isText(value, CALL_LENGTH_MAX);
}

/** Cuts name and sentence to what a `failed` message may carry, so that an endless error text still arrives. */
export function failedMessage(name: string, sentence: string): FailedMessage {
  return {
    type: 'failed',
    name: name.slice(0, NAME_LENGTH_MAX),
    sentence: sentence.slice(0, SENTENCE_LENGTH_MAX),
  };
}

function readStart(value: Fields): StartMessage | undefined {
  const { dataDir, keystoreSecret } = value;
  if (!isText(dataDir, PATH_LENGTH_MAX) || dataDir === '') return undefined;
  if (keystoreSecret === undefined) return { type: 'start', dataDir };
  return isText(keystoreSecret, SECRET_LENGTH_MAX) ? { type: 'start', dataDir, keystoreSecret } : undefined;
}

function readFailed(value: Fields): FailedMessage | undefined {
  const { name, sentence } = value;
  if (!isText(name, NAME_LENGTH_MAX) || !isText(sentence, SENTENCE_LENGTH_MAX)) return undefined;
  return { type: 'failed', name, sentence };
}

function readRelayed(value: Fields, lengthMax: number): FrameMessage | PortCloseMessage | undefined {
  if (!isPortId(value.port)) return undefined;
  if (value.type === 'port-close') return { type: 'port-close', port: value.port };
  if (value.type !== 'frame' || !isText(value.text, lengthMax)) return undefined;
  return { type: 'frame', port: value.port, text: value.text };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isPortId(value: unknown): value is number {
  return isCount(value) && value > 0;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown, lengthMax: number): value is string {
  return typeof value === 'string' && value.length <= lengthMax;
}
