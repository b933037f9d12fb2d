/**
 * Proves that the books add up whatever a shop does: seeded random histories of a hundred and more commands go through
 * the real engine, and after each the books are summed up a second time by independent SQL, verify, and replay to
 * equal rows. Commands may be refused, but never fault.
 */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { startEngine } from '../support/engine.ts';
import { brokenRules, ruleNames } from '../support/independent-books.ts';
import { seed } from '../support/seed.ts';
import { seededRandom } from '../unit/seal-support.ts';
import { randomShop } from './random-shop.ts';

const soak = process.env.SOAK === '1';
const HISTORIES = soak ? 200 : 20;
const COMMANDS = soak ? 300 : 100;

const outcomes = new Map<string, number>();
afterAll(() => {
  const list = [...outcomes].sort().map(([name, count]) => `${name} ${count}`);
  console.log(`SEED=${seed} ${HISTORIES} histories, ${ruleNames.length} rules each; ${list.join(', ')}`);
});

it.each(Array.from({ length: HISTORIES }, (_, index) => seed + index))('history of seed %i', async (own) => {
  let now = Date.UTC(2026, 10, 20, 1);
  const engine = await startEngine({ now: () => now });
  const shop = await randomShop(engine, seededRandom(own), (milliseconds) => {
    now += milliseconds;
  });
  for (let step = 0; step < COMMANDS; step += 1) {
    const { name, answer } = await shop.step();
    const told = answer.outcome === 'rejected' ? answer.name : answer.outcome;
    expect(answer.outcome, `SEED=${own} step ${step} ${name}: ${JSON.stringify(answer)}`).not.toBe('fault');
    expect(['bad-input', 'no-session', 'lost'], `SEED=${own} step ${step} ${name}`).not.toContain(told);
    // Once approved, a settlement can be paid: it must never be in the way of the next for ever.
    if (name === 'settlement.pay') expect(told, `SEED=${own} step ${step}`).not.toBe('nothing-to-settle');
    outcomes.set(`${name}:${told}`, (outcomes.get(`${name}:${told}`) ?? 0) + 1);
    if (step % 25 === 0) expect(brokenRules(engine.engine.books), `SEED=${own} step ${step}`).toEqual([]);
  }
  expect(brokenRules(engine.engine.books), `SEED=${own}`).toEqual([]);
  expect(verifyBooks(engine.engine.books).problems, `SEED=${own}`).toEqual([]);
  const copy = join(engine.dir, 'copy.db');
  await copyBooks(engine.engine.books, copy);
  const { differences, commands } = replay(copy, join(engine.dir, 'fresh.db'), () => undefined);
  expect(differences, `SEED=${own}`).toEqual([]);
  expect(commands).toBe(engine.engine.journal.head().seq);
  await engine.stop();
});
