/**
 * Proves the printer form against the contract: whatever is typed, the form calls a field wrong exactly when the
 * contract would refuse it, and what is saved comes back into the form as it was. Random forms are seeded: SEED=.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  draftOf,
  drawerText,
  isSameDraft,
  type PrinterDraft,
  printerInput,
  withPaper,
  wrongFields,
} from '../../renderer/features/printing/printer-draft.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { drawerCreate, drawerList } from '../../shared/contract/shift.ts';
import { startEngine } from '../support/engine.ts';
import { cases, seed } from '../support/seed.ts';
import { openShop } from '../support/shop.ts';

const number = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }).map(String),
  fc.integer({ min: 0, max: 144 }).map((eighth) => String(eighth * 8)),
  fc.constantFrom(
    '',
    '0',
    '23',
    '24',
    '96',
    '97',
    '192',
    '1152',
    '1160',
    '65535',
    '65536',
    '9100',
    'x',
    '1.5',
  ),
);
const host = fc.oneof(
  fc.ipV4(),
  fc.constantFrom('', ' ', 'printer-1.local', 'dua kata', 'kasir_2', '::1', 'ä', 'a'.repeat(254)),
);
const drafts: fc.Arbitrary<PrinterDraft> = fc.record({
  via: fc.constantFrom('tcp' as const, 'file' as const),
  host,
  port: number,
  closes: fc.boolean(),
  path: fc.constantFrom('', '  ', '/dev/usb/lp0', '\\\\kasir\\EPSON', 'LPT1', 'x'.repeat(501)),
  paper: fc.constantFrom('58' as const, '80' as const),
  columns: number,
  profile: fc.constantFrom('simple58' as const, 'epson' as const, 'custom' as const),
  dots: number,
  codePage: number,
  cut: fc.boolean(),
  kickPin: fc.constantFrom('2' as const, '5' as const),
  raster: fc.boolean(),
  answersStatus: fc.boolean(),
  kick: fc.boolean(),
  fallback: fc.constantFrom('', '3'),
});

test('a field is wrong exactly when the contract refuses what it says', () => {
  let right = 0;
  fc.assert(
    fc.property(drafts, (draft) => {
      const isRight = wrongFields(draft).length === 0;
      if (isRight) right += 1;
      const { success } = printerSet.input.safeParse(printerInput(1, draft));
      expect(isRight, JSON.stringify(draft)).toBe(success);
    }),
    { seed, numRuns: Math.min(cases, 5_000) },
  );
  expect(right, 'some forms have to be right').toBeGreaterThan(100);
});

test('what was saved comes back into the form as it was', async () => {
  const engine = await startEngine();
  const shop = await openShop(engine);
  const { drawer: other } = await shop.admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const saved = fc.sample(
    drafts.filter((draft) => wrongFields({ ...draft, fallback: '' }).length === 0),
    { seed, numRuns: 60 },
  );
  for (const draft of saved) {
    const wanted = { ...draft, fallback: draft.fallback && String(other) };
    await shop.manager.must(printerSet, printerInput(shop.drawer, wanted));
    const { drawers } = await shop.manager.must(drawerList, {});
    const view = drawers.find(({ drawer }) => drawer === shop.drawer)?.printer;
    const again = draftOf(view);
    expect(printerInput(shop.drawer, again), `SEED=${seed}`).toEqual(printerInput(shop.drawer, wanted));
  }
  await engine.stop();
});

test('another paper brings its own widths, but leaves a width that was chosen', () => {
  const first = draftOf(null);
  expect(withPaper(first, '80')).toMatchObject({ columns: '48', dots: '576' });
  expect(withPaper({ ...first, columns: '42' }, '80')).toMatchObject({ columns: '42', dots: '576' });
  expect(withPaper(withPaper(first, '80'), '58')).toMatchObject({ columns: '32', dots: '384' });
});

test('a form is unsaved while it says something else than what was saved, and not once it is changed back', () => {
  const first = draftOf(null);
  for (const field of Object.keys(first) as (keyof PrinterDraft)[]) {
    const value = first[field];
    const other = { ...first, [field]: typeof value === 'boolean' ? !value : `${value}7` } as PrinterDraft;
    expect(isSameDraft(other, first), field).toBe(false);
    expect(isSameDraft({ ...other, [field]: value }, first), field).toBe(true);
  }
});

test('a drawer whose name is its code is named once', () => {
  expect(drawerText({ code: 'BRANKAS', name: 'Brankas' })).toBe('Brankas');
  expect(drawerText({ code: 'K1', name: 'Kasir 1' })).toBe('Kasir 1 (K1)');
});
