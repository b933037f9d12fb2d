import type { Entry, InputOf } from '../../shared/contract/define.ts';
import { qrisShow, saleHold, saleRecall } from '../../shared/contract/sale.ts';
import { commandOutcome } from '../../shared/contract/system.ts';
import type { Answer, CallOptions, Client } from '../../shared/wire/client.ts';
import type { Kept } from './kept.ts';
import { type AnyAnswer, isDecided, type Problem, problemOf } from './problem.ts';

/**
 * A basket between the till and a ticket: the command that was given for it, under its own id, and what was asked. As
 * long as the answer is not known the goods may be in both places, so the basket is neither paid nor changed.
 */
export type Move =
  | { kind: 'hold'; id: string; input: InputOf<typeof saleHold> }
  | { kind: 'recall'; id: string; input: InputOf<typeof saleRecall> }
  | { kind: 'qris'; id: string; input: InputOf<typeof qrisShow> };

const COMMANDS = { hold: saleHold, recall: saleRecall, qris: qrisShow } as const;

/** The code that came out of `qris.show`. */
export type ShownCode = Extract<Answer<typeof qrisShow>, { outcome: 'ok' }>['value'];

/** What of the till's basket a move needs. Every step is one change of what is kept. */
export interface MovingBasket {
  moving(): Move | undefined;
  /** The move is kept with the basket. */
  begin(move: Move): void;
  /** The basket is the till's alone, and free again. */
  stay(): void;
  /** The basket is a ticket's alone. */
  leave(): void;
  /** The basket is free again, with the code that was shown for it. */
  take(code: ShownCode): void;
}

export type MoveOptions = Pick<CallOptions, 'approval'> & { commandId: string };

/** How a move ended that an earlier life of the page had begun. */
export interface MoveEnd {
  move: Move;
  /** The code of the ticket that was made. */
  code?: string;
  /** Why the books said no. */
  problem?: Problem;
}

export interface Moves {
  /** Makes the basket a ticket: with a yes it leaves the till, with a no it stays. */
  hold(input: InputOf<typeof saleHold>, options: MoveOptions): Promise<Answer<typeof saleHold>>;
  /** Takes a ticket's basket to the till. `fill` puts it there; with a no it goes again. */
  recall(
    input: InputOf<typeof saleRecall>,
    options: MoveOptions,
    fill: (move: Move) => void,
  ): Promise<Answer<typeof saleRecall>>;
  /** Makes a ticket with a code for the basket, which keeps the code as a part of its payment. */
  show(input: InputOf<typeof qrisShow>, options: MoveOptions): Promise<Answer<typeof qrisShow>>;
  /** Gives the command of an undecided move once more, under its own id. Undefined while it stays undecided. */
  resume(): Promise<MoveEnd | undefined>;
}

/**
 * Moves of the basket in `hand`. The intent is on the disk before the command is sent (docs/decisions.md 29), so that
 * whatever is killed, the next start gives the same command under the same id and hears the first one's answer.
 */
export function createMoves(
  client: Pick<Client, 'call'>,
  hand: MovingBasket,
  store: Pick<Kept, 'settled'>,
): Moves {
  const underWay = new Set<string>();
  let lastEnded = '';

  async function send<E extends Entry>(
    entry: E,
    move: Move,
    options: CallOptions,
    begin: (move: Move) => void = hand.begin,
  ): Promise<Answer<E>> {
    const before = hand.moving();
    if (underWay.has(move.id) || (before && before.id !== move.id)) return no('busy');
    underWay.add(move.id);
    if (!before) begin(move);
    // What cannot be kept is not sent: after a kill nobody would know of it.
    const answer: Answer<E> = before || (await isKept()) ? await sent(entry, move, options) : no('disk-full');
    underWay.delete(move.id);
    end(move, answer);
    return answer;
  }

  const isKept = () =>
    store.settled().then(
      () => true,
      () => false,
    );

  async function sent<E extends Entry>(
    entry: E,
    { id, input }: Move,
    options: CallOptions,
  ): Promise<Answer<E>> {
    const answer = await client.call(entry, input as InputOf<E>, { ...options, commandId: id });
    const isKnown = answer.outcome === 'rejected' && answer.name === 'id-reused';
    return isKnown ? storedAnswer(id) : answer;
  }

  /** The books know the id, though not for just this command: a newer version of it was sent again. */
  async function storedAnswer<E extends Entry>(id: string): Promise<Answer<E>> {
    const answer = await client.call(commandOutcome, { id });
    return (answer.outcome === 'ok' && answer.value.known ? answer.value : { outcome: 'lost' }) as Answer<E>;
  }

  /** What the answer means for the basket, unless another's lies in the hand meanwhile: this one waits with its move. */
  function end(move: Move, answer: AnyAnswer): void {
    if (hand.moving()?.id !== move.id || !isDecided(answer)) return;
    lastEnded = move.id;
    const isDone = answer.outcome === 'ok';
    if (move.kind === 'qris' && isDone) hand.take(answer.value as ShownCode);
    else if (move.kind === 'qris' || (move.kind === 'hold') !== isDone) hand.stay();
    else hand.leave();
  }

  return {
    hold: (input, { commandId: id, ...options }) => send(saleHold, { kind: 'hold', id, input }, options),
    recall: (input, { commandId: id, ...options }, fill) =>
      send(saleRecall, { kind: 'recall', id, input }, options, fill),
    show: (input, { commandId: id, ...options }) => send(qrisShow, { kind: 'qris', id, input }, options),
    async resume() {
      const move = hand.moving();
      if (!move || underWay.has(move.id)) return undefined;
      const answer = await send<Entry>(COMMANDS[move.kind], move, {});
      if (lastEnded !== move.id) return undefined;
      const problem = problemOf(answer);
      if (problem) return { move, problem };
      return move.kind === 'recall' ? { move } : { move, code: codeOf(answer) };
    },
  };
}

function codeOf(answer: AnyAnswer): string {
  return answer.outcome === 'ok' ? (answer.value as { code: string }).code : '';
}

function no<E extends Entry>(name: 'busy' | 'disk-full'): Answer<E> {
  return { outcome: 'rejected', name, details: {} } as Answer<E>;
}
