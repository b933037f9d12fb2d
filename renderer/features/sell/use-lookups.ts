import { useRef } from 'react';

export interface Lookups {
  /** Counts as a question to the engine for as long as `work` takes. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Runs at once, or when every question was answered. A later wish takes the place of an earlier one. */
  after(task: () => void): void;
  /** Drops what waits: something came out otherwise, and the cashier has to look first. */
  forget(): void;
}

/**
 * Codes whose answer is still awaited. Whoever scans and pays in one go must not pay without the last piece, so the
 * pay dialog waits for them.
 */
export function useLookups(): Lookups {
  const state = useRef<{ asked: number; wish: (() => void) | undefined }>({ asked: 0, wish: undefined });
  return {
    async during(work) {
      state.current.asked += 1;
      try {
        return await work();
      } finally {
        state.current.asked -= 1;
        // What was found is added by whoever awaits this, and only then is the basket whole.
        setTimeout(() => {
          const { asked, wish } = state.current;
          if (asked > 0) return;
          state.current.wish = undefined;
          wish?.();
        });
      }
    },
    after(task) {
      if (state.current.asked === 0) task();
      else state.current.wish = task;
    },
    forget() {
      state.current.wish = undefined;
    },
  };
}
