/**
 * Proves that contract and engine know the same names, that every entry takes a valid input, and that an input with a
 * field missing, of another type, out of range or unknown, or with hostile text in it, is answered with a typed "no"
 * or done properly, never with a fault; afterwards the books still verify and replay to the same rows.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { createDoor } from '../../main/engine/door.ts';
import { handlers } from '../../main/engine/handlers/index.ts';
import { operations } from '../../main/engine/operations/index.ts';
import { replay } from '../../main/engine/replay.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import type { Entry } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { importApply } from '../../shared/contract/product.ts';
import { rejectionNames } from '../../shared/contract/rejections.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { validInputs } from '../support/contract-inputs.ts';
import { bySomebody, copyFolder, give, removeCopy, startCopy } from '../support/copied-shop.ts';
import { newCommandId, startEngine, type TestEngine, temporaryFolder } from '../support/engine.ts';
import { type FullShop, openFullShop } from '../support/full-shop.ts';
import { changed, HOSTILE, placesIn } from '../support/hostile.ts';
import { PINS, signIn } from '../support/shop.ts';

let engine: TestEngine;
let shop: FullShop;
let session: string;
/** The shop's folder before any of these tests. */
let untouched: string;
let now = Date.UTC(2026, 10, 21, 3);
const counts = { badInput: 0, rejected: 0, ok: 0 };

beforeAll(async () => {
  engine = await startEngine({ now: () => now });
  shop = await openFullShop(engine);
  untouched = await copyFolder(engine, temporaryFolder('titipan-untouched'));
  await renewSession();
});
afterAll(async () => {
  await engine.stop();
  rmSync(untouched, { recursive: true });
  console.log(JSON.stringify(counts));
});

async function renewSession(): Promise<void> {
  const client = engine.client('names');
  client.setSession = (token) => {
    session = token ?? '';
  };
  await signIn(client, 'ratna', PINS.admin);
}

async function call(entry: Entry, input: unknown): Promise<Outcome> {
  // A wrong PIN makes the next guess wait; time passes for it.
  now += 400;
  const commandId = entry.kind === 'command' ? { commandId: newCommandId() } : {};
  // As over a port: what JSON cannot carry never arrives.
  const text = JSON.stringify(input);
  const frame = { v: 1, kind: 'call', callId: 1, name: entry.name, device: 'names', session } as const;
  const arrived = text === undefined ? undefined : (JSON.parse(text) as unknown);
  const outcome = await createDoor(engine.engine).handle({ ...frame, ...commandId, input: arrived }, 'local');
  if (outcome.outcome === 'ok') counts.ok += 1;
  else if (outcome.outcome === 'rejected' && outcome.name === 'bad-input') counts.badInput += 1;
  else counts.rejected += 1;
  return outcome;
}

const entries = [...contract.values()];

it('has a handler for every command and query, an operation for every other, and nothing besides', () => {
  const named = (kinds: readonly string[]) =>
    entries.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  expect([...handlers.keys()].sort()).toEqual(named(['command', 'query']).sort());
  expect([...operations.keys()].sort()).toEqual(named(['operation']).sort());
  for (const [name, handler] of handlers) expect(handler.entry).toBe(contract.get(name));
  for (const [name, operation] of operations) expect(operation.entry).toBe(contract.get(name));
  for (const entry of entries) {
    for (const name of entry.rejections) expect(rejectionNames).toContain(name);
  }
  expect(Object.keys(validInputs(engine, shop)).sort()).toEqual(entries.map(({ name }) => name).sort());
});

it.each(entries)('$name takes its valid input', async (entry) => {
  const outcome = await call(entry, inputOf(entry.name));
  if (outcome.outcome === 'rejected') expect(['bad-input', 'unknown-name']).not.toContain(outcome.name);
  else expect(outcome.outcome).toBe('ok');
  if (entry.name === 'auth.signOut') await renewSession();
});

function inputOf(name: string, { on = engine } = {}): unknown {
  return (validInputs(on, shop)[name] as () => unknown)();
}

/** Whose valid input nobody is told ok for, in a shop like this one, and why. */
const NEVER_OK: Record<string, object> = {
  // Only before there is a center: roles.test.ts makes one.
  'center.create': { name: 'already-set-up' },
  // The engine gives it itself: the runs of this shop are made of them.
  'run.part': { name: 'forbidden', details: { role: 'local' } },
};

/** What has to come first, in the same turn of the engine; answers the input to give then. */
const FIRST: Record<string, (copy: TestEngine, input: unknown) => Promise<unknown>> = {
  async 'backup.take'(copy, input) {
    await first(copy, 'recovery.issue');
    return input;
  },
  async 'hold.release'(copy, input) {
    await first(copy, 'center.change', { holdUnmatchedQris: true });
    return input;
  },
  async 'import.read'(copy, input) {
    await first(copy, 'blob.put');
    return input;
  },
  'run.stop': async (copy) => ({ run: (await first(copy, 'run.start')).run }),
};

async function first(copy: TestEngine, name: string, input = inputOf(name, { on: copy })) {
  const outcome = await give(copy, contract.get(name) as Entry, input, 'admin');
  if (outcome.outcome !== 'ok') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  return outcome.value as { run?: number };
}

