import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../../shared/wire/client.ts';
import { type Port, portPair } from '../../shared/wire/port.ts';
import { BOOKS_FILE } from '../engine/backup/manifest.ts';
import { boot, type RunningEngine } from '../engine/boot.ts';
import { EngineError } from '../engine/engine-error.ts';
import { connectLocally } from '../engine/local-socket.ts';

/** Another command line may have the folder for a moment; an engine may be on its way up or down. */
const PATIENCE_MS = 15_000;
const TRY_EVERY_MS = 100;

/** The engine of a folder, the running one or our own, behind a client that speaks for the folder's owner. */
export interface Reached {
  readonly client: Client;
  /** Whether the engine runs elsewhere; else this process has opened the folder itself. */
  isElsewhere(): boolean;
  close(): Promise<void>;
}

/**
 * Connects to the engine that serves `dir`, else opens the folder here: same frames, same answers. When the engine
 * goes away meanwhile it is looked for again, and what was asked is sent again under the same id.
 * Throws EngineError and KeysError as boot does, and `no-books` where `mayCreate` is false and there are none.
 */
export async function reachEngine(dir: string, { mayCreate }: { mayCreate: boolean }): Promise<Reached> {
  const client = createClient('command-line');
  let own: RunningEngine | undefined;
  let isClosed = false;

  async function connect(): Promise<void> {
    const reached = await reach(dir, mayCreate);
    if (isClosed) return;
    if ('engine' in reached) {
      own = reached;
      const [mine, theirs] = portPair();
      own.server.serve(theirs, 'local');
      return client.connect(mine);
    }
    reached.onClose(() => void reconnect());
    client.connect(reached);
  }

  async function reconnect(): Promise<void> {
    while (!isClosed) {
      try {
        return await connect();
      } catch {
        // Whoever waits for an answer is told `lost` in time; until then the engine may come back.
        await sleep(TRY_EVERY_MS);
      }
    }
  }

  await connect();
  return {
    client,
    isElsewhere: () => own === undefined,
    async close() {
      isClosed = true;
      client.close();
      // A run that was begun by this very call has nobody else to go on with it.
      await own?.finishRuns();
      await own?.stop();
    },
  };
}

async function reach(dir: string, mayCreate: boolean): Promise<Port | RunningEngine> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const port = await connectLocally(dir);
    if (port) return port;
    if (!mayCreate && !existsSync(join(dir, BOOKS_FILE))) throw noBooks(dir);
    try {
      return await boot({ dir });
    } catch (error) {
      const isTaken = error instanceof EngineError && error.code === 'folder-in-use';
      if (!isTaken || performance.now() > until) throw error;
      await sleep(TRY_EVERY_MS);
    }
  }
}

export function noBooks(dir: string): EngineError {
  return new EngineError(
    'no-books',
    `There are no books in ${dir} yet. Name the folder with --data, or begin with "call center.create" or "serve".`,
  );
}
