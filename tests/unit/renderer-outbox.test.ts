/**
 * Proves that a sale is on the disk before it is sent and leaves the till's store only when its end is known, whatever
 * happens to the answer; that a till which lost an answer asks and does not sell again; that a supervisor's yes goes
 * along and is not kept; that what 0.1.0 kept is read; and that a file goes into the blob store whole. The wire and its
 * client are the real ones over an in-memory port, the engine is scripted.
 */
import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { type KeptDisk, openKept } from '../../renderer/engine/kept.ts';
import { createOutbox, type OutboxEntry, SEND_TIMEOUT_MS } from '../../renderer/engine/outbox.ts';
import { base64Of, sendBlob, sha256Hex } from '../../renderer/engine/send-blob.ts';
import { BLOB_CHUNK_BYTES } from '../../shared/contract/product.ts';
import { createClient } from '../../shared/wire/client.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import { portPair } from '../../shared/wire/port.ts';
import { createServer } from '../../shared/wire/server.ts';

const ID = '019a0000-0000-7000-8000-000000000001';
const OTHER_ID = '019a0000-0000-7000-8000-000000000002';
const KEY = `titipan.outbox/${ID}`;
const SOLD = { sale: 7, number: 'K1-0007', totalRupiah: 12_500, roundingRupiah: 0, cashDueRupiah: 12_500 };
const STORED = { ...SOLD, changeRupiah: 7_500, oversold: [] };

const line = { product: 3, name: 'Sale', vendorCode: 'BU-01', unit: 'pcs', priceRupiah: 12_500, qty: 1_000 };

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
  basket: {
    lines: [
      { ...line, onHandQty: 4_000, discount: { bps: 500 } },
      { unknownCode: 'X1', name: 'X1', vendorCode: '', unit: 'pcs', priceRupiah: 500, qty: 2_000 },
    ],
    discount: { rupiah: 1_000 },
    visit: 'N 7012 UA',
    taken: [{ kind: 'debit', amountRupiah: 2_000, reference: '4471' }],
  },
  at: 1_790_000_000_000,
  state: 'sent',
};

/** A till with its disk and its client, before an engine that answers as it is told. */
async function till(
  handle: (call: CallFrame) => Outcome | Promise<Outcome>,
  onDisk: Record<string, string> = {},
) {
  const texts = new Map(Object.entries(onDisk));
  const disk = { texts, isFull: false, writes: [] as string[][] };
  const keptDisk: KeptDisk = {
    read: async () => new Map(texts),
    async write(changes, surely) {
      if (disk.isFull) throw new Error('no space left');
      disk.writes.push([surely ? 'surely' : 'soon', ...changes.keys()]);
      for (const [key, text] of changes) {
        if (text === null) texts.delete(key);
        else texts.set(key, text);
      }
    },
  };
  const kept = await openKept(keptDisk, undefined);
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
  return { outbox: createOutbox(client, kept), client, keptDisk, kept, disk, calls, connect };
}

afterEach(() => {
  vi.useRealTimers();
});

test('the sale is on the disk itself before the engine sees it, and leaves it when it is forgotten', async () => {
  let atArrival: { onDisk: boolean; writes: string[][] } | undefined;
  const shop = await till(() => {
    atArrival = { onDisk: shop.disk.texts.has(KEY), writes: [...shop.disk.writes] };
    return { outcome: 'ok', value: STORED };
  });
  shop.connect();
  const answer = await shop.outbox.send(entry);
  expect(atArrival).toEqual({ onDisk: true, writes: [['surely', KEY]] });
  expect(answer).toMatchObject({ kind: 'done', sale: STORED });
  expect(shop.outbox.entries()).toEqual([entry]);
  shop.outbox.forget(ID);
  await shop.kept.settled();
  expect(shop.outbox.entries()).toEqual([]);
  expect([...shop.disk.texts]).toEqual([]);
});

test('what the disk does not take is not sent', async () => {
  const shop = await till(() => ({ outcome: 'ok', value: STORED }));
  shop.connect();
  shop.disk.isFull = true;
  expect(await shop.outbox.send(entry)).toMatchObject({
    kind: 'refused',
    problem: { kind: 'rejected', name: 'disk-full' },
  });
  expect(shop.calls).toEqual([]);
});

test('a supervisor’s yes goes along and is not kept', async () => {
  const shop = await till(() => ({ outcome: 'ok', value: STORED }));
  shop.connect();
  await shop.outbox.send({ ...entry, id: OTHER_ID }, { approval: 'the-yes' });
  expect(shop.calls).toMatchObject([{ commandId: OTHER_ID, approval: 'the-yes', input: entry.input }]);
  expect(JSON.stringify([...shop.disk.texts])).not.toContain('the-yes');
});

test('a sale that stands for a refused one comes as that one goes, in one write', async () => {
  const shop = await till(() => ({ outcome: 'ok', value: STORED }));
  shop.connect();
  shop.outbox.hold(entry);
  await shop.kept.settled();
  shop.disk.writes.length = 0;
  await shop.outbox.send({ ...entry, id: OTHER_ID }, { approval: 'the-yes', instead: ID });
  expect(shop.disk.writes[0]).toEqual(['surely', KEY, `titipan.outbox/${OTHER_ID}`]);
  expect(shop.outbox.entries().map(({ id }) => id)).toEqual([OTHER_ID]);
});

