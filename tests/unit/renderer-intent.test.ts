/** Proves that a command whose answer was lost is given again under its own id, and anything else under a new one. */
import { expect, test } from 'vitest';
import { createIntent } from '../../renderer/engine/intent.ts';

function numbered() {
  let count = 0;
  return createIntent(() => {
    count += 1;
    return `id ${count}`;
  });
}

const REFUND = { sale: 7, lines: [{ line: 1, qty: 1_000 }] };

test('the same again after a lost answer is the same command', () => {
  const intent = numbered();
  const id = intent.idOf(REFUND);
  intent.ended(id, REFUND, true);
  expect(intent.idOf({ ...REFUND })).toBe(id);
  intent.ended(id, REFUND, true);
  expect(intent.idOf(REFUND)).toBe(id);
  intent.ended(id, REFUND, false);
  expect(intent.idOf(REFUND)).not.toBe(id);
});

test('another input is another command, and so is the same one after an answer', () => {
  const intent = numbered();
  const first = intent.idOf(REFUND);
  intent.ended(first, REFUND, false);
  const second = intent.idOf(REFUND);
  expect(second).not.toBe(first);
  intent.ended(second, REFUND, true);
  expect(intent.idOf({ ...REFUND, memo: 'basah' })).not.toBe(second);
});
