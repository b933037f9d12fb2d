/**
 * Proves that a center can be run in the program's window by keyboard and scanner alone: from an empty folder to a
 * paid vendor, with the paper saying what the screen said, the books adding up, and nothing secret left in any file.
 * The built program runs in Electron as an unprivileged user, with its own engine and a printer on a real socket.
 */
import { afterAll, beforeAll, test } from 'vitest';
import { type Display, makeFolder, removeFolder, startDisplay } from '../support/electron-runtime.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { expectNoSecret, expectSoundBooks, expectSoundCopy } from './afterwards.ts';
import { type BuiltProgram, copyBuild, startBuilt } from './built-program.ts';
import { COMMANDS } from './figures.ts';
import { type Walked, walkNarrowPath, walkOf } from './journey.ts';

let display: Display;
let printer: FakePrinter;
let folder: string;
let dataDir: string;
let program: BuiltProgram;
let walked: Walked;

beforeAll(async () => {
  display = await startDisplay();
  printer = await startFakePrinter('good');
  folder = copyBuild();
  dataDir = makeFolder('data');
  program = await startBuilt(folder, display, dataDir);
});

afterAll(async () => {
  await program?.close();
  await printer?.close();
  await display?.stop();
  for (const each of [folder, dataDir]) removeFolder(each);
});

test('from an empty folder to a paid vendor, by keyboard alone', async () => {
  walked = await walkNarrowPath(walkOf('electron', program, printer, folder));
});

test('leaves sound books, while the engine runs and after it was ended', async () => {
  await expectSoundBooks(dataDir);
  await expectSoundCopy(dataDir, { commands: COMMANDS.whole, backup: walked.backup });
  // The data folder holds the books, the engine's log, the backup, and Electron's own files in `window`.
  expectNoSecret(walked, [dataDir], program.output());
  await program.app.evaluate(({ app }) => app.quit()).catch(() => {});
  await program.close();
  expectNoSecret(walked, [dataDir], program.output());
  await expectSoundBooks(dataDir);
});
