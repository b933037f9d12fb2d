/** A printer beside a drawer, and what commands wished to have on paper there. */
import type { InputOf } from '../../shared/contract/define.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import type { TestEngine } from './engine.ts';
import type { Shop } from './shop.ts';

/** Sets up a printer that prints into a file of the data folder, at the shop's open drawer unless told otherwise. */
export async function printerAt(
  { dir }: TestEngine,
  { manager, drawer }: Shop,
  more: Partial<InputOf<typeof printerSet>> = {},
): Promise<void> {
  await manager.must(printerSet, {
    drawer,
    address: { kind: 'file', path: `${dir}/paper.prn` },
    paperMm: 58,
    profile: 'simple58',
    ...more,
  });
}

export interface Wish {
  kind: string;
  drawer: number;
  document: number | null;
}

/** What a command wished to have printed, in its order. */
export function wishesOf({ engine }: TestEngine, seq: number): Wish[] {
  return engine.books
    .prepare('SELECT kind, drawer, document FROM print_wish WHERE seq = ? ORDER BY n')
    .all(seq) as Wish[];
}

/** What the newest command wished to have printed. */
export function newestWishes(engine: TestEngine): Wish[] {
  return wishesOf(engine, engine.engine.journal.head().seq);
}
