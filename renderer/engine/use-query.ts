import { useCallback, useEffect, useRef, useState } from 'react';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import type { Topic } from '../../shared/contract/topics.ts';
import { engine } from './client.ts';
import { type Problem, problemOf } from './problem.ts';

const stirred = new Set<(topic: Topic) => void>();

/** Asks every query of a topic again: after an operation, which the engine pushes nothing for. */
export function askAgain(topic: Topic): void {
  for (const listener of stirred) listener(topic);
}

export interface QueryState<E extends Entry> {
  /** The newest answer; stays while the question is asked again. */
  value: OutputOf<E> | undefined;
  /** False while `value` is still what another input was answered with. */
  isCurrent: boolean;
  problem: Problem | undefined;
  /** True while what was answered already is asked once more. */
  asking: boolean;
  /** Asks again now. */
  ask(): void;
}

/**
 * Asks a query, and asks again when one of its topics is pushed or the connection comes back (pushes may have been
 * missed). `null` as input asks nothing. The last answer stays on the screen while asking.
 */
export function useQuery<E extends Entry>(
  entry: E,
  input: InputOf<E> | null,
  topics: readonly Topic[] = [],
): QueryState<E> {
  const [state, setState] = useState<{ key: string; value?: OutputOf<E>; problem?: Problem }>({ key: '' });
  const [asking, setAsking] = useState(false);
  const key = input === null ? '' : JSON.stringify(input);
  const current = useRef({ key, answered: '', underWay: false, again: false });
  current.current.key = key;

  const ask = useCallback(() => {
    const mine = current.current;
    const asked = mine.key;
    if (asked === '') return;
    // One question at a time: what changes meanwhile is asked once more afterwards, not once per push.
    if (mine.underWay) {
      mine.again = true;
      return;
    }
    mine.underWay = true;
    // A new question is known by its key: one painting less between a key and what it finds.
    setAsking(mine.answered === asked);
    void engine.call(entry, JSON.parse(asked) as InputOf<E>).then((answer) => {
      mine.underWay = false;
      const problem = problemOf(answer);
      if (mine.key === asked) {
        mine.answered = asked;
        setState((before) =>
          answer.outcome === 'ok'
            ? { key: asked, value: answer.value as OutputOf<E> }
            : { key: asked, value: before.key === asked ? before.value : undefined, problem },
        );
      }
      if (mine.again || mine.key !== asked) {
        mine.again = false;
        ask();
      } else {
        setAsking(false);
      }
    });
  }, [entry]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the input is what asks again
  useEffect(ask, [ask, key]);

  const topicKey = topics.join(' ');
  useEffect(() => {
    const hear = (topic: string) => {
      if (topicKey.split(' ').includes(topic)) ask();
    };
    const offPush = engine.onPush(hear);
    stirred.add(hear);
    const offConnection = engine.onConnection((connected) => {
      if (connected) ask();
    });
    return () => {
      offPush();
      stirred.delete(hear);
      offConnection();
    };
  }, [ask, topicKey]);

  return {
    value: key === '' ? undefined : state.value,
    isCurrent: state.key === key,
    problem: state.key === key ? state.problem : undefined,
    asking,
    ask,
  };
}
