/**
 * What a till must not lose when it is killed: the basket, and sales whose answer is awaited. Chromium writes
 * localStorage to disk only some seconds later (measured: what was set 3 s before a kill was gone), IndexedDB when a
 * transaction asks for it. docs/decisions.md 22.
 */

import { type PageStore, reachable } from './page-store.ts';

/** Texts by key: read at once, on disk soon, in the order of writing. */
export interface Kept {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
  keys(): string[];
  /** Resolves when all that was set so far survives a kill and a power cut. Rejects when the disk does not take it. */
  settled(): Promise<void>;
}

/** `null` takes a text away. */
type Changes = ReadonlyMap<string, string | null>;

/** Where texts are kept for good. Writes are carried out one after the other, each whole or not at all. */
export interface KeptDisk {
  read(): Promise<Map<string, string>>;
  /** `surely`: it is on the disk itself when the promise resolves, not only with the operating system. */
  write(changes: Changes, surely: boolean): Promise<void>;
}

/** What version 0.1.0 kept in localStorage. */
const EARLIER_KEYS = ['titipan.basket', 'titipan.outbox'] as const;

/** Reads what `disk` has and keeps it in step; takes over from `earlier` what 0.1.0 kept there. */
export async function openKept(disk: KeptDisk, earlier: PageStore | undefined): Promise<Kept> {
  const texts = await disk.read();
  let changes = new Map<string, string | null>();
  let isPlanned = false;

  async function write(surely: boolean): Promise<void> {
    const written = changes;
    changes = new Map();
    try {
      await disk.write(written, surely);
    } catch (error) {
      // They go with the next change; what was set meanwhile is newer.
      changes = new Map([...written, ...changes]);
      throw error;
    }
  }

  function change(key: string, text: string | null): void {
    if (text === null) texts.delete(key);
    else texts.set(key, text);
    changes.set(key, text);
    if (isPlanned) return;
    isPlanned = true;
    // Everything that one key press changes goes in one transaction.
    setTimeout(() => {
      isPlanned = false;
      if (changes.size > 0) write(false).catch(tell);
    });
  }

  for (const key of EARLIER_KEYS) {
    const text = earlier?.getItem(key) ?? null;
    if (text !== null && !texts.has(key)) change(key, text);
  }
  if (changes.size > 0) {
    await write(true);
    for (const key of EARLIER_KEYS) earlier?.removeItem(key);
  }
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: change,
    removeItem: (key) => change(key, null),
    keys: () => [...texts.keys()],
    settled: () => write(true),
  };
}

function tell(error: unknown): void {
  console.warn('titipan: the basket was not kept', error);
}

const DATABASE = 'titipan';
const STORE = 'kept';
/** A profile that does not open by then never will; the till has to start all the same. */
const OPEN_TIMEOUT_MS = 4_000;

/** The disk behind IndexedDB. Rejects where there is none, or when it does not open in time. */
async function openDatabaseDisk(factory: IDBFactory | undefined): Promise<KeptDisk> {
  if (!factory) throw new Error('no IndexedDB here');
  let database = await opened(factory);
  return {
    async read() {
      const store = database.transaction(STORE).objectStore(STORE);
      const [keys, texts] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
      return new Map(keys.map((key, index) => [String(key), String(texts[index])]));
    },
    async write(changes, surely) {
      try {
        await put(database, changes, surely);
      } catch {
        // The browser closes a database by itself when its files were cleared or its process was restarted.
        database = await opened(factory);
        await put(database, changes, surely);
      }
    },
  };
}

function put(database: IDBDatabase, changes: Changes, surely: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const durability = surely ? 'strict' : 'relaxed';
    const transaction = database.transaction(STORE, 'readwrite', { durability });
    const store = transaction.objectStore(STORE);
    for (const [key, text] of changes) {
      if (text === null) store.delete(key);
      else store.put(text, key);
    }
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('IndexedDB does not open')), OPEN_TIMEOUT_MS);
  });
  return Promise.race([result(request), late]);
}

function result<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A disk in a store like localStorage: where IndexedDB is broken the till has to sell all the same. */
export function plainDisk(store: PageStore | undefined): KeptDisk {
  const key = 'titipan.kept';
  function read(): Map<string, string> {
    try {
      return new Map(Object.entries(JSON.parse(store?.getItem(key) ?? '{}') as Record<string, string>));
    } catch {
      // Cut short by a power failure: there is nothing left in it that could be read.
      return new Map();
    }
  }
  return {
    read: async () => read(),
    async write(changes) {
      const texts = read();
      for (const [name, text] of changes) {
        if (text === null) texts.delete(name);
        else texts.set(name, text);
      }
      store?.setItem(key, JSON.stringify(Object.fromEntries(texts)));
    },
  };
}

/** Outside a page, as in tests of one part of it, there is neither; a browser may refuse them. */
const surroundings = globalThis as Partial<Window & typeof globalThis>;
const page = reachable(() => surroundings.localStorage);
const indexedDB = reachable(() => surroundings.indexedDB);

async function openOwn(): Promise<Kept> {
  try {
    return await openKept(await openDatabaseDisk(indexedDB), page);
  } catch (error) {
    // Outside a page, as in tests of one part of it, there is neither, and nothing to tell.
    if (page) tell(error);
    return openKept(plainDisk(page), page);
  }
}

/** This page's own; nothing of the page runs before it is there. */
export const kept: Kept = await openOwn();
