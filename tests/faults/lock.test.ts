/**
 * Proves with real processes that a data folder has one engine at a time: a second process is refused with a
 * sentence and changes nothing, and however the first one ends, killed or stopped, the next one opens.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { saleComplete } from '../../shared/contract/sale.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop } from '../support/shop.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Told = { opened: number } | { refused: string; message: string };

async function startChild(dir: string): Promise<{ child: ChildProcess; told: Told }> {
  const child = fork(join(import.meta.dirname, 'lock-child.ts'), [dir], { execArgv: [] });
  children.push(child);
  const [told] = (await once(child, 'message')) as [Told];
  return { child, told };
}

async function shopWithSale(): Promise<{ engine: TestEngine; sell(): Promise<unknown> }> {
  const engine = await startEngine();
  const { cashier, shift, product } = await openShop(engine);
  return { engine, sell: () => cashier.must(saleComplete, oneLine(shift, product, 1, 18_000)) };
}

it('refuses a second process, which disturbs nothing, and lets the next one in after a stop', async () => {
  const { engine, sell } = await shopWithSale();
  await sell();
  const { told } = await startChild(engine.dir);
  expect(told).toMatchObject({
    refused: 'folder-in-use',
    message: expect.stringContaining('Another Titipan'),
  });
  await sell();
  await expect(startEngine({ dir: engine.dir })).rejects.toMatchObject({ code: 'folder-in-use' });
  await sell();
  const { seq } = engine.engine.journal.head();
  await engine.stop();
  const next = await startChild(engine.dir);
  expect(next.told).toEqual({ opened: seq });
});

it('opens a folder whose engine was killed, again and again', async () => {
  const { engine, sell } = await shopWithSale();
  await sell();
  const { seq } = engine.engine.journal.head();
  await engine.stop();
  for (let kill = 0; kill < 3; kill += 1) {
    const { child, told } = await startChild(engine.dir);
    expect(told).toEqual({ opened: seq });
    await expect(startEngine({ dir: engine.dir })).rejects.toMatchObject({ code: 'folder-in-use' });
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const last = await startEngine({ dir: engine.dir });
  expect(last.engine.journal.head().seq).toBe(seq);
  await last.stop();
});
