/**
 * Proves that a retried command happens once over ports that drop, double, delay and reorder frames and break off at
 * random: the real clients and server on both sides of them, every kind of command that moves money or goods, thousands
 * of deliveries, and in the end every command is in the books at most once, with the answer that its caller got.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startSession } from '../../main/engine/auth/sessions.ts';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { contract } from '../../shared/contract/index.ts';
import { authApprove } from '../../shared/contract/people.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { booksBalances } from '../../shared/contract/system.ts';
import { type Port, portPair } from '../../shared/wire/port.ts';
import { USERS } from '../support/copied-shop.ts';
import {
  newCommandId,
  startEngine,
  type TestClient,
  type TestEngine,
  testClient,
} from '../support/engine.ts';
import { type Drawn, drawCommand } from '../support/money-commands.ts';
import { openMoneyShop } from '../support/money-shop.ts';
import { seed } from '../support/seed.ts';
import { PINS } from '../support/shop.ts';
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

/**
 * The table in which each of these commands writes one row, and only these do, when it is told ok. Rows that a run
 * writes for many vendors carry a part; the safe's shift and the first drawer's are opened with the center.
 */
const DOCUMENTS: Record<string, readonly string[]> = {
  adjustment: ['adjustment.post'],
  buyer_payment: ['buyer.pay'],
  cash_move: ['cash.in', 'cash.out', 'cash.drop'],
  clearing_match: ['clearing.match'],
  debt_write_off: ['debt.writeOff'],
  dispute: ['dispute.open'],
  dispute_end: ['dispute.close'],
  fee_charge: ['fee.charge'],
  goods_return: ['return.confirm'],
  hold_release: ['hold.release'],
  intake: ['intake.confirm', 'purchase.confirm'],
  'payout WHERE part IS NULL': ['settlement.pay'],
  payout_confirmation: ['payout.confirm'],
  recurring_fee: ['fee.recur'],
  recurring_fee_end: ['fee.stop'],
  refund: ['refund.complete', 'sale.void'],
  resolution: ['unresolved.resolve'],
  reversal: ['document.reverse'],
  run: ['run.start'],
  run_part: ['run.part'],
  safe_count: ['safe.count'],
  sale: ['sale.complete'],
  'settlement WHERE part IS NULL': ['settlement.prepare'],
  'settlement_approval WHERE part IS NULL': ['settlement.approve'],
  settlement_cancel: ['settlement.cancel'],
  shift: ['center.create', 'shift.open'],
  shift_close: ['shift.close'],
  stock_count: ['count.post'],
  ticket: ['sale.hold', 'qris.show'],
  "ticket_end WHERE how <> 'sold'": ['sale.recall', 'sale.discard'],
  ticket_seen: ['qris.seen'],
  vendor_payment: ['vendor.payIn'],
  write_off: ['writeOff.confirm'],
};

/** Of all of them, only the center was made, and parts of runs are given, by nobody of these. */
const EVERY_KIND = Object.values(DOCUMENTS).flat().length - 2;

/** Refused before it was looked at: nothing of it stands in the journal. */
const UNJOURNALED = new Set(['approval-invalid', 'busy', 'clock-doubtful']);

const MOST_WAITING = 20;
const roles = ['admin', 'manager', 'cashier'] as const;

/** The three people of a shop, each behind a bad network; `connect` makes all their ports anew. */
function peopleFarAway(engine: TestEngine): { people: Record<Role, TestClient>; connect(): void } {
  const people = { admin: testClient('office'), manager: testClient('office'), cashier: testClient('till') };
  const { books, now } = engine.engine;
  for (const role of roles) {
    const { token } = startSession(books, { user: USERS[role], device: role, at: now() });
    people[role].setSession(token);
  }
  return {
    people,
    connect() {
      counts.reconnects += 1;
      for (const role of roles) {
        const [mine, theirs] = portPair();
        engine.server.serve(theirs, 'page');
        people[role].connect(lossy(mine));
      }
    },
  };
}

/** Gives a command, with the administrator's yes where it takes one; answers how the journal would write the answer. */
async function giveAway(client: TestClient, commandId: string, drawn: Drawn): Promise<string | undefined> {
  const { entry, input, needsYes } = drawn;
  let approval: string | undefined;
  if (needsYes) {
    const asked = { commandId, action: entry.name, figures: input, username: 'ratna', pin: PINS.admin };
    const answer = await client.ask(authApprove, asked, { timeoutMs: 600_000 });
    // Signing needs a slow hash, and too many at once are sent away.
    if (answer.outcome !== 'ok') return undefined;
    approval = answer.value.approval;
  }
  const options = { commandId, timeoutMs: 600_000, ...(approval !== undefined && { approval }) };
  const answer = await client.ask(entry, input as never, options);
  if (answer.outcome === 'ok') return JSON.stringify({ ok: answer.value });
  if (answer.outcome !== 'rejected') throw new Error(`SEED=${seed} ${entry.name}: ${JSON.stringify(answer)}`);
  if (UNJOURNALED.has(answer.name)) return undefined;
  return JSON.stringify({ rejected: answer.name, details: answer.details });
}

