/**
 * Proves that people who share a till never get each other's basket and never lose their own: random comings and
 * goings, with the program cut off before any write to its store, against a list of who added what. Then the till's
 * real basket over a store in memory, with a basket that version 0.1.0 left there.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createShelf } from '../../renderer/stores/baskets.ts';
import { proposedPerson, recentlyHere, rememberHere } from '../../renderer/stores/people-here.ts';
import { seeded } from '../support/seed.ts';

type Content = Parameters<Parameters<typeof createShelf>[1]['fill']>[0];

const IN_HAND = 'titipan.basket';
const nothing: Content = { lines: [], discount: null, visit: null };
const goods = (product: number) => ({ product }) as never as Content['lines'][number];
const idsOf = (content: Content) => content.lines.map((line) => Number('product' in line && line.product));

class CutOff extends Error {}

/** A store that fails before its `cutAt`th write, as a machine does whose power goes. */
function makeStore() {
  const kept = new Map<string, string>();
  const store = {
    cutAt: Number.POSITIVE_INFINITY,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => write(() => kept.set(key, value)),
    removeItem: (key: string) => write(() => kept.delete(key)),
  };
  function write(change: () => void): void {
    store.cutAt -= 1;
    if (store.cutAt < 0) throw new CutOff();
    change();
  }
  return store;
}

/** A program that starts: it knows what its store knows. The basket in hand is kept there as well, at each change. */
function start(store: ReturnType<typeof makeStore>) {
  const content = (): Content => JSON.parse(store.getItem(IN_HAND) ?? JSON.stringify(nothing));
  const fill = (next: Content) => store.setItem(IN_HAND, JSON.stringify(next));
  const read = (kept: unknown) => kept as Content;
  const hand = { content, fill, clear: () => fill(nothing), read, version: 1 };
  return { hand, shelf: createShelf(store, hand, () => null) };
}

const PEOPLE = ['siti', 'budi', 'ratna'] as const;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('add' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('sell' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('leave' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('come' as const),
      who: fc.constantFrom(...PEOPLE),
      cutAt: fc.option(fc.nat(4)),
    }),
  },
);

test('whoever comes and goes, and wherever the power fails: each their own, nothing lost, nothing twice', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const store = makeStore();
      let program = start(store);
      const expected = new Map<string, number[]>(PEOPLE.map((name) => [name, []]));
      let here: string | undefined;
      let lastProduct = 0;
      for (const now of steps) {
        if (now.what === 'come') {
          store.cutAt = now.cutAt ?? Number.POSITIVE_INFINITY;
          try {
            program.shelf.giveTo(now.who);
          } catch (problem) {
            if (!(problem instanceof CutOff)) throw problem;
            program = start(store);
          }
          store.cutAt = Number.POSITIVE_INFINITY;
          // After the power is back the same person signs in.
          program.shelf.giveTo(now.who);
          here = now.who;
          expect(idsOf(program.hand.content())).toEqual(expected.get(here));
        }
        if (now.what === 'restart') program = start(store);
        if (here === undefined) continue;
        if (now.what === 'add') {
          lastProduct += 1;
          const { lines } = program.hand.content();
          program.hand.fill({ ...nothing, lines: [...lines, goods(lastProduct)] });
          expected.get(here)?.push(lastProduct);
        }
        if (now.what === 'sell') {
          program.hand.clear();
          expected.set(here, []);
        }
        if (now.what === 'leave') {
          program.shelf.putAway();
          expect(program.hand.content().lines).toEqual([]);
          here = undefined;
        }
      }
      for (const name of PEOPLE) {
        program.shelf.giveTo(name);
        expect(idsOf(program.hand.content())).toEqual(expected.get(name));
      }
    }),
    seeded(),
  );
});

test('what is kept and cannot be read is no basket, and no trouble', () => {
  const store = makeStore();
  const { shelf, hand } = start(store);
  for (const torn of ['{"state":{"lines":[', '"lines"', '{"state":{"lines":7}}']) {
    store.setItem('titipan.basket.of.siti', torn);
    shelf.giveTo('budi');
    shelf.giveTo('siti');
    expect(hand.content().lines).toEqual([]);
  }
});

test('two people who take turns are each proposed to the other', () => {
  const store = makeStore();
  expect(recentlyHere(store)).toEqual([]);
  store.setItem('titipan.lastUser', 'ratna');
  expect(recentlyHere(store)).toEqual(['ratna']);
  for (const name of ['siti', 'budi', 'siti']) rememberHere(store, name);
  expect(recentlyHere(store)).toEqual(['siti', 'budi', 'ratna']);
  expect(proposedPerson(store, ['budi', 'ratna'])).toBe('budi');
  expect(proposedPerson(store, ['wulan'])).toBe('wulan');
  expect(proposedPerson(store, [])).toBeUndefined();
});

test('the real basket of a till that worked under 0.1.0 goes to whoever was last there', async () => {
  const line = {
    product: 3,
    name: 'Petis',
    vendorCode: 'PJ-03',
    unit: 'pcs',
    priceRupiah: 18_000,
    qty: 2_000,
  };
  vi.resetModules();
  const { kept } = await import('../../renderer/engine/kept.ts');
  kept.setItem(IN_HAND, JSON.stringify({ state: { lines: [line], selected: 0 }, version: 0 }));
  const { basket } = await import('../../renderer/stores/basket.ts');
  const { tillShelf } = await import('../../renderer/stores/baskets.ts');
  expect(basket.getState().lines).toMatchObject([line]);
  const shelf = tillShelf(() => 'siti');
  shelf.giveTo('budi');
  expect(basket.getState().lines).toEqual([]);
  basket.getState().setVisit('Bus biru');
  shelf.putAway();
  shelf.giveTo('siti');
  expect(basket.getState()).toMatchObject({ lines: [line], visit: null, selected: 0 });
});
