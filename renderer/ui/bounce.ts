import { useRef } from 'react';

/** Two presses of one nervous hand are closer together than this, and nobody reads a new screen so fast. */
export const BOUNCE_MS = 350;

export interface Bounce {
  /** What stands here now is new. */
  mark(): void;
  /** Whoever typed something into it has seen it. */
  clear(): void;
  /** True for a moment after that: a key pressed now was meant for what stood here before. */
  isOn(): boolean;
}

/** `nowMs`: a clock that never goes back, milliseconds. */
export function createBounce(nowMs: () => number = () => performance.now()): Bounce {
  let markedMs = Number.NEGATIVE_INFINITY;
  return {
    mark() {
      markedMs = nowMs();
    },
    clear() {
      markedMs = Number.NEGATIVE_INFINITY;
    },
    isOn: () => nowMs() - markedMs < BOUNCE_MS,
  };
}

/** Keeps the second press of a double Enter from doing what only the next screen offers. */
export function useBounce(): Bounce {
  const kept = useRef<Bounce>(undefined);
  kept.current ??= createBounce();
  return kept.current;
}

/** For what came out of a command: it cannot be closed by the press that gave the command, pressed twice. */
export function useSteady(act: () => void): () => void {
  const kept = useRef<Bounce>(undefined);
  if (!kept.current) {
    kept.current = createBounce();
    kept.current.mark();
  }
  const bounce = kept.current;
  return () => {
    if (!bounce.isOn()) act();
  };
}
