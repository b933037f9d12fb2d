/**
 * Proves that what a till must not lose goes to the disk in the order it was set, all of one key press in one write;
 * that "settled" means on the disk, and says when it is not; and that what 0.1.0 kept elsewhere moves over without a
 * moment at which it is nowhere. That IndexedDB itself survives a kill is proved in tests/e2e/kill-at-random.test.ts.
 */
import { expect, test } from 'vitest';
import { type KeptDisk, openKept, plainDisk } from '../../renderer/engine/kept.ts';

type Change = [key: string, text: string | null];

function disk(onDisk: Record<string, string> = {}) {
  const state = { isBroken: false, writes: [] as { surely: boolean; changes: Change[] }[] };
  const kept: KeptDisk = {
    read: async () => new Map(Object.entries(onDisk)),
    async write(changes, surely) {
      if (state.isBroken) throw new Error('broken');
      state.writes.push({ surely, changes: [...changes] });
    },
  };
  return { kept, state };
}

function plainStore(texts: Record<string, string> = {}) {
  const map = new Map(Object.entries(texts));
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, text: string) => void map.set(key, text),
    removeItem: (key: string) => void map.delete(key),
  };
}

const soon = () => new Promise((done) => setTimeout(done, 5));

test('is read at once and written soon, all of one moment in one write', async () => {
  const { kept, state } = disk({ a: '1' });
  const store = await openKept(kept, undefined);
  expect(store.getItem('a')).toBe('1');
  store.setItem('a', '2');
  store.setItem('b', '3');
  store.removeItem('a');
  expect([store.getItem('a'), store.getItem('b'), store.keys()]).toEqual([null, '3', ['b']]);
  expect(state.writes).toEqual([]);
  await soon();
  const changes: Change[] = [
    ['a', null],
    ['b', '3'],
  ];
  expect(state.writes).toEqual([{ surely: false, changes }]);
  store.setItem('b', '4');
  await soon();
  expect(state.writes.at(-1)).toEqual({ surely: false, changes: [['b', '4']] });
});

test('settled takes along what was not yet written, and is sure of it', async () => {
  const { kept, state } = disk();
  const store = await openKept(kept, undefined);
  store.setItem('a', '1');
  await store.settled();
  await soon();
  expect(state.writes).toEqual([{ surely: true, changes: [['a', '1']] }]);
});

test('settled says when the disk did not take it; the next write carries it, newer texts first', async () => {
  const { kept, state } = disk();
  const store = await openKept(kept, undefined);
  state.isBroken = true;
  store.setItem('a', '1');
  store.setItem('b', '1');
  await expect(store.settled()).rejects.toThrow('broken');
  store.setItem('a', '2');
  await soon();
  expect(store.getItem('a')).toBe('2');
  state.isBroken = false;
  store.setItem('c', '3');
  await soon();
  expect(new Map(state.writes[0]?.changes)).toEqual(
    new Map([
      ['a', '2'],
      ['b', '1'],
      ['c', '3'],
    ]),
  );
});

test('what 0.1.0 kept moves over, and leaves its old place only when it is surely in the new one', async () => {
  const earlier = plainStore({ 'titipan.basket': 'lines', 'titipan.outbox': '[]', other: 'stays' });
  const broken = disk();
  broken.state.isBroken = true;
  await expect(openKept(broken.kept, earlier)).rejects.toThrow('broken');
  expect(earlier.getItem('titipan.basket')).toBe('lines');
  const { kept, state } = disk();
  const store = await openKept(kept, earlier);
  expect(store.getItem('titipan.basket')).toBe('lines');
  expect(state.writes[0]).toMatchObject({ surely: true });
  expect([...earlier.map.keys()]).toEqual(['other']);
});

test('what is newer than the old place is not overwritten from it', async () => {
  const store = await openKept(
    disk({ 'titipan.basket': 'new' }).kept,
    plainStore({ 'titipan.basket': 'old' }),
  );
  expect(store.getItem('titipan.basket')).toBe('new');
});

test('without IndexedDB a plain store keeps the same', async () => {
  const page = plainStore();
  const store = await openKept(plainDisk(page), page);
  store.setItem('a', '1');
  store.setItem('b', '2');
  store.removeItem('a');
  await store.settled();
  expect((await openKept(plainDisk(page), page)).keys()).toEqual(['b']);
  page.setItem('titipan.kept', '{"cut');
  expect((await openKept(plainDisk(page), page)).keys()).toEqual([]);
});
