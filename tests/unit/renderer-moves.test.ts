/**
 * Proves that goods on their way between a till and a ticket are in one place when all is said, whatever is killed
 * between the key and the last write, with a yes of the books or a no; that the command is on the disk before it is
 * sent and goes again under its own id; that what says nothing decides nothing; and that the till's real basket can
 * neither be changed nor lost meanwhile, not even by its person leaving. The wire, its client, the disk's queue and the
 * stores are the real ones; the engine is scripted, with a journal.
 */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { openKept } from '../../renderer/engine/kept.ts';
import { createMoves, type Move, type MovingBasket, type ShownCode } from '../../renderer/engine/moves.ts';
import { problemOf } from '../../renderer/engine/problem.ts';
import { createClient } from '../../shared/wire/client.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import { portPair } from '../../shared/wire/port.ts';
import { createServer } from '../../shared/wire/server.ts';

const ID = '019a0000-0000-7000-8000-000000000001';
const OTHER_ID = '019a0000-0000-7000-8000-000000000002';
const BASKET = { lines: [{ product: 3, qty: 1_000, priceRupiah: 12_500 }] };
const SHOWN: ShownCode = { ticket: 9, code: 'T-9', payload: '0002' };
const CLOSED: Outcome = { outcome: 'rejected', name: 'ticket-closed', details: { ticket: 9 } };
const NO_DRAWER: Outcome = { outcome: 'rejected', name: 'drawer-unknown', details: { drawer: 4 } };

/** The books, as far as one ticket goes: does it hold the goods? Every answer is journaled under its id. */
function makeBooks(isOpen: boolean, no?: Outcome) {
  const books = { isOpen, journal: new Map<string, Outcome>(), calls: [] as CallFrame[] };
  function happen({ name }: CallFrame): Outcome {
    if (no) return no;
    if (name === 'sale.recall') {
      if (!books.isOpen) return CLOSED;
      books.isOpen = false;
      return { outcome: 'ok', value: { basket: BASKET, name: null } };
    }
    books.isOpen = true;
    return { outcome: 'ok', value: name === 'qris.show' ? SHOWN : { ticket: 9, code: 'T-9' } };
  }
  return {
    ...books,
    isHeld: () => books.isOpen,
    handle(call: CallFrame): Outcome {
      books.calls.push(call);
      const id = call.commandId as string;
      const stored = books.journal.get(id) ?? happen(call);
      books.journal.set(id, stored);
      return stored;
    },
  };
}

/** What a till's disk holds: the basket as one text. `cutAt`: from that write on, nothing reaches it any more. */
function makeDisk(hasGoods: boolean) {
  const basket = JSON.stringify({ hasGoods });
  const disk = {
    texts: new Map([['basket', basket]]),
    writes: [] as boolean[],
    cutAt: Number.POSITIVE_INFINITY,
  };
  return Object.assign(disk, {
    read: async () => new Map(disk.texts),
    async write(changes: ReadonlyMap<string, string | null>, surely: boolean) {
      disk.writes.push(surely);
      if (disk.writes.length > disk.cutAt) return;
      for (const [key, text] of changes) disk.texts.set(key, text as string);
    },
  });
}

type Content = { hasGoods: boolean; code?: string; moving?: Move };

/** A page over that disk: what it knows is what it read, and what became of it. */
async function open(
  disk: ReturnType<typeof makeDisk>,
  handle: (call: CallFrame) => Outcome | Promise<Outcome>,
) {
  const kept = await openKept(disk, undefined);
  const content = (): Content => JSON.parse(kept.getItem('basket') as string);
  const change = (next: Content) => kept.setItem('basket', JSON.stringify(next));
  const hand: MovingBasket = {
    moving: () => content().moving,
    begin: (moving) => change({ ...content(), moving }),
    stay: () => change({ hasGoods: true }),
    leave: () => change({ hasGoods: false }),
    take: ({ code }) => change({ hasGoods: true, code }),
  };
  const client = createClient('till-test');
  const [near, far] = portPair();
  createServer({ handle }).serve(far, 'page');
  client.connect(near);
  const moves = createMoves(client, hand, kept);
  const fill = (moving: Move) => change({ hasGoods: true, moving });
  const begin = {
    hold: () => moves.hold({ basket: BASKET, name: 'Bu Tini' }, { commandId: ID }),
    recall: () => moves.recall({ ticket: 9 }, { commandId: ID }, fill),
    qris: () => moves.show({ basket: BASKET, amountRupiah: 12_500 }, { commandId: ID }),
  };
  return { kept, content, client, moves, begin };
}

const soon = () => new Promise((done) => setTimeout(done, 5));
const never = () => new Promise<Outcome>(() => {});

