/**
 * The program with its window open, and a web server that stands for the outside world and must never be called:
 * what the security tests of the window start from.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeFolder, removeFolder, startDisplay } from './electron-runtime.ts';
import { buildProgram, type Program, startProgram } from './program.ts';

export interface Attacked {
  program: Program;
  /** The built program, with its preload below build/electron. */
  folder: string;
  outsideUrl: string;
  /** Every path that anybody asked the outside world for. */
  callsOutside: string[];
  stop(): Promise<void>;
}

export async function startAttacked(): Promise<Attacked> {
  const callsOutside: string[] = [];
  const outside = createServer((request, response) => {
    callsOutside.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('window.fromOutside = 1');
  });
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done));
  const display = await startDisplay();
  const folder = await buildProgram();
  const dataDir = makeFolder('data');
  const program = await startProgram(folder, display, dataDir);
  return {
    program,
    folder,
    outsideUrl: `http://127.0.0.1:${(outside.address() as AddressInfo).port}`,
    callsOutside,
    async stop() {
      await program.close();
      await display.stop();
      outside.close();
      for (const each of [folder, dataDir]) removeFolder(each);
    },
  };
}
