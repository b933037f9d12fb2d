/**
 * Proves on a real small file system that a full disk is a clear refusal: no acknowledged sale is lost, no half
 * document is written, the program lives on and sells again, under the same command id, as soon as there is room.
 * And that a read-only or foreign folder is refused at the start with a sentence.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { EngineError } from '../../main/engine/engine-error.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { booksBalances } from '../../shared/contract/system.ts';
import { newCommandId, startEngine, type TestEngine, temporaryFolder } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop } from '../support/shop.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

const MIB = 1024 * 1024;

let disk: SmallDisk | undefined;
let running: TestEngine | undefined;

afterEach(async () => {
  await running?.stop().catch(() => undefined);
  disk?.unmount();
  [disk, running] = [undefined, undefined];
});

it('refuses sales on a full disk, keeps every acknowledged one, and goes on when there is room', async (context) => {
  disk = mountSmallDisk(16 * MIB);
  if (!disk) return context.skip('no mount');
  const dir = join(disk.path, 'shop');
  let now = Date.now();
  running = await startEngine({ dir, now: () => now });
  const { cashier, manager, shift, product } = await openShop(running);
  const acknowledged = new Set<number>();
  const counts = { sold: 0, refused: 0 };

  for (let round = 0; round < 4; round += 1) {
    // Each time a little more is left, so that the disk fills in another place of the transaction.
    disk.fill(round * 250_000);
    let refusedId: string | undefined;
    for (let attempt = 0; attempt < 2000 && refusedId === undefined; attempt += 1) {
      const commandId = newCommandId();
      const answer = await cashier.ask(saleComplete, oneLine(shift, product, 1, 18_000), { commandId });
      if (answer.outcome === 'ok') {
        acknowledged.add(answer.value.sale);
        counts.sold += 1;
        continue;
      }
      expect(answer).toMatchObject({ outcome: 'rejected', name: 'disk-full' });
      refusedId = commandId;
      counts.refused += 1;
    }
    if (refusedId === undefined) throw new Error('the disk never filled');
    // Each refusal wants a line in the log, which lies on the same full disk.
    for (let more = 0; more < 20; more += 1) {
      const answer = await cashier.ask(saleComplete, oneLine(shift, product, 1, 18_000));
      expect(answer).toMatchObject({ outcome: 'rejected', name: 'disk-full' });
      counts.refused += 1;
    }
    // A minute later the session wants to note that it was seen; reading must not depend on that.
    now += 61_000;
    expect(await manager.ask(booksBalances, {})).toMatchObject({ outcome: 'ok' });
    expect(await cashier.ask(authSignIn, { username: 'siti', pin: '111222' })).toMatchObject({
      outcome: 'rejected',
    });
    expect(verifyBooks(running.engine.books).problems).toEqual([]);

    disk.empty();
    const again = await cashier.ask(saleComplete, oneLine(shift, product, 1, 18_000), {
      commandId: refusedId,
    });
    if (again.outcome !== 'ok') throw new Error(`not sold with room again: ${JSON.stringify(again)}`);
    acknowledged.add(again.value.sale);
  }
  await running.stop();
  running = await startEngine({ dir, now: () => now });
  const { books } = running.engine;
  expect(verifyBooks(books).problems).toEqual([]);
  const sales = books.prepare('SELECT seq FROM sale').pluck().all() as number[];
  expect(new Set(sales)).toEqual(acknowledged);
  expect(books.prepare('SELECT count(*) FROM sale_line').pluck().get()).toBe(sales.length);
  expect(counts.sold).toBeGreaterThan(0);
  console.log(`${counts.sold} sales before and ${counts.refused} refusals on a full disk, 0 half documents`);
});

it('starts on a full disk with a sentence, and works once there is room', async (context) => {
  disk = mountSmallDisk(4 * MIB);
  if (!disk) return context.skip('no mount');
  const dir = join(disk.path, 'shop');
  disk.fill();
  await expectRefusal(dir, /^(disk-full|books-unreadable)$/, /room/);
  disk.empty();
  running = await startEngine({ dir });
  await openShop(running);
});

it('refuses a read-only disk with a sentence, with and without books on it', async (context) => {
  disk = mountSmallDisk(8 * MIB);
  if (!disk) return context.skip('no mount');
  const dir = join(disk.path, 'shop');
  const engine = await startEngine({ dir });
  await openShop(engine);
  await engine.stop();
  disk.remountReadOnly();
  await expectRefusal(dir, /^(books-unreadable|folder-not-writable)$/, /can be written/);
  await expectRefusal(join(disk.path, 'new'), /^folder-not-writable$/, /can be written/);
  expect(existsSync(join(disk.path, 'new'))).toBe(false);
});

it('refuses a data folder that is a file', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'not a folder');
  await expectRefusal(file, /^folder-not-writable$/, /is a folder/);
  await expectRefusal(join(file, 'below'), /^folder-not-writable$/, /is a folder/);
});

async function expectRefusal(dir: string, code: RegExp, sentence: RegExp): Promise<void> {
  const refusal = await startEngine({ dir }).then(
    async (engine) => {
      await engine.stop();
      throw new Error(`${dir} was opened`);
    },
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(EngineError);
  expect((refusal as EngineError).code).toMatch(code);
  expect((refusal as EngineError).message).toMatch(sentence);
}