describe.each(['hold', 'recall', 'qris'] as const)('%s', (kind) => {
  const startsAtTill = kind !== 'recall';

  /** After all of it: are the goods at the till, are they in the ticket? */
  function expectEnd(at: Content, isHeld: boolean, isYes: boolean): void {
    expect(at.moving).toBeUndefined();
    if (kind === 'qris')
      expect([at, isHeld]).toEqual([isYes ? { hasGoods: true, code: 'T-9' } : { hasGoods: true }, isYes]);
    else expect([at.hasGoods, isHeld]).toEqual([isYes !== startsAtTill, isYes === startsAtTill]);
  }

  test.each([
    ['a yes', undefined],
    ['a no', kind === 'recall' ? CLOSED : NO_DRAWER],
  ])('%s: kept before it is sent, once in the books, and the goods are in one place', async (_, no) => {
    const disk = makeDisk(startsAtTill);
    const books = makeBooks(!startsAtTill, no);
    let atArrival: unknown;
    const page = await open(disk, (call) => {
      atArrival ??= [[...disk.writes], JSON.parse(disk.texts.get('basket') as string).moving];
      return books.handle(call);
    });
    await page.begin[kind]();
    await soon();
    expect(atArrival).toMatchObject([[true], { kind, id: ID }]);
    expect(books.calls).toHaveLength(1);
    expectEnd(page.content(), books.isHeld(), no === undefined);
    expect(JSON.parse(disk.texts.get('basket') as string)).toEqual(page.content());
  });

  describe.each([
    ['a yes', undefined],
    ['a no', kind === 'recall' ? CLOSED : NO_DRAWER],
  ])('killed, with %s', (_, no) => {
    const isYes = no === undefined;
    const again = kind === 'recall' ? 'sale.recall' : kind === 'hold' ? 'sale.hold' : 'qris.show';

    test('before the first write: nothing was asked', async () => {
      const disk = makeDisk(startsAtTill);
      disk.cutAt = 0;
      const books = makeBooks(!startsAtTill, no);
      // The disk takes nothing any more, so the page that begins is dead before it sends.
      void (await open(disk, never)).begin[kind]();
      await soon();
      const next = await open(disk, books.handle);
      expect(await next.moves.resume()).toBeUndefined();
      expect(books.calls).toEqual([]);
      expect([next.content().hasGoods, books.isHeld()]).toEqual([startsAtTill, !startsAtTill]);
    });

    test.each([
      ['before it arrived', () => never],
      [
        'before the answer came',
        (handle: (call: CallFrame) => Outcome) => (call: CallFrame) => {
          handle(call);
          return never();
        },
      ],
      ['before the end was written', (handle: (call: CallFrame) => Outcome) => handle],
    ] as const)('%s', async (when, wire) => {
      const disk = makeDisk(startsAtTill);
      disk.cutAt = 1;
      const books = makeBooks(!startsAtTill, no);
      void (await open(disk, wire(books.handle))).begin[kind]();
      await soon();
      const next = await open(disk, books.handle);
      disk.cutAt = Number.POSITIVE_INFINITY;
      expect(next.content()).toMatchObject({ hasGoods: true, moving: { kind, id: ID } });
      const end = await next.moves.resume();
      expect(end).toMatchObject(isYes ? { move: { kind } } : { problem: problemOf(no as never) });
      if (isYes && kind === 'hold')
        expect(end).toMatchObject({ code: 'T-9', move: { input: { name: 'Bu Tini' } } });
      const sent = when === 'before it arrived' ? 1 : 2;
      expect(books.calls.map(({ name, commandId }) => [name, commandId])).toEqual(
        Array(sent).fill([again, ID]),
      );
      expect(books.journal.size).toBe(1);
      expectEnd(next.content(), books.isHeld(), isYes);
    });
  });

  test.each(['no-session', 'stopping', 'busy'])('“%s” decides nothing', async (name) => {
    const disk = makeDisk(startsAtTill);
    const page = await open(disk, () => ({ outcome: 'rejected', name, details: {} }) as Outcome);
    expect(await page.begin[kind]()).toMatchObject({ name });
    expect(page.content()).toMatchObject({ hasGoods: true, moving: { id: ID } });
    expect(await page.moves.resume()).toBeUndefined();
    expect(page.content()).toMatchObject({ hasGoods: true, moving: { id: ID } });
  });

  test('what the disk does not take is not sent, and the goods are where they were', async () => {
    const disk = makeDisk(startsAtTill);
    const page = await open(disk, never);
    vi.spyOn(disk, 'write').mockRejectedValue(new Error('full'));
    expect(await page.begin[kind]()).toMatchObject({ name: 'disk-full' });
    expect(page.content()).toEqual({ hasGoods: startsAtTill });
  });
});

test('only one move at a time, and nobody gives one again that is still awaited', async () => {
  const calls: string[] = [];
  const page = await open(makeDisk(true), (call) => {
    calls.push(call.commandId as string);
    return never();
  });
  void page.begin.hold();
  await soon();
  expect(await page.moves.resume()).toBeUndefined();
  const second = await page.moves.show({ basket: BASKET, amountRupiah: 500 }, { commandId: OTHER_ID });
  expect(second).toMatchObject({ outcome: 'rejected', name: 'busy' });
  expect(calls).toEqual([ID]);
});

