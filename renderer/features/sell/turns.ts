/** An answer that is awaited longer than this is said on the screen. */
export const SLOW_MS = 500;

/**
 * What is done at a till, in the order in which it was done: scans, whose answers may come late and in any order, and
 * keys that mean the basket as it will be after them. Whoever scans and pays in one go pays for the last piece, too.
 */
export interface Turns {
  /** Asks at once; what came out is used when everything before it was. */
  ask<Answer>(question: () => Promise<Answer>, use: (answer: Answer) => void): void;
  /** Runs at once where nothing is awaited, else in its turn. */
  key(task: () => void): void;
  /** Drops the keys that wait: something came out otherwise, and the cashier has to look first. */
  forgetKeys(): void;
  /** What held the turns is gone: they go on. */
  resume(): void;
  /** True while something waits for its turn. */
  waiting(): boolean;
}

interface Turn {
  isKey: boolean;
  /** Undefined while its answer is awaited. */
  run: (() => void) | undefined;
}

/**
 * Turns that stand still while `isHeld` says so (a dialog stands before the basket). `onSlow` hears how many answers
 * are awaited once the first of them is late, and 0 when none is any more.
 */
export function createTurns(isHeld: () => boolean, onSlow: (awaited: number) => void): Turns {
  let turns: Turn[] = [];
  let slow = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function go(): void {
    while (!isHeld()) {
      const run = turns[0]?.run;
      if (!run) return;
      turns.shift();
      run();
    }
  }

  function tellSlow(): void {
    const awaited = turns.filter(({ run }) => run === undefined).length;
    if (awaited > 0) {
      if (slow) onSlow(awaited);
      timer ??= setTimeout(() => {
        slow = true;
        tellSlow();
      }, SLOW_MS);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (slow) onSlow(0);
    slow = false;
  }

  return {
    ask(question, use) {
      const turn: Turn = { isKey: false, run: undefined };
      turns.push(turn);
      const answered = (run: () => void) => {
        turn.run = run;
        tellSlow();
        go();
      };
      question().then(
        (answer) => answered(() => use(answer)),
        (error: unknown) => {
          answered(() => {});
          throw error;
        },
      );
      tellSlow();
    },
    key(task) {
      turns.push({ isKey: true, run: task });
      go();
    },
    forgetKeys() {
      turns = turns.filter(({ isKey }) => !isKey);
    },
    resume: go,
    waiting: () => turns.length > 0,
  };
}
