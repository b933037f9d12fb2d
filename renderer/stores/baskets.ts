import { type Kept, kept } from '../engine/kept.ts';
import { type BasketContent, basket } from './basket.ts';

type Content = Pick<BasketContent, 'lines' | 'discount' | 'visit'> & Partial<BasketContent>;

/** The part of the till's basket that a shelf needs. */
interface Hand {
  content(): Content;
  fill(content: Content): void;
  clear(): void;
  /** Makes what an earlier version of the program kept readable; undefined when it cannot be. */
  read(content: unknown, version: number): Content | undefined;
  version: number;
}

/** Each person's own basket: who leaves the till finds it as it was, and nobody else sells it. */
interface BasketShelf {
  /** From here on the till's basket is this person's: another's is put away, the own one comes back. */
  giveTo(username: string): void;
  /** The person leaves; what lies in the basket waits for them. */
  putAway(): void;
}

type Store = Pick<Kept, 'getItem' | 'setItem' | 'removeItem'>;

const OWNER_KEY = 'titipan.basket.owner';
const keyOf = (username: string) => `titipan.basket.of.${username}`;

/**
 * A shelf in `store` beside the basket in hand. `earlierOwner` is asked whose basket it is that was kept before there
 * was a shelf. Each step leaves a state from which the next start goes on: a basket is never there twice and never in
 * another person's hand.
 */
export function createShelf(store: Store, hand: Hand, earlierOwner: () => string | null): BasketShelf {
  const isEmpty = () => hand.content().lines.length === 0;

  function keep(username: string): void {
    if (isEmpty()) return;
    store.setItem(keyOf(username), JSON.stringify({ state: hand.content(), version: hand.version }));
  }

  function waiting(username: string): Content | undefined {
    try {
      const { state, version } = JSON.parse(store.getItem(keyOf(username)) ?? 'null') ?? {};
      return Array.isArray(state?.lines) ? hand.read(state, version) : undefined;
    } catch {
      // Cut short by a power failure: there is nothing left to give back.
      return undefined;
    }
  }

  function putAway(): void {
    const owner = store.getItem(OWNER_KEY) ?? earlierOwner();
    if (owner !== null) keep(owner);
    hand.clear();
  }

  return {
    putAway,
    giveTo(username) {
      if ((store.getItem(OWNER_KEY) ?? earlierOwner() ?? username) !== username) putAway();
      store.setItem(OWNER_KEY, username);
      if (isEmpty()) {
        const mine = waiting(username);
        if (mine) hand.fill(mine);
      }
      store.removeItem(keyOf(username));
    },
  };
}

/** Whose the basket in hand is; undefined before the first person came. */
export function basketOwner(): string | undefined {
  return kept.getItem(OWNER_KEY) ?? undefined;
}

/** The shelf of this till. */
export function tillShelf(earlierOwner: () => string | null): BasketShelf {
  const { version = 0, migrate } = basket.persist.getOptions();
  return createShelf(
    kept,
    {
      version,
      content() {
        const { lines, discount, visit, taken, visitAfter, moving } = basket.getState();
        return { lines, discount, visit, taken, visitAfter, moving };
      },
      fill: (content) => basket.getState().fill(content),
      clear() {
        basket.getState().clear();
        // The group belongs to the buyers of this person, not to those of the next.
        basket.getState().setVisit(null);
      },
      read: (content, from) => (from === version ? content : migrate?.(content, from)) as Content | undefined,
    },
    earlierOwner,
  );
}
