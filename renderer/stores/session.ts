import { create } from 'zustand';
import { authMe, authSignOut, type UserView } from '../../shared/contract/people.ts';
import { engine, isDesktop } from '../engine/client.ts';

const TOKEN_KEY = 'titipan.session';
const RESUME_AGAIN_MS = 1_000;
const LAST_USER_KEY = 'titipan.lastUser';

interface SessionState {
  /** `asking` until the engine has said whether a kept token still lives. */
  phase: 'asking' | 'out' | 'in';
  user: UserView | null;
  started(token: string, user: UserView): void;
  /** The engine says the session is over, or the person leaves. */
  ended(): void;
  signOut(): void;
  resume(): Promise<void>;
}

/** The desktop program is a trusted device and keeps its session; a browser forgets it with the tab. */
function tokenStore(): Storage {
  return isDesktop() ? localStorage : sessionStorage;
}

/** Who is signed in on this page. */
export const session = create<SessionState>((set, get) => ({
  phase: 'asking',
  user: null,
  started(token, user) {
    tokenStore().setItem(TOKEN_KEY, token);
    localStorage.setItem(LAST_USER_KEY, user.username);
    engine.setSession(token);
    set({ phase: 'in', user });
  },
  ended() {
    tokenStore().removeItem(TOKEN_KEY);
    engine.setSession(undefined);
    set({ phase: 'out', user: null });
  },
  signOut() {
    void engine.call(authSignOut, {}, { timeoutMs: 5_000 });
    get().ended();
  },
  async resume() {
    const token = tokenStore().getItem(TOKEN_KEY);
    if (!token) {
      set({ phase: 'out' });
      return;
    }
    engine.setSession(token);
    const answer = await engine.call(authMe, {});
    if (answer.outcome === 'ok') set({ phase: 'in', user: answer.value });
    else if (answer.outcome === 'rejected' && answer.name === 'no-session') get().ended();
    // An engine that is away or busy says nothing about the session: it is kept and asked about again.
    else setTimeout(() => void get().resume(), RESUME_AGAIN_MS);
  },
}));

/** Who signed in here last, so that one person on one till only types a PIN. */
export function lastUsername(): string | null {
  return localStorage.getItem(LAST_USER_KEY);
}

export function isOffice(user: UserView | null): boolean {
  return user !== null && user.role !== 'cashier';
}
