import { type CommandId, uuidV7 } from '../../shared/domain/id.ts';
import { type Client, createClient } from '../../shared/wire/client.ts';
import { keepConnected } from './connect.ts';
import { takeElectronPorts } from './port-electron.ts';
import { openWebSocketPort, wireAddress } from './port-websocket.ts';

const DEVICE_KEY = 'titipan.device';

/** The page's one client of the engine. */
export const engine: Client = createClient(deviceName());

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

/** A name for this machine that stays; the journal and the sign-in throttle show it. */
function deviceName(): string {
  const known = localStorage.getItem(DEVICE_KEY);
  if (known && /^[A-Za-z0-9._-]{1,60}$/.test(known)) return known;
  const random = crypto.getRandomValues(new Uint8Array(6));
  const name = `till-${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  localStorage.setItem(DEVICE_KEY, name);
  return name;
}
