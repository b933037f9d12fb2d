import { create } from 'zustand';
import { engine } from '../engine/client.ts';
import { createOutbox, type OutboxAnswer, type OutboxEntry } from '../engine/outbox.ts';
import type { Problem } from '../engine/problem.ts';
import { basket } from './basket.ts';

/** What the cashier hands back, on the screen until the next scan. */
export interface LastSale {
  number: string;
  totalRupiah: number;
  cashDueRupiah: number;
  tenderedRupiah: number;
  changeRupiah: number;
  oversold: number;
}

interface TillState {
  lastSale: LastSale | null;
  /** Unsettled sales of this till, newest last. */
  tickets: OutboxEntry[];
  /** Ids that this page is sending right now; the others are only asked about. */
  sending: string[];
  problem: Problem | null;
  pay(entry: OutboxEntry): Promise<OutboxAnswer>;
  /** Asks about every sale whose answer was lost. */
  askAll(): Promise<void>;
  /** A sale that the books refused is a basket again, unless the cashier already serves the next buyer. */
  giveBack(entry: OutboxEntry, problem: Problem): void;
  discard(id: string): void;
  forgetLast(): void;
  forgetProblem(): void;
}

const outbox = createOutbox(engine, localStorage);

/** The till's sales between the key and the answer. */
export const till = create<TillState>((set, get) => ({
  lastSale: null,
  tickets: outbox.entries(),
  sending: [],
  problem: null,
  async pay(entry) {
    set((state) => ({ sending: [...state.sending, entry.id], problem: null }));
    const answer = await outbox.send(entry);
    set((state) => ({ sending: state.sending.filter((id) => id !== entry.id) }));
    if (answer.kind === 'done') settle(answer);
    return answer;
  },
  async askAll() {
    for (const { id, state } of get().tickets) {
      if (state !== 'sent' || get().sending.includes(id)) continue;
      const answer = await outbox.ask(id);
      if (answer?.kind === 'done') settle(answer);
      if (answer?.kind === 'refused') get().giveBack(answer.entry, answer.problem);
    }
  },
  giveBack(entry, problem) {
    if (basket.getState().lines.length === 0) basket.getState().fill({ lines: entry.lines });
    set({ problem });
  },
  discard: (id) => outbox.discard(id),
  forgetLast: () => {
    if (get().lastSale) set({ lastSale: null });
  },
  forgetProblem: () => set({ problem: null }),
}));

outbox.onChange(() => till.setState({ tickets: outbox.entries() }));

function settle({ entry, sale }: Extract<OutboxAnswer, { kind: 'done' }>): void {
  till.setState({
    lastSale: {
      number: sale.number,
      totalRupiah: sale.totalRupiah,
      cashDueRupiah: sale.cashDueRupiah,
      tenderedRupiah: entry.tenderedRupiah,
      changeRupiah: sale.changeRupiah,
      oversold: sale.oversold.length,
    },
  });
}