test('a connection that breaks before the answer: the same id is sent again, by itself', async () => {
  let seen = 0;
  const shop = await till(() => {
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

test.each(['no-session', 'stopping', 'busy'])(
  '"%s" may be said to the second sending: the books are asked before the basket comes back',
  async (name) => {
    const ends: [known: object, kind: string][] = [
      [{ known: true, outcome: 'ok', value: STORED }, 'done'],
      [{ known: true, outcome: 'rejected', name: 'not-your-shift', details: {} }, 'refused'],
      [{ known: false }, 'refused'],
    ];
    for (const [stored, kind] of ends) {
      const shop = await till((call) =>
        call.name === 'command.outcome'
          ? { outcome: 'ok', value: stored }
          : { outcome: 'rejected', name, details: {} },
      );
      shop.connect();
      expect((await shop.outbox.send(entry)).kind).toBe(kind);
    }
    const silent = await till(() => ({ outcome: 'rejected', name, details: {} }));
    silent.connect();
    expect((await silent.outbox.send(entry)).kind).toBe('unanswered');
    expect(silent.outbox.entries()).toHaveLength(1);
  },
);

test('after the wait the sale stays kept, and the till asks instead of selling', async () => {
  const shop = await till((call) =>
    call.name === 'command.outcome'
      ? { outcome: 'ok', value: { known: true, outcome: 'ok', value: STORED } }
      : new Promise<Outcome>(() => {}),
  );
  shop.connect();
  vi.useFakeTimers();
  const sending = shop.outbox.send(entry);
  await vi.advanceTimersByTimeAsync(SEND_TIMEOUT_MS);
  expect((await sending).kind).toBe('unanswered');
  expect(shop.outbox.entries()).toHaveLength(1);
  const asking = shop.outbox.ask(ID);
  await vi.advanceTimersByTimeAsync(10);
  expect(await asking).toMatchObject({ kind: 'done', sale: STORED, entry: { tenderedRupiah: 20_000 } });
  expect(shop.calls.map((call) => call.name)).toEqual(['sale.complete', 'command.outcome']);
});

test('a sale the books do not know becomes a ticket that survives a restart of the page', async () => {
  const shop = await till(() => ({ outcome: 'ok', value: { known: false } }), {
    [KEY]: JSON.stringify(entry),
  });
  shop.connect();
  expect((await shop.outbox.ask(ID))?.kind).toBe('unknown');
  await shop.kept.settled();
  const restarted = createOutbox(shop.client, await openKept(shop.keptDisk, undefined));
  expect(restarted.entries()).toEqual([{ ...entry, state: 'unknown' }]);
  restarted.forget(ID);
  expect(restarted.entries()).toEqual([]);
});

test('a stored "no" gives the basket back with its reason', async () => {
  const details = { username: 'siti' };
  const shop = await till(
    () => ({
      outcome: 'ok',
      value: { known: true, outcome: 'rejected', name: 'not-your-shift', details },
    }),
    { [KEY]: JSON.stringify(entry) },
  );
  shop.connect();
  expect(await shop.outbox.ask(ID)).toMatchObject({
    kind: 'refused',
    problem: { kind: 'rejected', name: 'not-your-shift', details },
    entry: { basket: entry.basket },
  });
});

test('what 0.1.0 kept is read, each under a key of its own from then on', async () => {
  const { basket: _, ...rest } = entry;
  const earlier = [
    { ...rest, lines: [line] },
    { ...rest, id: OTHER_ID, lines: [line], at: entry.at - 1 },
    null,
  ];
  const shop = await till(() => ({ outcome: 'ok', value: STORED }), {
    'titipan.outbox': JSON.stringify(earlier),
  });
  const content = { lines: [{ ...line, onHandQty: line.qty }], discount: null, visit: null, taken: [] };
  expect(shop.outbox.entries()).toEqual([
    { ...rest, id: OTHER_ID, at: entry.at - 1, basket: content },
    { ...rest, basket: content },
  ]);
  await shop.kept.settled();
  expect([...shop.disk.texts.keys()].sort()).toEqual([KEY, `titipan.outbox/${OTHER_ID}`]);
});

test('a store cut short by a power failure is an empty outbox, not a dead till', async () => {
  for (const broken of ['[{"id":"019a', '7', '{}']) {
    const shop = await till(() => ({ outcome: 'ok', value: STORED }), {
      'titipan.outbox': broken,
      [KEY]: broken,
    });
    expect(shop.outbox.entries()).toEqual([]);
  }
});

test('with as many unsettled sales as may wait, no further one is sent', async () => {
  const shop = await till(() => ({ outcome: 'ok', value: STORED }));
  shop.connect();
  for (let index = 0; index < 20; index += 1) shop.outbox.hold({ ...entry, id: `held-${index}` });
  expect(await shop.outbox.send(entry)).toMatchObject({ kind: 'refused', problem: { kind: 'lost' } });
  expect(shop.calls).toEqual([]);
});

test('a file arrives whole, in order, under its own hash', async () => {
  const bytes = Uint8Array.from({ length: BLOB_CHUNK_BYTES * 2 + 77 }, (_, index) => (index * 31) % 256);
  const arrived: Buffer[] = [];
  const shop = await till((call) => {
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