test('an id that the books know for an earlier form of the command: its stored answer counts', async () => {
  const stored = { known: true, outcome: 'ok', value: { ticket: 9, code: 'T-9' } };
  const page = await open(makeDisk(true), ({ name }) =>
    name === 'command.outcome'
      ? { outcome: 'ok', value: stored }
      : { outcome: 'rejected', name: 'id-reused', details: { id: ID } },
  );
  expect(await page.begin.hold()).toMatchObject({ outcome: 'ok', value: { code: 'T-9' } });
  expect(page.content()).toEqual({ hasGoods: false });
});

describe('the till’s own basket', async () => {
  // The page's client keeps a name for its machine.
  const names = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => names.get(key) ?? null,
    setItem: (key: string, text: string) => void names.set(key, text),
    removeItem: (key: string) => void names.delete(key),
  });
  const { basket } = await import('../../renderer/stores/basket.ts');
  const { tillShelf } = await import('../../renderer/stores/baskets.ts');
  const { moves } = await import('../../renderer/stores/moves.ts');
  const { engine, newCommandId } = await import('../../renderer/engine/client.ts');
  const { kept } = await import('../../renderer/engine/kept.ts');

  const LINE = {
    product: 3,
    name: 'Sale',
    vendorCode: 'BU-01',
    unit: 'pcs',
    priceRupiah: 12_500,
    qty: 1_000,
    onHandQty: 9_000,
    promotion: { promotion: 2, name: 'Lebaran', rateBps: 1_000 },
  };
  let answer: (call: CallFrame) => Outcome | Promise<Outcome>;

  beforeEach(() => {
    basket.getState().clear();
    basket.getState().fill({ lines: [LINE], visit: 'Bus 1' });
    const [near, far] = portPair();
    createServer({ handle: (call) => answer(call) }).serve(far, 'page');
    engine.connect(near);
  });

  const hold = () => moves.hold({ basket: BASKET }, { commandId: newCommandId() });

  test('stays as it was asked for until the books have answered', async () => {
    let say: (outcome: Outcome) => void = () => {};
    answer = () =>
      new Promise((resolve) => {
        say = resolve;
      });
    const held = hold();
    await soon();
    const { lines, discount, visit, taken } = basket.getState();
    const before = { lines, discount, visit, taken };
    const store = basket.getState();
    expect(store.put({ ...LINE, product: 4 })).toBe(false);
    store.setQty(0, 5_000);
    store.setPrice(3, 1);
    store.setLinePrice(0, 1, 'override');
    store.keepPrice(3, 12_500, 'kept', 1);
    store.setLineDiscount(0, { rupiah: 500 });
    store.setDiscount({ bps: 500 });
    store.setVisit(null);
    store.setTaken([{ kind: 'debit', amountRupiah: 500 }]);
    store.dropPromotion(() => true);
    store.remove(0);
    expect(basket.getState()).toMatchObject(before);
    expect(JSON.parse(kept.getItem('titipan.basket') as string).state).toMatchObject({
      moving: { kind: 'hold' },
    });
    say(NO_DRAWER);
    await held;
    expect(basket.getState()).toMatchObject({ ...before, moving: undefined });
    expect(basket.getState().put({ ...LINE, product: 4 })).toBe(true);
  });

  test('a code that was made becomes a part of its payment, for what the basket came to', async () => {
    answer = () => ({ outcome: 'ok', value: SHOWN });
    await moves.show({ basket: BASKET, amountRupiah: 5_000 }, { commandId: newCommandId() });
    const qris = { ...SHOWN, seen: false, basketRupiah: 11_250 };
    expect(basket.getState()).toMatchObject({
      moving: undefined,
      lines: [LINE],
      taken: [{ kind: 'qris', amountRupiah: 5_000, qris }],
    });
  });

  test('waits for its person with its move, and nothing is done to another’s basket', async () => {
    const books = makeBooks(false);
    let say: () => void = () => {};
    answer = (call) =>
      new Promise((resolve) => {
        const outcome = books.handle(call);
        say = () => resolve(outcome);
      });
    const shelf = tillShelf(() => 'siti');
    shelf.giveTo('siti');
    const held = hold();
    await soon();
    shelf.giveTo('budi');
    basket.getState().fill({ lines: [{ ...LINE, product: 8 }] });
    say();
    await held;
    expect(basket.getState()).toMatchObject({ lines: [{ product: 8 }], moving: undefined });
    shelf.giveTo('siti');
    expect(basket.getState()).toMatchObject({ lines: [LINE], moving: { kind: 'hold' } });
    answer = books.handle;
    expect(await moves.resume()).toMatchObject({ move: { kind: 'hold' }, code: 'T-9' });
    expect(basket.getState().lines).toEqual([]);
    expect(books.journal.size).toBe(1);
    shelf.giveTo('budi');
    expect(basket.getState()).toMatchObject({ lines: [{ product: 8 }] });
  });
});
