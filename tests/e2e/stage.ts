/**
 * A busy shop served to Chromium, for whoever walks through its screens. What the office does meanwhile goes past the
 * window.
 */
import type { Page } from 'playwright-core';
import { connectLocally } from '../../main/engine/local-socket.ts';
import type { Language } from '../../shared/domain/calendar.ts';
import { startServe } from '../support/command-line.ts';
import { makeFolder, removeFolder, until } from '../support/electron-runtime.ts';
import { type TestClient, testClient } from '../support/engine.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import type { TillShop } from '../support/till-shop.ts';
import { openBrowser, type RunningBrowser } from './browser.ts';
import { openBusyShop } from './busy-shop.ts';
import { type Person, personAt, type Watch } from './keyboard.ts';

export const SIZES = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
] as const;

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

export type Who = 'nobody' | 'cashier' | 'manager' | 'admin';

export interface Stage {
  page: Page;
  person: Person;
  watch: Watch;
  shop: TillShop;
  /** The newest receipts of the open shift, newest first. */
  receipts: string[];
  printer: FakePrinter;
  /** The manager at another machine. Another one after `startEngine`. */
  office(): TestClient;
  /** A page that was just loaded, for this person, with nothing kept from before. */
  begin(who: Who): Promise<void>;
  /** The window that was opened last. */
  newestPage(): Page;
  /** Light or dark, at once. */
  wear(scheme: Scheme): Promise<void>;
  resize(size: { width: number; height: number }): Promise<void>;
  stopEngine(): Promise<void>;
  startEngine(): Promise<void>;
  /** The whole machine was off: the engine starts, and then the page with what it had kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a stage whose screens speak `language`. */
export async function openStage(language: Language): Promise<Stage> {
  const dataDir = makeFolder('data');
  const printer = await startFakePrinter('good');
  const { shop, tokens, receipts } = await openBusyShop(dataDir, printer.port);
  let served = await startServe(['--data', dataDir, '--port', '0']);
  let office = await officeAt(dataDir, tokens.manager);
  const browser = await openBrowser(served.url);
  const { page, watch } = browser;
  async function startEngine(): Promise<void> {
    served = await startServe(['--data', dataDir, '--port', String(served.port)]);
    office = await officeAt(dataDir, tokens.manager);
  }
  return {
    page,
    watch,
    person: personAt(page),
    shop,
    receipts,
    printer,
    office: () => office,
    async begin(who) {
      await closeOthers(browser);
      await forget(page, language, who === 'nobody' ? undefined : tokens[who]);
      await page.goto(served.url);
      await page.waitForSelector(who === 'nobody' ? 'input[type=password]' : 'nav');
    },
    newestPage: () => browser.context.pages().at(-1) ?? page,
    async wear(scheme) {
      for (const each of browser.context.pages()) await each.emulateMedia({ colorScheme: scheme });
    },
    async resize(size) {
      for (const each of browser.context.pages()) await each.setViewportSize(size);
    },
    stopEngine: async () => void (await served.stop()),
    startEngine,
    async restart() {
      await page.goto('about:blank');
      await startEngine();
      await page.goto(served.url);
      await page.waitForSelector('nav');
    },
    async close() {
      await browser.close();
      await served.stop();
      await printer.close();
      removeFolder(dataDir);
    },
  };
}

async function officeAt(dataDir: string, token: string): Promise<TestClient> {
  const port = await connectLocally(dataDir);
  if (!port) throw new Error('no engine listens');
  const client = testClient('office');
  client.connect(port);
  client.setSession(token);
  return client;
}

/** The buyer's window, or any other that a screen opened. */
async function closeOthers({ context, page }: RunningBrowser): Promise<void> {
  for (const each of context.pages()) if (each !== page) await each.close();
}

/** Takes away what the page keeps, and signs the person in. Nothing of it is seen before the next load. */
async function forget(page: Page, language: Language, token: string | undefined): Promise<void> {
  await page.evaluate(
    async ([preferences, session]) => {
      localStorage.clear();
      sessionStorage.clear();
      localStorage.setItem('titipan.preferences', preferences as string);
      if (session) sessionStorage.setItem('titipan.session', session);
      for (const { name } of await indexedDB.databases()) {
        await new Promise<void>((done, failed) => {
          const request = indexedDB.open(name ?? '');
          request.onerror = () => failed(request.error);
          request.onsuccess = () => {
            const database = request.result;
            const stores = [...database.objectStoreNames];
            const change = database.transaction(stores, 'readwrite');
            for (const store of stores) change.objectStore(store).clear();
            change.oncomplete = () => {
              database.close();
              done();
            };
          };
        });
      }
    },
    [JSON.stringify({ state: { language }, version: 0 }), token],
  );
}

/** Waits until nothing moves and nothing has changed for a moment. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(
    (quietMs) =>
      new Promise<void>((done) => {
        let timer = setTimeout(end, quietMs);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(end, quietMs);
        });
        function end(): void {
          observer.disconnect();
          done();
        }
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
    QUIET_MS,
  );
  await until('nothing moves any more', () =>
    page.evaluate(() =>
      document.getAnimations().every(({ playState, effect }) => {
        // Who waits for an answer turns for as long as it takes.
        const isEndless = effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY;
        return isEndless || playState !== 'running';
      }),
    ),
  );
}

const QUIET_MS = 120;
