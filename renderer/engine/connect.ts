import type { Client } from '../../shared/wire/client.ts';
import type { Port } from '../../shared/wire/port.ts';

/** Waits between attempts, growing, the last one for ever: an engine that comes back is found within 5 s. */
export const RETRY_WAITS_MS = [200, 500, 1_000, 2_000, 5_000] as const;

/** The wait before attempt `attempt` (0 is the first retry), in milliseconds. */
export function retryWaitMs(attempt: number): number {
  return RETRY_WAITS_MS[Math.min(attempt, RETRY_WAITS_MS.length - 1)] ?? 5_000;
}

/**
 * Keeps a client connected: opens a port, gives it to the client, and when it closes opens another. Runs until the
 * page goes away.
 */
export function keepConnected(
  client: Client,
  open: () => Promise<Port>,
  wait: (task: () => void, delayMs: number) => unknown = setTimeout,
): void {
  let attempt = 0;
  function tryAgain(): void {
    wait(tryOnce, retryWaitMs(attempt));
    attempt += 1;
  }
  function tryOnce(): void {
    open().then((port) => {
      attempt = 0;
      client.connect(port);
      port.onClose(tryAgain);
    }, tryAgain);
  }
  tryOnce();
}
