/**
 * Proves what the till does around the answer to a sale: nobody asks about a sale that is being settled, a refused one
 * is a basket again and never lost, a recorded ticket leaves the basket in hand alone, and a supervisor's yes carries
 * the very same sale under a new id. The stores, the outbox and the wire are the real ones, the engine is scripted.
 */
import { beforeEach, expect, test, vi } from 'vitest';
import type { OutboxEntry } from '../../renderer/engine/outbox.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import { portPair } from '../../shared/wire/port.ts';
import { createServer } from '../../shared/wire/server.ts';

// The page's client keeps a name for its machine.
const names = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => names.get(key) ?? null,
  setItem: (key: string, text: string) => void names.set(key, text),
  removeItem: (key: string) => void names.delete(key),
});
const { engine, newCommandId } = await import('../../renderer/engine/client.ts');
const { basket } = await import('../../renderer/stores/basket.ts');
const { till } = await import('../../renderer/stores/till.ts');

const LINE = {
  product: 3,
  name: 'Sale',
  vendorCode: 'BU-01',
  unit: 'pcs',
  priceRupiah: 12_500,
  qty: 1_000,
  onHandQty: 9_000,
};
const OTHER = { ...LINE, product: 4, name: 'Abon' };
const SOLD = {
  sale: 7,
  number: 'K1-0007',
  totalRupiah: 12_500,
  roundingRupiah: 0,
  cashDueRupiah: 12_500,
  changeRupiah: 0,
  oversold: [],
};
const NO: Outcome = { outcome: 'rejected', name: 'approval-needed', details: { why: 'discount' } };

let calls: CallFrame[] = [];
let answer: (call: CallFrame) => Outcome | Promise<Outcome>;

beforeEach(() => {
  for (const { id } of till.getState().tickets) till.getState().discard(id);
  till.setState({ lastSale: null, problem: null });
  basket.getState().clear();
  calls = [];
  const server = createServer({
    handle(call) {
      calls.push(call);
      return answer(call);
    },
  });
  const [near, far] = portPair();
  server.serve(far, 'page');
  engine.connect(near);
});

function entryOf(id: string = newCommandId()): OutboxEntry {
  const { lines, discount, visit, taken } = basket.getState();
  return {
    id,
    input: {
      shift: 1,
      lines: [{ product: 3, qty: 1_000, priceRupiah: 12_500 }],
      totalRupiah: 12_500,
      tenders: [{ kind: 'cash', amountRupiah: 12_500 }],
    },
    totalRupiah: 12_500,
    tenderedRupiah: 12_500,
    basket: { lines, discount, visit, taken },
    at: 1_790_000_000_000,
    state: 'sent',
  };
}

/** As the strip of tickets does: asks at once whenever there is a sale that nobody is sending. */
function askEagerly(): () => void {
  return till.subscribe(({ tickets, sending }) => {
    if (tickets.some(({ id, state }) => state === 'sent' && !sending.includes(id)))
      void till.getState().askAll();
  });
}

test('a refused sale leaves the basket and no ticket, and is not asked about', async () => {
  answer = () => NO;
  basket.getState().fill({ lines: [LINE], taken: [{ kind: 'debit', amountRupiah: 500 }] });
  const stop = askEagerly();
  const end = await till.getState().pay(entryOf());
  stop();
  expect(end).toMatchObject({ kind: 'refused', problem: { name: 'approval-needed' } });
  expect(calls.map(({ name }) => name)).toEqual(['sale.complete']);
  expect(till.getState().tickets).toEqual([]);
  expect(basket.getState()).toMatchObject({ lines: [LINE], taken: [{ kind: 'debit' }] });
});

test('a done sale is the last one, its basket is gone, and it is not asked about', async () => {
  answer = () => ({ outcome: 'ok', value: SOLD });
  basket.getState().fill({ lines: [LINE] });
  const stop = askEagerly();
  await till.getState().pay(entryOf());
  stop();
  expect(calls.map(({ name }) => name)).toEqual(['sale.complete']);
  expect(till.getState()).toMatchObject({ tickets: [], sending: [], lastSale: { number: 'K1-0007' } });
  expect(basket.getState().lines).toEqual([]);
});

test('an answer about a sale that was settled meanwhile concerns nobody', async () => {
  let sayLate: (outcome: Outcome) => void = () => {};
  basket.getState().fill({ lines: [OTHER] });
  const held = { ...entryOf(), state: 'unknown' as const };
  answer = () => NO;
  await till.getState().record(held);
  expect(till.getState().tickets).toMatchObject([{ id: held.id, state: 'unknown' }]);
  till.setState({ tickets: [{ ...held, state: 'sent' }] });
  answer = () =>
    new Promise((done) => {
      sayLate = done;
    });
  const asking = till.getState().askAll();
  await vi.waitFor(() => expect(calls.at(-1)?.name).toBe('command.outcome'));
  till.getState().discard(held.id);
  sayLate({
    outcome: 'ok',
    value: { known: true, outcome: 'rejected', name: 'not-your-shift', details: {} },
  });
  await asking;
  expect(till.getState()).toMatchObject({ tickets: [], problem: null });
});

test('a ticket that is recorded leaves the basket in hand alone, even one just like it', async () => {
  answer = () => ({ outcome: 'ok', value: SOLD });
  basket.getState().fill({ lines: [LINE] });
  await till.getState().record(entryOf());
  expect(basket.getState().lines).toEqual([LINE]);
  expect(till.getState()).toMatchObject({ tickets: [], lastSale: { number: 'K1-0007' } });
});

test('a refused ticket is a basket again, or waits under a new id while another buyer is served', async () => {
  answer = () => NO;
  basket.getState().fill({ lines: [LINE], discount: { bps: 500 }, visit: 'bus biru' });
  const entry = entryOf();
  basket.getState().clear();
  const first = await till.getState().record(entry);
  expect(till.getState().tickets).toMatchObject([{ id: entry.id, state: 'unknown' }]);
  if (first.kind === 'refused') till.getState().giveBack(first.entry, first.problem);
  expect(basket.getState()).toMatchObject({ lines: [LINE], discount: { bps: 500 }, visit: 'bus biru' });
  expect(till.getState().tickets).toEqual([]);
  basket.getState().fill({ lines: [OTHER] });
  if (first.kind === 'refused') till.getState().giveBack(first.entry, first.problem);
  expect(basket.getState().lines).toEqual([OTHER]);
  expect(till.getState().tickets).toMatchObject([{ state: 'unknown', basket: { lines: [LINE] } }]);
  expect(till.getState().tickets[0]?.id).not.toBe(entry.id);
});

test('with a yes the same sale goes under the id the yes was given for, and the refused one is gone', async () => {
  answer = ({ approval }) => (approval === 'yes' ? { outcome: 'ok', value: SOLD } : NO);
  const entry = entryOf();
  await till.getState().record(entry);
  const again = { ...entry, id: newCommandId() };
  const done = await till.getState().record(again, { approval: 'yes', instead: entry.id });
  expect(done.kind).toBe('done');
  expect(calls.map(({ commandId, approval }) => [commandId, approval])).toEqual([
    [entry.id, undefined],
    [again.id, 'yes'],
  ]);
  expect(calls[1]?.input).toEqual(calls[0]?.input);
  expect(till.getState().tickets).toEqual([]);
});
