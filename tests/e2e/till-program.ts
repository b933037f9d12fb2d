/**
 * The built program in its window, on the till shop of a busy day, with a printer on a real socket and the cashier
 * signed in: for tests that work at the till as its cashier does. What the books say is asked past the window.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFailed } from 'vitest';
import { connectLocally } from '../../main/engine/local-socket.ts';
import { type SaleView, saleGet, saleList } from '../../shared/contract/sale.ts';
import { chownTree } from '../support/chown-tree.ts';
import {
  type Display,
  makeFolder,
  processTree,
  projectRoot,
  removeFolder,
  startDisplay,
} from '../support/electron-runtime.ts';
import { type TestClient, testClient } from '../support/engine.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { PINS, signIn } from '../support/shop.ts';
import { bootTillShop, type TillShop } from '../support/till-shop.ts';
import { type BuiltProgram, copyBuild, startBuilt } from './built-program.ts';
import { type Person, personAt } from './keyboard.ts';

export interface TillProgram {
  readonly program: BuiltProgram;
  readonly person: Person;
  readonly shop: TillShop;
  readonly printer: FakePrinter;
  /** Ends the program as closing its window does and starts it on the same folder. Nobody signs in. */
  restart(): Promise<void>;
  signIn(): Promise<void>;
  /** Process id of the engine; undefined while there is none. */
  enginePid(): number | undefined;
  /** Asks the running engine as the manager, over its local socket. */
  inBooks<Result>(ask: (manager: TestClient) => Promise<Result>): Promise<Result>;
  /** The sale with this receipt number as the books have it; fails when there is none or more than one. */
  saleInBooks(number: string): Promise<SaleView>;
  close(): Promise<void>;
}

export async function openTillProgram(): Promise<TillProgram> {
  const display: Display = await startDisplay();
  const printer = await startFakePrinter('good');
  const dataDir = makeFolder('data');
  const { engine, shop } = await bootTillShop(dataDir, { printerPort: printer.port });
  await engine.stop();
  chownTree(dataDir);
  const folder = copyBuild();
  let program = await startBuilt(folder, display, dataDir);
  let person = personAt(program.page);

  async function inBooks<Result>(ask: (manager: TestClient) => Promise<Result>): Promise<Result> {
    const port = await connectLocally(dataDir);
    if (!port) throw new Error('no engine listens');
    const client = testClient('checker');
    client.connect(port);
    try {
      await signIn(client, 'budi', PINS.manager);
      return await ask(client);
    } finally {
      client.close();
    }
  }

  return {
    get program() {
      return program;
    },
    get person() {
      return person;
    },
    shop,
    printer,
    async restart() {
      await program.close();
      program = await startBuilt(folder, display, dataDir);
      person = personAt(program.page);
    },
    async signIn() {
      await person.sees('Siapa yang bekerja?');
      await person.press('s');
      await person.isAt('PIN siti');
      await person.type(PINS.cashier);
      await person.press('Enter');
      await person.read('total');
    },
    enginePid: () => processTree(program.child.pid ?? 0).find(isEngine),
    inBooks,
    saleInBooks: (number) =>
      inBooks(async (manager) => {
        const { sales } = await manager.must(saleList, { day: shop.day });
        const [found, ...others] = sales.filter((sale) => sale.number === number);
        if (!found || others.length > 0) throw new Error(`${number} is in the books ${others.length} times`);
        return manager.must(saleGet, { sale: found.sale });
      }),
    async close() {
      await program.close();
      await printer.close();
      await display.stop();
      for (const each of [folder, dataDir]) removeFolder(each);
    },
  };
}

/** Leaves a picture of the screen in test-results when the test that runs now fails. */
export function keepPictureOfFailure(till: TillProgram, test: { task: { name: string } }): void {
  onTestFailed(async () => {
    const name = test.task.name.replace(/[^a-z0-9]+/gi, '-').slice(0, 40);
    const path = join(projectRoot, `test-results/failed-${name}.png`);
    await till.person.page.screenshot({ path }).catch(() => {});
  });
}

function isEngine(pid: number): boolean {
  try {
    return /build\/engine\/main\.js|node\.mojom/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}
