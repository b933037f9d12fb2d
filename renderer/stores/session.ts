import { create } from 'zustand';
import { authMe, authSignOut, type UserView } from '../../shared/contract/people.ts';
import { engine, isDesktop } from '../engine/client.ts';
import { machineStore, type PageStore, tabStore } from '../engine/page-store.ts';
import { tillShelf } from './baskets.ts';
import { recentlyHere, rememberHere } from './people-here.ts';
import { till } from './till.ts';
import { tillDialog } from './till-dialog.ts';

const TOKEN_KEY = 'titipan.session';
const RESUME_AGAIN_MS = 1_000;
const SIGN_OUT_TIMEOUT_MS = 5_000;

interface SessionState {
  /** `asking` until the engine has said whether a kept token still lives. */
  phase: 'asking' | 'out' | 'in';
  user: UserView | null;
  /** A person came: the first one, or another one in the place of who was here. */
  started(token: string, user: UserView): void;
  /** The engine says the session is over, or the person leaves. */
  ended(): void;
  /** An answer says that there is no such session: of this person, or only of the one before. */
  doubted(): void;
  signOut(): void;
  resume(): Promise<void>;
}

/** The desktop program is a trusted device and keeps its session; a browser forgets it with the tab. */
function tokenStore(): PageStore {
  return isDesktop() ? machineStore : tabStore;
}

/** The engine is being asked whether the session is over; one question is enough. */
let isDoubting = false;

const shelf = tillShelf(() => lastUsername());

/** Who is signed in on this page. */
export const session = create<SessionState>((set, get) => ({
  phase: 'asking',
  user: null,
  started(token, user) {
    // The call takes the token of whoever was here with it; from the next line on it is the other's.
    if (get().phase === 'in') void engine.call(authSignOut, {}, { timeoutMs: SIGN_OUT_TIMEOUT_MS });
    tokenStore().setItem(TOKEN_KEY, token);
    engine.setSession(token);
    clearTill();
    shelf.giveTo(user.username);
    rememberHere(machineStore, user.username);
    set({ phase: 'in', user });
  },
  ended() {
    tokenStore().removeItem(TOKEN_KEY);
    engine.setSession(undefined);
    if (get().phase === 'in') shelf.putAway();
    clearTill();
    set({ phase: 'out', user: null });
  },
  doubted() {
    if (isDoubting) return;
    isDoubting = true;
    void whenNothingIsSent()
      .then(async () => {
        const token = tokenStore().getItem(TOKEN_KEY);
        if (get().phase !== 'in' || !token) return;
        const answer = await engine.call(authMe, {});
        const isOver = answer.outcome === 'rejected' && answer.name === 'no-session';
        if (isOver && tokenStore().getItem(TOKEN_KEY) === token) get().ended();
      })
      .finally(() => {
        isDoubting = false;
      });
  },
  signOut() {
    void engine.call(authSignOut, {}, { timeoutMs: SIGN_OUT_TIMEOUT_MS });
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
    if (answer.outcome === 'ok') {
      shelf.giveTo(answer.value.username);
      rememberHere(machineStore, answer.value.username);
      set({ phase: 'in', user: answer.value });
    } else if (answer.outcome === 'rejected' && answer.name === 'no-session') get().ended();
    // An engine that is away or busy says nothing about the session: it is kept and asked about again.
    else setTimeout(() => void get().resume(), RESUME_AGAIN_MS);
  },
}));

/** While a sale is on its way its basket is nobody's to put away. */
function whenNothingIsSent(): Promise<void> {
  return new Promise((resolve) => {
    const isFree = () => till.getState().sending.length === 0;
    if (isFree()) return resolve();
    const stop = till.subscribe(() => {
      if (!isFree()) return;
      stop();
      resolve();
    });
  });
}

/** What one person had in front of them on the till is not shown to the next. */
function clearTill(): void {
  tillDialog.getState().close();
  till.getState().forgetLast();
  till.getState().forgetProblem();
}

/** Who signed in here last, so that one person on one till only types a PIN. */
export function lastUsername(): string | null {
  return recentlyHere(machineStore)[0] ?? null;
}

export function isOffice(user: UserView | null): boolean {
  return user !== null && user.role !== 'cashier';
}
