/**
 * Proves that a sale is kept before it is sent and leaves the till's store only when its end is known, whatever
 * happens to the answer; that a till which lost an answer asks and does not sell again; and that a file goes into
 * the blob store whole. The wire and its client are the real ones over an in-memory port, the engine is scripted.
 */
import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { createOutbox, type OutboxEntry, SEND_TIMEOUT_MS } from '../../renderer/engine/outbox.ts';
import { base64Of, sendBlob, sha256Hex } from '../../renderer/engine/send-blob.ts';
import { BLOB_CHUNK_BYTES } from '../../shared/contract/product.ts';
import { createClient } from '../../shared/wire/client.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import { portPair } from '../../shared/wire/port.ts';
import { createServer } from '../../shared/wire/server.ts';

const ID = '019a0000-0000-7000-8000-000000000001';
const SOLD = { sale: 7, number: 'K1-0007', totalRupiah: 12_500, roundingRupiah: 0, cashDueRupiah: 12_500 };
const STORED = { ...SOLD, changeRupiah: 7_500, oversold: [] };

const entry: OutboxEntry = {
  id: ID,
  input: {
    shift: 1,
    lines: [{ product: 3, qty: 1_000, priceRupiah: 12_500 }],
    totalRupiah: 12_500,
    tenders: [{ kind: 'cash', amountRupiah: 20_000 }],
  },
  totalRupiah: 12_500,
  tenderedRupiah: 20_000,
  lines: [{ product: 3, name: 'Sale', vendorCode: 'BU-01', unit: 'pcs', priceRupiah: 12_500, qty: 1_000 }],
  at: 1_790_000_000_000,
  state: 'sent',
};

/** A till with its store and its client, before an engine that answers as it is told. */
function till(handle: (call: CallFrame) => Outcome | Promise<Outcome>) {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const calls: CallFrame[] = [];
  const server = createServer({
    handle(call) {
      calls.push(call);
      return handle(call);
    },
  });
  const client = createClient('till-test');
  function connect(): () => void {
    const [near, far] = portPair();
    server.serve(far, 'page');
    client.connect(near);
    return () => far.close();
  }
  return { outbox: createOutbox(client, store), client, store, calls, connect };
}

afterEach(() => {
  vi.useRealTimers();
});

test('the sale is in the store before the engine sees it, and out of it once answered', async () => {
  let keptAtArrival = 0;
  const shop = till(() => {
    keptAtArrival = shop.outbox.entries().length;
    return { outcome: 'ok', value: STORED };
  });
  shop.connect();
  const answer = await shop.outbox.send(entry);
  expect(keptAtArrival).toBe(1);
  expect(answer).toMatchObject({ kind: 'done', sale: STORED });
  expect(shop.outbox.entries()).toEqual([]);
});

test('a connection that breaks before the answer: the same id is sent again, by itself', async () => {
  let seen = 0;
  const shop = till(() => {
    seen += 1;
    // The first answer never comes; the port breaks under it.
    if (seen === 1) return new Promise<Outcome>(() => {});
    return { outcome: 'ok', value: STORED };
  });
  const cut = shop.connect();
  const answering = shop.outbox.send(entry);
  await vi.waitFor(() => expect(seen).toBe(1));
  cut();
  shop.connect();
  expect(await answering).toMatchObject({ kind: 'done' });
  expect(shop.calls.map((call) => call.commandId)).toEqual([ID, ID]);
});

test('after the wait the sale stays kept, and the till asks instead of selling', async () => {
  vi.useFakeTimers();
  const shop = till((call) =>
    call.name === 'command.outcome'
      ? { outcome: 'ok', value: { known: true, outcome: 'ok', value: STORED } }
      : new Promise<Outcome>(() => {}),
  );
  shop.connect();
  const sending = shop.outbox.send(entry);
  await vi.advanceTimersByTimeAsync(SEND_TIMEOUT_MS);
  expect((await sending).kind).toBe('unanswered');
  expect(shop.outbox.entries()).toHaveLength(1);
  const asking = shop.outbox.ask(ID);
  await vi.advanceTimersByTimeAsync(10);
  expect(await asking).toMatchObject({ kind: 'done', sale: STORED, entry: { tenderedRupiah: 20_000 } });
  expect(shop.outbox.entries()).toEqual([]);
  expect(shop.calls.map((call) => call.name)).toEqual(['sale.complete', 'command.outcome']);
});

test('a sale the books do not know becomes a ticket that survives a restart of the page', async () => {
  const shop = till(() => ({ outcome: 'ok', value: { known: false } }));
  shop.connect();
  shop.store.setItem('titipan.outbox', JSON.stringify([entry]));
  expect((await shop.outbox.ask(ID))?.kind).toBe('unknown');
  const restarted = createOutbox(shop.client, shop.store);
  expect(restarted.entries()).toEqual([{ ...entry, state: 'unknown' }]);
  restarted.discard(ID);
  expect(restarted.entries()).toEqual([]);
});

test('a stored "no" gives the basket back with its reason', async () => {
  const details = { username: 'siti' };
  const shop = till(() => ({
    outcome: 'ok',
    value: { known: true, outcome: 'rejected', name: 'not-your-shift', details },
  }));
  shop.connect();
  shop.store.setItem('titipan.outbox', JSON.stringify([entry]));
  expect(await shop.outbox.ask(ID)).toMatchObject({
    kind: 'refused',
    problem: { kind: 'rejected', name: 'not-your-shift', details },
    entry: { lines: entry.lines },
  });
});

test('a store cut short by a power failure is an empty outbox, not a dead till', () => {
  const shop = till(() => ({ outcome: 'ok', value: STORED }));
  shop.store.setItem('titipan.outbox', '[{"id":"019a');
  expect(shop.outbox.entries()).toEqual([]);
});

test('a file arrives whole, in order, under its own hash', async () => {
  const bytes = Uint8Array.from({ length: BLOB_CHUNK_BYTES * 2 + 77 }, (_, index) => (index * 31) % 256);
  const arrived: Buffer[] = [];
  const shop = till((call) => {
    const { offset, chunk } = call.input as { offset: number; chunk: string };
    expect(offset).toBe(arrived.reduce((sum, part) => sum + part.length, 0));
    arrived.push(Buffer.from(chunk, 'base64'));
    return { outcome: 'ok', value: { complete: arrived.length === 3 } };
  });
  shop.connect();
  const progress: number[] = [];
  const hash = createHash('sha256').update(bytes).digest('hex');
  expect(await sendBlob(shop.client, bytes, (sent) => progress.push(sent))).toEqual({ sha256: hash });
  expect(Buffer.concat(arrived).equals(Buffer.from(bytes))).toBe(true);
  expect(progress).toEqual([BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES * 2, bytes.length]);
});

test('the hash and the base64 of a page agree with those of Node', () => {
  const bytes = Buffer.from('penitip terima Rp126.400');
  expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(base64Of(bytes)).toBe(bytes.toString('base64'));
});
