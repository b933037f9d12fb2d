import { join } from 'node:path';
import { expect } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { type TestEngine, temporaryFolder } from './engine.ts';
import { brokenRules } from './independent-books.ts';

/** The books add up a second time, they verify, and their journal replayed into empty ones gives every row again, which verify as well. */
export async function expectWholeBooks({ engine }: TestEngine): Promise<void> {
  expect(brokenRules(engine.books)).toEqual([]);
  expect(verifyBooks(engine.books).problems).toEqual([]);
  const folder = temporaryFolder();
  await copyBooks(engine.books, join(folder, 'copy.db'));
  const { differences } = replay(join(folder, 'copy.db'), join(folder, 'fresh.db'), engine.blobs.read);
  expect(differences).toEqual([]);
}
