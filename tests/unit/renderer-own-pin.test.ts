/** Proves what the form of the own PIN asks for, in which order, and under which field each "no" of the engine stands. */
import { expect, test } from 'vitest';
import { fieldOf, flawOf } from '../../renderer/features/signin/own-pin.ts';

const OLD = '914726';
const NEW = '640281';

test('it asks from the top: the old PIN, a new one that may be used, the same once more', () => {
  const steps = [
    [
      { old: '', fresh: '', again: '' },
      { field: 'old', why: 'missing' },
    ],
    [
      { old: '', fresh: NEW, again: NEW },
      { field: 'old', why: 'missing' },
    ],
    [
      { old: OLD, fresh: '', again: '' },
      { field: 'fresh', why: 'missing' },
    ],
    [
      { old: OLD, fresh: '64028', again: '' },
      { field: 'fresh', why: 'pin-too-short' },
    ],
    [
      { old: OLD, fresh: '765432', again: '765432' },
      { field: 'fresh', why: 'pin-too-simple' },
    ],
    [
      { old: OLD, fresh: OLD, again: OLD },
      { field: 'fresh', why: 'same' },
    ],
    [
      { old: OLD, fresh: NEW, again: '' },
      { field: 'again', why: 'missing' },
    ],
    [
      { old: OLD, fresh: NEW, again: '640218' },
      { field: 'again', why: 'differs' },
    ],
    [{ old: OLD, fresh: NEW, again: NEW }, undefined],
  ] as const;
  for (const [draft, flaw] of steps) expect(flawOf(draft)).toEqual(flaw);
});

test('an old PIN that today would be too simple, or too short, is still taken as the old one', () => {
  expect(flawOf({ old: '1234', fresh: NEW, again: NEW })).toBeUndefined();
});

test('what the engine refuses stands under its field, everything else under none', () => {
  const said = (name: string) => fieldOf({ kind: 'rejected', name: name as never, details: {} });
  expect(['wrong-pin', 'too-fast'].map(said)).toEqual(['old', 'old']);
  expect(['pin-too-short', 'pin-too-simple'].map(said)).toEqual(['fresh', 'fresh']);
  expect(['user-disabled', 'approval-invalid', 'disk-full'].map(said)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(
    [undefined, { kind: 'lost' }, { kind: 'fault', faultId: 'f' }].map((problem) =>
      fieldOf(problem as never),
    ),
  ).toEqual([undefined, undefined, undefined]);
});
