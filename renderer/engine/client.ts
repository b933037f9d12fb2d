import { type CommandId, uuidV7 } from '../../shared/domain/id.ts';
import { type Client, createClient } from '../../shared/wire/client.ts';
import { keepConnected } from './connect.ts';
import { machineStore } from './page-store.ts';
import { takeElectronPorts } from './port-electron.ts';
import { openWebSocketPort, wireAddress } from './port-websocket.ts';
import { type Problem, problemOf } from './problem.ts';

const DEVICE_KEY = 'titipan.device';

type Refusal = Extract<Problem, { kind: 'rejected' }>;

const refusalListeners = new Set<(refusal: Refusal) => void>();

/** The page's one client of the engine. */
export const engine: Client = withRefusalsHeard(createClient(deviceName()));

/** Hears every "no" of the engine, whoever asked: some of them concern the whole page. */
export function onRefusal(listener: (refusal: Refusal) => void): () => void {
  refusalListeners.add(listener);
  return () => refusalListeners.delete(listener);
}

/** A new command id, made at the moment of intent. `crypto.randomUUID` is missing on plain-http pages. */
export function newCommandId(): CommandId {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

/** True in the desktop program: a trusted device that may keep its session over a restart. */
export function isDesktop(): boolean {
  return window.titipan !== undefined;
}

/** Connects the page to its engine: by a message port under Electron, else by a WebSocket to the page's own host. */
export function startEngine(): void {
  const bridge = window.titipan;
  if (bridge) takeElectronPorts(bridge, engine);
  else keepConnected(engine, () => openWebSocketPort(wireAddress(window.location)));
}

function withRefusalsHeard(client: Client): Client {
  const call: Client['call'] = async (entry, input, options) => {
    const answer = await client.call(entry, input, options);
    const problem = problemOf(answer);
    if (problem?.kind === 'rejected') for (const listener of refusalListeners) listener(problem);
    return answer;
  };
  return { ...client, call };
}

/** A name for this machine that stays; the journal and the sign-in throttle show it. */
function deviceName(): string {
  const known = machineStore.getItem(DEVICE_KEY);
  if (known && /^[A-Za-z0-9._-]{1,60}$/.test(known)) return known;
  const random = crypto.getRandomValues(new Uint8Array(6));
  const name = `till-${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  machineStore.setItem(DEVICE_KEY, name);
  return name;
}
