type Store = Pick<Storage, 'getItem' | 'setItem'>;

const RECENT_KEY = 'titipan.recentUsers';
/** Version 0.1.0 remembered one person only. */
const LAST_USER_KEY = 'titipan.lastUser';
const MAX_RECENT = 8;

/** Who signed in on this machine, newest first, each once. */
export function recentlyHere(store: Store): string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(RECENT_KEY) ?? 'null');
    if (Array.isArray(kept)) return kept.filter((name) => typeof name === 'string');
  } catch {
    // Cut short by a power failure: then nobody is proposed.
  }
  const last = store.getItem(LAST_USER_KEY);
  return last === null ? [] : [last];
}

export function rememberHere(store: Store, username: string): void {
  const others = recentlyHere(store).filter((name) => name !== username);
  store.setItem(RECENT_KEY, JSON.stringify([username, ...others].slice(0, MAX_RECENT)));
}

/** Who is proposed: the newest of `usernames` that was here, else the first. Two people take turns by PIN alone. */
export function proposedPerson(store: Store, usernames: readonly string[]): string | undefined {
  return recentlyHere(store).find((name) => usernames.includes(name)) ?? usernames[0];
}
