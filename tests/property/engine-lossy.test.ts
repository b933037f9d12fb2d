/**
 * Proves that a retried command happens once over a port that drops, doubles, delays and reorders frames and breaks
 * off at random: the real client and server on both sides of it, thousands of deliveries, and in the end every
 * command is in the books exactly once, with the answer that its caller got.
 */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { booksBalances } from '../../shared/contract/system.ts';
import { createClient } from '../../shared/wire/client.ts';
import { type Port, portPair } from '../../shared/wire/port.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { seed } from '../support/seed.ts';
import { openShop, PINS } from '../support/shop.ts';
import { seededRandom } from '../unit/seal-support.ts';

const DELIVERIES = process.env.SOAK === '1' ? 100_000 : 5_000;

const random = seededRandom();
const counts = { delivered: 0, dropped: 0, doubled: 0, reordered: 0, reconnects: 0 };

/** Carries frames as a bad network would. Both directions suffer alike. */
function lossy(port: Port): Port {
  const late: (() => void)[] = [];
  const carry = (deliver: () => void) => {
    const luck = random();
    if (luck < 0.08) {
      counts.dropped += 1;
      return;
    }
    const once = () => {
      counts.delivered += 1;
      deliver();
    };
    if (luck < 0.18) {
      counts.doubled += 1;
      once();
    }
    if (luck > 0.8) {
      counts.reordered += 1;
      late.push(once);
      return;
    }
    once();
    while (late.length > 0 && random() < 0.5) late.splice(Math.floor(random() * late.length), 1)[0]?.();
  };
  return {
    send: (text) => carry(() => port.send(text)),
    onMessage: (listener) => port.onMessage((text) => carry(() => listener(text))),
    onClose: port.onClose,
    close: port.close,
  };
}

it('sells each basket once over a bad network', async () => {
  const engine = await startEngine();
  const { shift, product } = await openShop(engine);
  const client = createClient('till');
  const connect = () => {
    const [mine, theirs] = portPair();
    engine.server.serve(theirs, 'page');
    client.connect(lossy(mine));
    counts.reconnects += 1;
  };
  client.setSession(await tokenOf(engine));
  connect();
  const answers = new Map<string, string>();
  const waiting = new Set<Promise<void>>();

  async function sell(): Promise<void> {
    const commandId = newCommandId();
    const pieces = 1 + Math.floor(random() * 3);
    // Some are wrong: a "no" is answered once and for ever as well.
    const price = random() < 0.1 ? 17_000 : 18_000;
    const answer = await client.call(saleComplete, oneLine(shift, product, pieces, price), { commandId });
    expect(['ok', 'rejected'], JSON.stringify(answer)).toContain(answer.outcome);
    answers.set(commandId, JSON.stringify(answer.outcome === 'ok' ? { ok: answer.value } : answer.outcome));
  }

  for (let step = 0; counts.delivered < DELIVERIES || waiting.size > 0; step += 1) {
    if (counts.delivered < DELIVERIES && waiting.size < 20) {
      const one: Promise<void> = sell().finally(() => waiting.delete(one));
      waiting.add(one);
      if (random() < 0.2) void client.call(booksBalances, {});
    }
    // A break makes the client send what waits once more; without it a dropped frame would wait for ever.
    if (random() < 0.15 || counts.delivered >= DELIVERIES) connect();
    if (step % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (step > DELIVERIES * 20) throw new Error(`no end in sight (SEED=${seed})`);
  }

  const { books } = engine.engine;
  const rows = books.prepare("SELECT id, outcome FROM journal WHERE name = 'sale.complete'").all() as {
    id: string;
    outcome: string;
  }[];
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(answers.keys()));
  for (const { id, outcome } of rows) {
    const told = outcome.startsWith('{"ok"') ? outcome : '"rejected"';
    expect(answers.get(id), `SEED=${seed} ${id}`).toBe(told);
  }
  const done = rows.filter(({ outcome }) => outcome.startsWith('{"ok"')).length;
  expect(books.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(done);
  expect(verifyBooks(books).problems).toEqual([]);
  const copy = join(engine.dir, 'copy.db');
  await copyBooks(books, copy);
  expect(replay(copy, join(engine.dir, 'fresh.db'), () => undefined).differences).toEqual([]);
  console.log(`SEED=${seed} ${rows.length} commands, ${JSON.stringify(counts)}, 0 doubles`);
  client.close();
  await engine.stop();
});

async function tokenOf(engine: TestEngine): Promise<string> {
  return (await engine.client('till').must(authSignIn, { username: 'siti', pin: PINS.cashier })).token;
}
