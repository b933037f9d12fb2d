import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boot, type RunningEngine } from '../engine/boot.ts';
import { EngineError } from '../engine/engine-error.ts';
import { listenLocally } from '../engine/local-socket.ts';
import { issueRecoveryCode } from '../engine/seal/keys.ts';
import { centerRow } from '../engine/store/rows.ts';
import { HOST, type HttpServer, startHttp } from './http.ts';
import { EXIT, tell, type VerbResult } from './outcome.ts';

const FIRST_PORT = 4780;
const PORTS_TRIED = 20;

export interface ServeArguments {
  readonly dir: string;
  /** undefined takes the first free one of a few; 0 any. */
  readonly port: number | undefined;
  /** Told once it serves: the one line of JSON on stdout. */
  ready(json: unknown): void;
}

/** The till for browsers on this machine. Ends at SIGINT or SIGTERM, when everything under way is on disk. */
export async function serve({ dir, port, ready }: ServeArguments): Promise<VerbResult> {
  const ending = endAsked();
  const screens = screensFolder();
  const running = await boot({ dir });
  let http: HttpServer | undefined;
  let closeSocket: (() => Promise<void>) | undefined;
  try {
    http = await listen(running, screens, port);
    closeSocket = await listenLocally(dir, (own) => running.server.serve(own, 'local'));
    const url = `http://${HOST}:${http.port}/`;
    introduce(running, url, dir);
    ready({ url, port: http.port, data: dir });
    await ending;
    tell('titipan: stopping …');
  } finally {
    await closeSocket?.();
    const stopped = running.stop();
    await http?.close();
    await stopped;
  }
  return { exit: EXIT.ok };
}

function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function screensFolder(): string {
  const folder =
    process.env.TITIPAN_RENDERER_DIR || fileURLToPath(new URL('../../build/renderer', import.meta.url));
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw new EngineError('no-screens', `There are no built screens in ${folder}. Run "npm run build" first.`);
}

async function listen(
  running: RunningEngine,
  screens: string,
  asked: number | undefined,
): Promise<HttpServer> {
  const { server } = running;
  const last = asked ?? FIRST_PORT + PORTS_TRIED - 1;
  for (let port = asked ?? FIRST_PORT; ; port += 1) {
    try {
      return await startHttp({ screens, port, server });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      if (port < last) continue;
      const what = code === 'EACCES' ? 'may not be used by this account' : 'is taken by another program';
      throw new EngineError('port-taken', `Port ${port} ${what}. Name another with --port.`);
    }
  }
}

function introduce({ engine }: RunningEngine, url: string, dir: string): void {
  tell(`titipan: serving ${url} (this machine only)`);
  tell(`titipan: data folder ${dir}`);
  if (!centerRow(engine.sql)) tell('titipan: no center yet: open the address and follow the first steps.');
  else {
    tell('titipan: open the address and sign in with your name and PIN.');
    offerRecovery(engine);
  }
  tell('titipan: Ctrl+C stops it.');
}

/** A shop without a recovery code has no backups. A code is shown to a person only, never to a log. */
function offerRecovery(engine: RunningEngine['engine']): void {
  if (engine.keys.hasRecovery) return;
  if (!process.stderr.isTTY) {
    tell('titipan: there is no recovery code, so no backup can be made: call recovery.issue --as ADMIN.');
    return;
  }
  tell(`titipan: recovery code  ${issueRecoveryCode(engine.dir, engine.keys)}`);
  tell('titipan: write it on paper: it is shown once, and without it no backup can be restored.');
}