it(
  'does each command once over a bad network',
  async () => {
    const before = performance.now();
    // The clock stands still: a shift may be open for so long only.
    const at = Date.now();
    const engine = await startEngine({ now: () => at });
    const shop = await openMoneyShop(engine, random);
    const setUp = engine.engine.journal.head().seq;
    const { people, connect } = peopleFarAway(engine);
    connect();
    const answers = new Map<string, string | undefined>();
    const waiting = new Set<Promise<void>>();

    async function giveOne(): Promise<void> {
      const drawn = await drawCommand(shop);
      const commandId = newCommandId();
      answers.set(commandId, await giveAway(people[drawn.by], commandId, drawn));
    }

    for (let step = 0; counts.delivered < DELIVERIES || waiting.size > 0; step += 1) {
      if (counts.delivered < DELIVERIES && waiting.size < MOST_WAITING) {
        const one: Promise<void> = giveOne().finally(() => waiting.delete(one));
        waiting.add(one);
        if (random() < 0.1) void people.manager.ask(booksBalances, {});
      }
      // A break makes the client send what waits once more; without it a dropped frame would wait for ever.
      if (random() < 0.1 || counts.delivered >= DELIVERIES) connect();
      if (step % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (step > DELIVERIES * 20) throw new Error(`no end in sight (SEED=${seed})`);
    }

    const done = compareWithJournal(engine, setUp, answers);
    const kinds = Object.values(DOCUMENTS)
      .flat()
      .filter((name) => Number.parseInt(done[name] ?? '', 10) > 0);
    expect(kinds.length, JSON.stringify(done)).toBeGreaterThanOrEqual(DELIVERIES > 5_000 ? EVERY_KIND : 30);
    compareDocuments(engine);
    expect(verifyBooks(engine.engine.books).problems).toEqual([]);
    const copy = join(engine.dir, 'copy.db');
    await copyBooks(engine.engine.books, copy);
    expect(replay(copy, join(engine.dir, 'fresh.db'), () => undefined).differences).toEqual([]);
    const seconds = Math.round((performance.now() - before) / 1000);
    console.log(`SEED=${seed} ${JSON.stringify(done)}`);
    console.log(`${answers.size} commands, ${JSON.stringify(counts)}, 0 doubles, ${seconds} s`);
    for (const role of roles) people[role].close();
    await engine.stop();
    rmSync(engine.dir, { recursive: true });
  },
  process.env.SOAK === '1' ? 3_600_000 : 60_000,
);

/** Each command stands in the journal once, or not at all where it was refused unread; answers how many ended how. */
function compareWithJournal(
  { engine }: TestEngine,
  setUp: number,
  answers: ReadonlyMap<string, string | undefined>,
): Record<string, string> {
  const rows = engine.books
    .prepare("SELECT id, name, outcome FROM journal WHERE seq > ? AND name <> 'run.part' ORDER BY seq")
    .all(setUp) as { id: string; name: string; outcome: string }[];
  const journaled = [...answers].filter(([, told]) => told !== undefined).map(([id]) => id);
  expect(rows.map(({ id }) => id).sort()).toEqual(journaled.sort());
  const ends = new Map<string, { ok: number; rejected: number }>();
  for (const { id, name, outcome } of rows) {
    expect(answers.get(id), `SEED=${seed} ${name} ${id}`).toBe(outcome);
    const end = ends.get(name) ?? { ok: 0, rejected: 0 };
    end[outcome.startsWith('{"ok"') ? 'ok' : 'rejected'] += 1;
    ends.set(name, end);
  }
  return Object.fromEntries([...ends].map(([name, { ok, rejected }]) => [name, `${ok}+${rejected}`]));
}

/** Every document belongs to a command that was told ok, and each such command has one. */
function compareDocuments({ engine }: TestEngine): void {
  for (const [table, names] of Object.entries(DOCUMENTS)) {
    for (const name of names) expect(contract.has(name), name).toBe(true);
    const commands = engine.books
      .prepare(
        `SELECT seq FROM journal WHERE outcome LIKE '{"ok"%' AND name IN (SELECT value FROM json_each(?))
         ORDER BY seq`,
      )
      .pluck()
      .all(JSON.stringify(names));
    const documents = engine.books.prepare(`SELECT seq FROM ${table} ORDER BY seq`).pluck().all();
    expect(documents, `SEED=${seed} ${table}`).toEqual(commands);
  }
}
