/** Proves that the page goes on where its browser keeps nothing: cookies blocked, no room left, or no leave to forget. */
import { expect, test } from 'vitest';
import { forgivingStore, type PageStore, reachable } from '../../renderer/engine/page-store.ts';

function memory(texts = new Map<string, string>()): PageStore {
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

function refuse(): never {
  throw new Error('denied');
}

test('what the browser takes lies there and nowhere else', () => {
  const texts = new Map([['before', 'the start']]);
  const store = forgivingStore(() => memory(texts));
  expect(store.getItem('before')).toBe('the start');
  store.setItem('language', 'id');
  expect(texts.get('language')).toBe('id');
  texts.set('language', 'en');
  expect(store.getItem('language')).toBe('en');
  store.removeItem('language');
  expect(texts.has('language')).toBe(false);
  expect(store.getItem('language')).toBe(null);
});

test.each([
  ['the browser refuses its store', () => refuse()],
  ['there is none', () => undefined],
  ['it throws at every turn', () => ({ getItem: refuse, setItem: refuse, removeItem: refuse })],
])('where %s, the page remembers for itself', (_, open: () => PageStore | undefined) => {
  const store = forgivingStore(open);
  expect(store.getItem('language')).toBe(null);
  store.setItem('language', 'id');
  expect(store.getItem('language')).toBe('id');
  store.removeItem('language');
  expect(store.getItem('language')).toBe(null);
});

test('without room the newest is remembered, and with room again it is the browser’s', () => {
  const texts = new Map([['language', 'en']]);
  const plain = memory(texts);
  let isFull = true;
  const store = forgivingStore(() => ({
    ...plain,
    setItem: (key, text) => (isFull ? refuse() : plain.setItem(key, text)),
  }));
  store.setItem('language', 'id');
  expect(texts.get('language')).toBe('en');
  expect(store.getItem('language')).toBe('id');
  isFull = false;
  store.setItem('language', 'id');
  expect(texts.get('language')).toBe('id');
});

test('asking for what is refused is no fault', () => {
  expect(reachable(refuse)).toBeUndefined();
  expect(reachable(() => 3)).toBe(3);
});
