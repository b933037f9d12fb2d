/** Texts that a browser keeps for a page. */
export type PageStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What a browser may refuse a page: with cookies blocked the mere asking throws. Undefined when it does. */
export function reachable<Thing>(get: () => Thing): Thing | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

/**
 * A store for what a till can do without: who signed in last, the language. Where the browser keeps nothing, or has no
 * room left, it lives in memory as long as the page, so that the till starts and sells all the same.
 */
export function forgivingStore(open: () => PageStore | undefined): PageStore {
  const store = reachable(open);
  // What the store did not take; null for what it should have forgotten.
  const own = new Map<string, string | null>();
  function keep(key: string, text: string | null, write: (store: PageStore) => void): void {
    own.set(key, text);
    if (!store) return;
    try {
      write(store);
      own.delete(key);
    } catch {
      // No room, or no leave any more: it stays in memory.
    }
  }
  return {
    getItem(key) {
      const mine = own.get(key);
      if (mine !== undefined) return mine;
      return reachable(() => store?.getItem(key)) ?? null;
    },
    setItem: (key, text) => keep(key, text, (into) => into.setItem(key, text)),
    removeItem: (key) => keep(key, null, (from) => from.removeItem(key)),
  };
}

/** Survives a restart of the program. */
export const machineStore: PageStore = forgivingStore(() => globalThis.localStorage);

/** Gone with the tab. */
export const tabStore: PageStore = forgivingStore(() => globalThis.sessionStorage);
