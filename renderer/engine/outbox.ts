import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { commandOutcome } from '../../shared/contract/system.ts';
import type { Client } from '../../shared/wire/client.ts';
import type { BasketContent, BasketLine } from '../stores/basket.ts';
import type { Kept } from './kept.ts';
import { isDecided, type Problem, problemOf } from './problem.ts';

/** A sale on its way: kept before it is sent, so that neither a crash nor a lost answer can hide it. */
export interface OutboxEntry {
  id: string;
  input: InputOf<typeof saleComplete>;
  totalRupiah: number;
  /** Cash the buyer handed over, rupiah. */
  tenderedRupiah: number;
  /** What becomes the basket again when the books say no. */
  basket: BasketContent;
  /** When the cashier pressed the key; milliseconds since 1970. */
  at: number;
  /** Whose basket it was: another person's does not become theirs. */
  by?: string;
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
const KEY = 'titipan.outbox/';
/** Version 0.1.0 kept all of them under one key. */
const EARLIER_KEY = 'titipan.outbox';
/** More unsettled sales than this and something is wrong that selling on would only hide. */
const MAX_ENTRIES = 20;

export interface SendOptions {
  /** A supervisor's yes. It goes along once and is not kept: it lives two minutes, and a restarted till only asks. */
  approval?: string;
  /** The refused sale that this one stands for: one goes as the other comes. */
  instead?: string;
}

export interface Outbox {
  /** Oldest first. */
  entries(): OutboxEntry[];
  /**
   * Keeps the sale, sends it, and tells how it ended. Whoever hears the end takes the entry out with `forget`, after
   * everything else that has to be kept of it.
   * With as many unsettled sales as may wait, no further one is sent.
   */
  send(entry: OutboxEntry, options?: SendOptions): Promise<OutboxAnswer>;
  /** Asks whether a kept sale happened; sends nothing. */
  ask(id: string): Promise<OutboxAnswer | undefined>;
  /** Keeps a sale that was not sent under this id, until the cashier decides. */
  hold(entry: OutboxEntry): void;
  forget(id: string): void;
  onChange(listener: () => void): () => void;
}

export function createOutbox(client: Pick<Client, 'call'>, store: Kept): Outbox {
  const listeners = new Set<() => void>();
  takeOver(store);

  function entries(): OutboxEntry[] {
    return store
      .keys()
      .filter((key) => key.startsWith(KEY))
      .flatMap((key) => readEntry(store.getItem(key)) ?? [])
      .sort((a, b) => a.at - b.at);
  }

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function keep(entry: OutboxEntry): void {
    store.setItem(KEY + entry.id, JSON.stringify(entry));
    changed();
  }

  function forget(id: string): void {
    store.removeItem(KEY + id);
    changed();
  }

  async function send(entry: OutboxEntry, { approval, instead }: SendOptions = {}): Promise<OutboxAnswer> {
    if (entries().filter(({ id }) => id !== entry.id).length >= MAX_ENTRIES) {
      return { kind: 'refused', entry, problem: { kind: 'lost' } };
    }
    const sent: OutboxEntry = { ...entry, state: 'sent' };
    if (instead !== undefined) store.removeItem(KEY + instead);
    keep(sent);
    try {
      await store.settled();
    } catch {
      // What cannot be kept is not sent: its answer could be lost, and nobody would ask.
      return { kind: 'refused', entry, problem: { kind: 'rejected', name: 'disk-full', details: {} } };
    }
    const answer = await client.call(saleComplete, entry.input, {
      commandId: entry.id,
      timeoutMs: SEND_TIMEOUT_MS,
      ...(approval && { approval }),
    });
    if (answer.outcome === 'lost') return { kind: 'unanswered', entry: sent };
    if (answer.outcome === 'ok') return { kind: 'done', entry, sale: answer.value };
    const refused: OutboxAnswer = { kind: 'refused', entry, problem: problemOf(answer) ?? { kind: 'lost' } };
    if (isDecided(answer)) return refused;
    const told = await endOf(sent);
    return told.kind === 'unknown' ? refused : told;
  }

  /** How a sale ended as the books have it. */
  async function endOf(entry: OutboxEntry): Promise<OutboxAnswer> {
    const answer = await client.call(commandOutcome, { id: entry.id }, { timeoutMs: ASK_TIMEOUT_MS });
    if (answer.outcome !== 'ok') return { kind: 'unanswered', entry };
    const stored = answer.value;
    if (!stored.known) return { kind: 'unknown', entry };
    if (stored.outcome === 'ok') return { kind: 'done', entry, sale: stored.value as SaleResult };
    const problem = problemOf({ outcome: 'rejected', name: stored.name, details: stored.details });
    return { kind: 'refused', entry, problem: problem ?? { kind: 'lost' } };
  }

  async function ask(id: string): Promise<OutboxAnswer | undefined> {
    const entry = entries().find((kept) => kept.id === id);
    if (!entry) return undefined;
    const told = await endOf(entry);
    // Settled meanwhile in another way: what is said now concerns nobody.
    if (!entries().some((kept) => kept.id === id)) return undefined;
    if (told.kind !== 'unknown') return told;
    const held: OutboxEntry = { ...entry, state: 'unknown' };
    keep(held);
    return { kind: 'unknown', entry: held };
  }

  return {
    entries,
    send,
    ask,
    hold: (entry) => keep({ ...entry, state: 'unknown' }),
    forget,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What lay under 0.1.0's one key gets a key for each, so that two pages of one browser never write over another's. */
function takeOver(store: Kept): void {
  const earlier = store.getItem(EARLIER_KEY);
  if (earlier === null) return;
  for (const value of parsed(earlier)) {
    const entry = readEntry(JSON.stringify(value));
    if (entry) store.setItem(KEY + entry.id, JSON.stringify(entry));
  }
  store.removeItem(EARLIER_KEY);
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    // A store cut short by a power failure holds nothing that can be read; the books still know every sale.
    return [];
  }
}

/** An entry as it was kept, by this version or by 0.1.0, which kept the lines alone and no discount or group. */
function readEntry(text: string | null): OutboxEntry | undefined {
  const [kept] = parsed(`[${text}]`) as Partial<OutboxEntry & { lines: BasketLine[] }>[];
  if (!kept?.id || !kept.input) return undefined;
  const { lines: earlier = [], basket: content, ...rest } = kept;
  const lines = (content?.lines ?? earlier).map((line) =>
    'product' in line ? { ...line, onHandQty: line.onHandQty ?? line.qty } : line,
  );
  const { discount = null, visit = null, taken = [] } = content ?? {};
  return { ...rest, basket: { lines, discount, visit, taken } } as OutboxEntry;
}