it('is told ok for every valid input, by somebody who may', async () => {
  const done: Record<string, string> = {};
  const not: Record<string, Outcome> = {};
  let copy: TestEngine | undefined;
  for (const entry of entries) {
    copy ??= await startCopy(untouched, () => now);
    const input = inputOf(entry.name, { on: copy });
    const said = await bySomebody(copy, entry, (await FIRST[entry.name]?.(copy, input)) ?? input);
    if (said.outcome.outcome === 'ok') done[entry.name] = said.by;
    else not[entry.name] = said.outcome;
    if (entry.kind === 'query' || said.outcome.outcome !== 'ok') continue;
    await removeCopy(copy);
    copy = undefined;
  }
  if (copy) await removeCopy(copy);
  const withYes = Object.entries(done).filter(([, by]) => by.includes('with'));
  console.log(`${Object.keys(done).length} of ${entries.length} ok; with a yes: ${JSON.stringify(withYes)}`);
  expect(not).toMatchObject(NEVER_OK);
  expect(Object.keys(not).sort(), JSON.stringify(not)).toEqual(Object.keys(NEVER_OK).sort());
}, 120_000);

it.each(entries)('$name survives whatever is sent as its input', async (entry) => {
  const head = () => engine.engine.journal.head().seq;
  for (const value of [undefined, ...HOSTILE]) {
    if (JSON.stringify(value) === '{}') continue;
    const before = head();
    expect(await call(entry, value), String(value)).toMatchObject({ name: 'bad-input' });
    expect(head()).toBe(before);
  }
  for (const path of placesIn(inputOf(entry.name))) {
    const where = `${entry.name} ${path.join('.')}`;
    // An unknown key is refused wherever there are keys.
    const target = path.reduce<unknown>((holder, key) => (holder as never)[key], inputOf(entry.name));
    const isRecord = entry.name === 'auth.approve' && path[0] === 'figures';
    if (target !== null && typeof target === 'object' && !Array.isArray(target) && !isRecord) {
      for (const key of ['unknown', '__proto__', 'constructor']) {
        const text = JSON.stringify(inputOf(entry.name));
        const extra = JSON.parse(text, function (this: unknown, _name, value: unknown) {
          return value;
        }) as Record<string, unknown>;
        const holder = path.reduce<unknown>((inner, step) => (inner as never)[step], extra);
        Object.defineProperty(holder, key, { value: 1, enumerable: true });
        expect(await call(entry, extra), `${where} + ${key}`).toMatchObject({ name: 'bad-input' });
      }
    }
    if (path.length === 0) continue;
    const missing = await call(
      entry,
      changed(inputOf(entry.name), path, (holder, key) => delete holder[key]),
    );
    expect(missing.outcome, `${where} missing`).not.toBe('fault');
    for (const value of HOSTILE) {
      // A folder to write to: anything that is a text is one, and would be made.
      if (entry.name === 'backup.take' && typeof value === 'string') continue;
      const outcome = await call(
        entry,
        changed(inputOf(entry.name), path, (holder, key) => {
          holder[key] = value;
        }),
      );
      expect(outcome.outcome, `${where} = ${JSON.stringify(value)?.slice(0, 50)}`).not.toBe('fault');
    }
    if (entry.name === 'auth.signOut') await renewSession();
  }
});

it('refuses names that are not in the contract, and commands without an id', async () => {
  for (const name of ['', 'sale', 'sale.completes', '__proto__', 'constructor', 'toString']) {
    const outcome = await call({ ...(contract.get('auth.me') as Entry), name }, {});
    expect(outcome, name).toMatchObject({ outcome: 'rejected', name: 'unknown-name' });
  }
  const frame = { v: 1, kind: 'call', callId: 1, device: 'names', session } as const;
  for (const entry of entries.filter(({ kind, access }) => kind === 'command' && Array.isArray(access))) {
    const outcome = await createDoor(engine.engine).handle(
      { ...frame, name: entry.name, input: inputOf(entry.name) },
      'page',
    );
    expect(outcome, entry.name).toMatchObject({ name: 'bad-input', details: { field: 'commandId' } });
  }
});

it('takes nothing from a prepared sheet that no sheet could have held', async () => {
  const good = {
    code: '8995001',
    name: 'Rengginang',
    vendor: 'KRP',
    category: null,
    unit: 'pcs',
    priceRupiah: 5000,
    netPriceRupiah: null,
  };
  for (const row of [
    { ...good, name: 'a\ud800' },
    { ...good, name: 'a\nb' },
    { ...good, name: ' ' },
    { ...good, code: 'a b' },
    { ...good, unit: '\u0000' },
    { ...good, category: '\u001b@' },
    { ...good, priceRupiah: 2 ** 52 },
    { ...good, netPriceRupiah: 2 ** 52 },
  ]) {
    const content = Buffer.from(JSON.stringify({ kind: 'product-rows-1', rows: [row] }));
    const sha256 = createHash('sha256').update(content).digest('hex');
    engine.engine.blobs.add(content);
    expect(await call(importApply, { prepared: sha256 }), JSON.stringify(row)).toMatchObject({
      outcome: 'rejected',
      name: 'sheet-not-ready',
    });
  }
});

it('still has books that verify and replay to the same rows', async () => {
  const { books, blobs } = engine.engine;
  expect(verifyBooks(books).problems).toEqual([]);
  const folder = temporaryFolder();
  await copyBooks(books, join(folder, 'copy.db'));
  const { differences, commands } = replay(join(folder, 'copy.db'), join(folder, 'fresh.db'), blobs.read);
  expect(differences).toEqual([]);
  console.log(`${commands} commands replayed to equal rows`);
});
