import { create } from 'zustand';
import type { InputOf } from '../../shared/contract/define.ts';
import type { saleComplete } from '../../shared/contract/sale.ts';
import { engine, newCommandId } from '../engine/client.ts';
import { kept } from '../engine/kept.ts';
import { createOutbox, type OutboxAnswer, type OutboxEntry, type SendOptions } from '../engine/outbox.ts';
import type { Problem } from '../engine/problem.ts';
import { basket } from './basket.ts';
import { basketOwner } from './baskets.ts';

/** What the cashier hands back, on the screen until the next scan. */
export interface LastSale {
  number: string;
  totalRupiah: number;
  /** What was to pay in cash, after rounding. */
  cashDueRupiah: number;
  tenderedRupiah: number;
  changeRupiah: number;
  /** How it was paid, as it was sent. */
  tenders: InputOf<typeof saleComplete>['tenders'];
  oversold: number;
}

interface TillState {
  lastSale: LastSale | null;
  /** Unsettled sales of this till, oldest first. */
  tickets: OutboxEntry[];
  /** Ids that this page is sending right now; the others are only asked about. */
  sending: string[];
  problem: Problem | null;
  /** Sells the basket. Done or unanswered, it is gone from the till; refused, it stays as it was. */
  pay(entry: OutboxEntry, options?: SendOptions): Promise<OutboxAnswer>;
  /** Sends a held sale again; the basket in hand is another buyer's. Refused, it is held as before. */
  record(entry: OutboxEntry, options?: SendOptions): Promise<OutboxAnswer>;
  /** Asks about every sale whose answer was lost. */
  askAll(): Promise<void>;
  /** A sale that the books refused is its person's basket again; while another's is in hand, it waits as a ticket. */
  giveBack(entry: OutboxEntry, problem: Problem): void;
  discard(id: string): void;
  /** Says why the books said no to what was asked for the basket. */
  tell(problem: Problem): void;
  forgetLast(): void;
  forgetProblem(): void;
}

const outbox = createOutbox(engine, kept);

leaveSentBasket();

/** The till's sales between the key and the answer. */
export const till = create<TillState>((set, get) => {
  /** Whatever follows from the answer happens before anybody may ask about the sale again. */
  async function sending(
    entry: OutboxEntry,
    options: SendOptions | undefined,
    end: (answer: OutboxAnswer) => void,
  ): Promise<OutboxAnswer> {
    set((state) => ({ sending: [...state.sending, entry.id], problem: null }));
    const answer = await outbox.send(entry, options);
    end(answer);
    set((state) => ({ sending: state.sending.filter((id) => id !== entry.id) }));
    return answer;
  }
  return {
    lastSale: null,
    tickets: outbox.entries(),
    sending: [],
    problem: null,
    pay: (entry, options) =>
      sending({ ...entry, by: basketOwner() }, options, (answer) => {
        // The basket goes before the sale is forgotten: a kill in between must not leave it alone. Unanswered, it is a
        // ticket of its own from now on.
        if (answer.kind !== 'refused') basket.getState().clear();
        else outbox.forget(entry.id);
        settle(answer);
      }),
    record: (entry, options) =>
      sending(entry, options, (answer) => {
        if (answer.kind === 'refused') outbox.hold(entry);
        settle(answer);
      }),
    async askAll() {
      for (const { id, state } of get().tickets) {
        if (state !== 'sent' || get().sending.includes(id)) continue;
        const answer = await outbox.ask(id);
        if (answer?.kind === 'refused') get().giveBack(answer.entry, answer.problem);
        else if (answer) settle(answer);
      }
    },
    giveBack(entry, problem) {
      // Refused for good under its own id: what is recorded later is another command.
      const isOwn = entry.by === undefined || entry.by === basketOwner();
      if (isOwn && basket.getState().lines.length === 0) basket.getState().fill(entry.basket);
      else outbox.hold({ ...entry, id: newCommandId() });
      outbox.forget(entry.id);
      set({ problem });
    },
    discard: (id) => outbox.forget(id),
    tell: (problem) => set({ problem }),
    forgetLast: () => {
      if (get().lastSale) set({ lastSale: null });
    },
    forgetProblem: () => set({ problem: null }),
  };
});

outbox.onChange(() => till.setState({ tickets: outbox.entries() }));

/** A sale that is in the books goes from the outbox to the screen. */
function settle(answer: OutboxAnswer): void {
  if (answer.kind !== 'done') return;
  const { entry, sale } = answer;
  outbox.forget(entry.id);
  till.setState({
    lastSale: {
      number: sale.number,
      totalRupiah: sale.totalRupiah,
      cashDueRupiah: sale.cashDueRupiah,
      tenderedRupiah: entry.tenderedRupiah,
      changeRupiah: sale.changeRupiah,
      tenders: entry.input.tenders,
      oversold: sale.oversold.length,
    },
  });
}

/** After a restart a basket whose sale was on its way is a ticket, not a basket: it must not be sold twice. */
function leaveSentBasket(): void {
  const { lines: kept, moving } = basket.getState();
  // What is on its way to a ticket was never sent for sale.
  if (moving) return;
  const lines = JSON.stringify(kept);
  if (outbox.entries().some((entry) => JSON.stringify(entry.basket.lines) === lines))
    basket.getState().clear();
}
