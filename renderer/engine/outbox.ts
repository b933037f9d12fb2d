import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { commandOutcome } from '../../shared/contract/system.ts';
import type { Client } from '../../shared/wire/client.ts';
import type { BasketLine } from '../stores/basket.ts';
import { type Problem, problemOf } from './problem.ts';

/** A sale on its way: kept before it is sent, so that neither a crash nor a lost answer can hide it. */
export interface OutboxEntry {
  id: string;
  input: InputOf<typeof saleComplete>;
  totalRupiah: number;
  /** Cash the buyer handed over, rupiah. */
  tenderedRupiah: number;
  lines: BasketLine[];
  /** When the cashier pressed the key; milliseconds since 1970. */
  at: number;
  /** `sent`: an answer is awaited. `unknown`: the engine has no such command; the cashier decides. */
  state: 'sent' | 'unknown';
}

export type SaleResult = OutputOf<typeof saleComplete>;

export type OutboxAnswer =
  | { kind: 'done'; entry: OutboxEntry; sale: SaleResult }
  | { kind: 'refused'; entry: OutboxEntry; problem: Problem }
  /** Not in the books: waits as a held ticket for "record" or "discard". */
  | { kind: 'unknown'; entry: OutboxEntry }
  /** The engine does not answer; asked again later. */
  | { kind: 'unanswered'; entry: OutboxEntry };

/** The client sends again by itself for this long while the pay dialog is open; afterwards a till only asks. */
export const SEND_TIMEOUT_MS = 60_000;
const ASK_TIMEOUT_MS = 10_000;
const STORE_KEY = 'titipan.outbox';
/** More unsettled sales than this and something is wrong that selling on would only hide. */
const MAX_ENTRIES = 20;

export interface Outbox {
  entries(): OutboxEntry[];
  /** Keeps the sale, sends it, and tells how it ended. Throws when the outbox is full. */
  send(entry: OutboxEntry): Promise<OutboxAnswer>;
  /** Asks whether a kept sale happened; sends nothing. */
  ask(id: string): Promise<OutboxAnswer | undefined>;
  discard(id: string): void;
  onChange(listener: () => void): () => void;
}

export function createOutbox(
  client: Pick<Client, 'call'>,
  store: Pick<Storage, 'getItem' | 'setItem'>,
): Outbox {
  const listeners = new Set<() => void>();

  function entries(): OutboxEntry[] {
    try {
      const kept: unknown = JSON.parse(store.getItem(STORE_KEY) ?? '[]');
      return Array.isArray(kept) ? (kept as OutboxEntry[]) : [];
    } catch {
      // A store cut short by a power failure holds nothing that can be read; the books still know every sale.
      return [];
    }
  }

  function keep(next: OutboxEntry[]): void {
    store.setItem(STORE_KEY, JSON.stringify(next));
    for (const listener of listeners) listener();
  }

  const without = (id: string) => entries().filter((entry) => entry.id !== id);

  async function send(entry: OutboxEntry): Promise<OutboxAnswer> {
    const others = without(entry.id);
    if (others.length >= MAX_ENTRIES) throw new Error('the outbox is full');
    keep([...others, { ...entry, state: 'sent' }]);
    const options = { commandId: entry.id, timeoutMs: SEND_TIMEOUT_MS };
    const answer = await client.call(saleComplete, entry.input, options);
    if (answer.outcome === 'lost') return { kind: 'unanswered', entry };
    keep(without(entry.id));
    const problem = problemOf(answer);
    if (problem || answer.outcome !== 'ok')
      return { kind: 'refused', entry, problem: problem ?? { kind: 'lost' } };
    return { kind: 'done', entry, sale: answer.value };
  }

  async function ask(id: string): Promise<OutboxAnswer | undefined> {
    const entry = entries().find((kept) => kept.id === id);
    if (!entry) return undefined;
    const answer = await client.call(commandOutcome, { id }, { timeoutMs: ASK_TIMEOUT_MS });
    if (answer.outcome !== 'ok') return { kind: 'unanswered', entry };
    const stored = answer.value;
    if (!stored.known) {
      const held: OutboxEntry = { ...entry, state: 'unknown' };
      keep(entries().map((kept) => (kept.id === id ? held : kept)));
      return { kind: 'unknown', entry: held };
    }
    keep(without(id));
    if (stored.outcome === 'ok') return { kind: 'done', entry, sale: stored.value as SaleResult };
    const problem = problemOf({ outcome: 'rejected', name: stored.name, details: stored.details });
    return { kind: 'refused', entry, problem: problem ?? { kind: 'lost' } };
  }

  return {
    entries,
    send,
    ask,
    discard: (id) => keep(without(id)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
