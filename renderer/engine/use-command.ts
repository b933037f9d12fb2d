import { useCallback, useEffect, useRef, useState } from 'react';
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import type { Answer } from '../../shared/wire/client.ts';
import { engine, newCommandId } from './client.ts';
import { createIntent, type Intent } from './intent.ts';
import { type Problem, problemOf } from './problem.ts';

/** One wait is the client's own 60 s; after this many the person is told and may try again. */
const MAX_SENDS = 5;

export interface RunOptions {
  /** Made earlier, when a second person approved exactly this command. */
  commandId?: string;
  approval?: string;
}

/** Gives the command once; by default straight to the engine. */
export type Send<E extends Entry> = (
  input: InputOf<E>,
  options: RunOptions & { commandId: string },
) => Promise<Answer<E>>;

export interface CommandState<E extends Entry> {
  /**
   * Runs the command or operation once. The id is made here, at the moment of intent, and kept while it is sent
   * again after a lost answer, by this page or by a person who tries the same once more. `undefined` when one is under way already: a double click is one intent.
   */
  run(input: InputOf<E>, options?: RunOptions): Promise<Answer<E> | undefined>;
  busy: boolean;
  problem: Problem | undefined;
  clear(): void;
}

/** A command or operation of a screen. `send`: another way for it than straight to the engine, such as one that keeps it first. */
export function useCommand<E extends Entry>(entry: E, send?: Send<E>): CommandState<E> {
  const underWay = useRef(false);
  const mounted = useRef(true);
  const intent = useRef<Intent>(undefined);
  intent.current ??= createIntent(newCommandId);
  const way = useRef(send);
  way.current = send;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (input: InputOf<E>, options: RunOptions = {}): Promise<Answer<E> | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      setProblem(undefined);
      const commandId = options.commandId ?? intent.current?.idOf(input) ?? newCommandId();
      let answer: Answer<E> = { outcome: 'lost' };
      // An operation has no id that makes a second sending harmless, so only commands are sent again.
      const sends = entry.kind === 'command' ? MAX_SENDS : 1;
      const give: Send<E> = way.current ?? ((given, how) => engine.call(entry, given, how));
      for (let count = 0; count < sends && mounted.current && answer.outcome === 'lost'; count += 1) {
        answer = await give(input, { ...options, commandId });
      }
      intent.current?.ended(commandId, input, answer.outcome === 'lost');
      underWay.current = false;
      setBusy(false);
      setProblem(problemOf(answer));
      return answer;
    },
    [entry],
  );

  const clear = useCallback(() => setProblem(undefined), []);
  return { run, busy, problem, clear };
}
