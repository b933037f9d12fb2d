import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BootOptions, boot, type RunningEngine } from '../../main/engine/boot.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { uuidV7 } from '../../shared/domain/id.ts';
import { type Answer, type CallOptions, type Client, createClient } from '../../shared/wire/client.ts';
import { portPair } from '../../shared/wire/port.ts';
import { emptyBooks } from './empty-books.ts';

/** Hashing that costs next to nothing, for tests that are not about PINs. */
export const CHEAP_PIN = { logN: 4, r: 8, p: 1 };

export function temporaryFolder(name = 'titipan'): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

export function newCommandId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

/** A client that makes a command id for each command and throws on anything but ok where `must` is asked. */
export interface TestClient extends Client {
  ask<E extends Entry>(entry: E, input: InputOf<E>, options?: CallOptions): Promise<Answer<E>>;
  must<E extends Entry>(entry: E, input: InputOf<E>, options?: CallOptions): Promise<OutputOf<E>>;
}

export function testClient(device = 'test'): TestClient {
  const client = createClient(device);
  const ask: TestClient['ask'] = (entry, input, options = {}) => {
    const commandId = entry.kind === 'command' ? (options.commandId ?? newCommandId()) : undefined;
    return client.call(entry, input, { ...options, ...(commandId !== undefined && { commandId }) });
  };
  return {
    ...client,
    ask,
    async must(entry, input, options) {
      const answer = await ask(entry, input, options);
      if (answer.outcome === 'ok') return answer.value;
      throw new Error(`${entry.name}: ${JSON.stringify(answer)}`);
    },
  };
}

export interface TestEngine extends RunningEngine {
  dir: string;
  /** A new client over an in-memory port. */
  client(device?: string, origin?: 'page' | 'local'): TestClient;
}

function folderWithEmptyBooks(): string {
  const folder = temporaryFolder();
  copyFileSync(emptyBooks(), join(folder, 'titipan.db'));
  return folder;
}

/** A real engine on real files in a folder of its own. */
export async function startEngine(options: Partial<BootOptions> = {}): Promise<TestEngine> {
  const dir = options.dir ?? folderWithEmptyBooks();
  const running = await boot({ pinCost: CHEAP_PIN, ...options, dir });
  return {
    ...running,
    dir,
    client(device = 'test', origin = 'page') {
      const [mine, theirs] = portPair();
      running.server.serve(theirs, origin);
      const client = testClient(device);
      client.connect(mine);
      return client;
    },
  };
}
