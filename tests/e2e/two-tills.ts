/**
 * Two tills of one center in two browsers, an office beside them, and a saboteur: the engine dies when told to, and the
 * wire of a till lets everything in and no answer out. At the end of the day the books are opened and looked through.
 */
import type { Page, WebSocketRoute } from 'playwright-core';
import { connectLocally } from '../../main/engine/local-socket.ts';
import { userCreate } from '../../shared/contract/people.ts';
import { drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { type Served, startServe } from '../support/command-line.ts';
import { makeFolder, removeFolder, until } from '../support/electron-runtime.ts';
import { startEngine, type TestClient, testClient } from '../support/engine.ts';
import { startFakePrinter } from '../support/fake-printer.ts';
import { PINS, signIn } from '../support/shop.ts';
import { bootTillShop, type TillShop, tillCode } from '../support/till-shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { openBrowser } from './browser.ts';
import { type Person, personAt, type Watch } from './keyboard.ts';

const TONO_PIN = '384951';

export interface TillWindow {
  readonly page: Page;
  readonly person: Person;
  readonly watch: Watch;
  /** Scans goods by their places in TILL_GOODS and waits for that many lines. */
  scan(goods: readonly number[], lines?: number): Promise<void>;
  /** Presses keys, then waits for this many dialogs in front of the till. */
  open(dialogs: number, ...keys: string[]): Promise<void>;
  /** Waits until the till is as it must be after anything: no dialog, the keys in the empty search field. */
  isReady(): Promise<void>;
  /** Presses F8 and what follows, waits for the receipt, and gives its number. */
  pay(...keys: string[]): Promise<string>;
  dialog(): Promise<string>;
  /** While true, everything this till says arrives and no answer comes back. */
  withholdAnswers(isWithheld: boolean): void;
  /** Holds calls of this name on their way in, or their answers on the way out; with `nothing` all goes on. */
  keepBack(what: 'answers' | 'calls' | 'nothing', name?: string): void;
}

export interface TwoTills {
  readonly shop: TillShop;
  /** The cashier siti at K1, tono at K2. */
  readonly first: TillWindow;
  readonly second: TillWindow;
  /** The manager or the administrator, past all windows. */
  office(who?: 'manager' | 'admin'): Promise<TestClient>;
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Ends everything; the books that are left must be whole. */
  endDay(): Promise<void>;
}

type Tokens = Readonly<Record<'siti' | 'tono' | 'manager' | 'admin', string>>;

export async function openTwoTills(): Promise<TwoTills> {
  const dataDir = makeFolder('data');
  const printer = await startFakePrinter('good');
  const { shop, tokens } = await makeShop(dataDir, printer.port);
  let served: Served = await startServe(['--data', dataDir, '--port', '0']);
  const { port, url } = served;
  const browsers = await Promise.all([openBrowser(url), openBrowser(url)]);
  const [first, second] = await Promise.all([
    tillIn(browsers[0], tokens.siti),
    tillIn(browsers[1], tokens.tono),
  ]);
  return {
    shop,
    first,
    second,
    async office(who = 'manager') {
      const way = await connectLocally(dataDir);
      if (!way) throw new Error('no engine listens');
      const client = testClient('office');
      client.connect(way);
      client.setSession(tokens[who]);
      return client;
    },
    kill: async () => void (await served.stop('SIGKILL')),
    async revive() {
      served = await startServe(['--data', dataDir, '--port', String(port)]);
    },
    async endDay() {
      for (const browser of browsers) await browser.close();
      await served.stop();
      await printer.close();
      const engine = await startEngine({ dir: dataDir });
      try {
        await expectWholeBooks(engine);
      } finally {
        await engine.stop();
        removeFolder(dataDir);
      }
    },
  };
}

/** The till shop with a second drawer, whose cashier is tono; everybody has a session. */
async function makeShop(dir: string, printerPort: number): Promise<{ shop: TillShop; tokens: Tokens }> {
  const { engine, shop } = await bootTillShop(dir, { printerPort });
  const { drawer } = await shop.admin.must(drawerCreate, { code: 'K2', name: 'Kasir dua' });
  await shop.admin.must(userCreate, { username: 'tono', name: 'Tono', role: 'cashier', pin: TONO_PIN });
  const second = engine.client('till-2');
  const tokens = {
    siti: await signIn(shop.cashier, 'siti', PINS.cashier),
    tono: await signIn(second, 'tono', TONO_PIN),
    manager: await signIn(shop.manager, 'budi', PINS.manager),
    admin: await signIn(shop.admin, 'ratna', PINS.admin),
  };
  await second.must(shiftOpen, { drawer, floatRupiah: 200_000, floatFrom: 'opening' });
  await engine.stop();
  return { shop, tokens };
}

async function tillIn(browser: { page: Page; watch: Watch }, token: string): Promise<TillWindow> {
  const { page, watch } = browser;
  const person = personAt(page);
  const dialogs = page.locator('[role=dialog]');
  const saboteur = await sabotage(page);
  await page.evaluate((kept) => sessionStorage.setItem('titipan.session', kept), token);
  await page.reload();
  await page.getByTestId('total').waitFor();

  const linesAre = (count: number) =>
    until(
      `${count} lines in the cart`,
      async () => (await page.getByTestId('cart').locator('> li').count()) === count,
    );
  const dialogsAre = (count: number) =>
    until(`${count} dialogs`, async () => (await dialogs.count()) === count);
  async function isReady(): Promise<void> {
    await dialogsAre(0);
    await person.isAt('Cari barang');
    await until(
      'nothing is left in the search',
      async () => (await page.getByLabel('Cari barang').inputValue()) === '',
    );
  }
  return {
    page,
    person,
    watch,
    ...saboteur,
    isReady,
    async scan(goods, lines = new Set(goods).size) {
      for (const index of goods) await person.scan(tillCode(index));
      await linesAre(lines);
    },
    async open(count, ...keys) {
      await person.press(...keys);
      await dialogsAre(count);
    },
    async pay(...keys) {
      await person.press('F8');
      await dialogsAre(1);
      await person.press(...keys);
      const number = await person.read('receipt-number');
      await isReady();
      return number;
    },
    dialog: () => dialogs.last().innerText(),
  };
}

/** Stands between a page and its engine. */
async function sabotage(page: Page): Promise<Pick<TillWindow, 'withholdAnswers' | 'keepBack'>> {
  let isWithheld = false;
  let kept: { what: string; name: string | undefined } = { what: 'nothing', name: undefined };
  let letGo: () => void = () => {};
  await page.routeWebSocket(/\/wire$/, (till: WebSocketRoute) => {
    const engine = till.connectToServer();
    const asked = new Set<number>();
    // Of this connection alone: with a killed page, what it waited for is gone.
    const waiting: (() => void)[] = [];
    letGo = () => {
      for (const send of waiting.splice(0)) send();
    };
    till.onMessage((message) => {
      const { name, callId } = JSON.parse(String(message));
      if (kept.what === 'answers' && name === kept.name) asked.add(callId);
      if (kept.what === 'calls' && name === kept.name) waiting.push(() => engine.send(message));
      else engine.send(message);
    });
    engine.onMessage((message) => {
      if (kept.what === 'answers' && asked.has(JSON.parse(String(message)).callId))
        waiting.push(() => till.send(message));
      else if (!isWithheld) till.send(message);
    });
  });
  return {
    withholdAnswers(next) {
      isWithheld = next;
    },
    keepBack(what, name) {
      kept = { what, name };
      if (what === 'nothing') letGo();
    },
  };
}
