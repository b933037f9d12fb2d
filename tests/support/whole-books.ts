import { join } from 'node:path';
import { expect } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { type TestEngine, temporaryFolder } from './engine.ts';

/** The books verify, and their journal replayed into empty ones gives every row again, which verify as well. */
export async function expectWholeBooks({ engine }: TestEngine): Promise<void> {
  expect(verifyBooks(engine.books).problems).toEqual([]);
  const folder = temporaryFolder();
  await copyBooks(engine.books, join(folder, 'copy.db'));
  const { differences } = replay(join(folder, 'copy.db'), join(folder, 'fresh.db'), engine.blobs.read);
  expect(differences).toEqual([]);
}
