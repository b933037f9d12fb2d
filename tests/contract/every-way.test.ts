/**
 * Proves that every entry of the contract says the same over every way to the engine: its valid input, no input at
 * all, hostile values in the place of the whole input and of everything in it. The very same text goes over an
 * in-memory port, a WebSocket and the local socket of one engine, which must answer word for word alike; and over an
 * Electron MessagePort to the engine as it is built, on a copy of the same folder, which must come to the same end.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSession } from '../../main/engine/auth/sessions.ts';
import { openBooks } from '../../main/engine/store/open.ts';
import { liveRun } from '../../main/engine/store/runs.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { clockConfirm } from '../../shared/contract/center.ts';
import type { Entry } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { runStart } from '../../shared/contract/run.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { debtWriteOff } from '../../shared/contract/vendor-money.ts';
import { chownTree } from '../support/chown-tree.ts';
import { validInputs } from '../support/contract-inputs.ts';
import { copyFolder, USERS } from '../support/copied-shop.ts';
import { makeFolder, removeFolder, until } from '../support/electron-runtime.ts';
import { type ElectronWay, openElectronWay } from '../support/electron-way.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { type FullShop, openFullShop } from '../support/full-shop.ts';
import { changed, HOSTILE, placesIn } from '../support/hostile.ts';
import { openWays, type RawPort, WAY_NAMES, type Ways } from '../support/raw-port.ts';
import { PINS } from '../support/shop.ts';

/** Hostile values in each place of an input; which of them goes round. */
const VALUES_A_PLACE = 3;

/** What an operation says that has just been carried out over another way; every other may be repeated. */
const AFTER_FIRST: Record<string, string[]> = {
  'auth.signOut': ['rejected no-session'],
  // A job may be on its way to the printer, or be dismissed.
  'print.dismiss': ['ok', 'rejected job-state'],
  'print.resend': ['ok', 'rejected job-state'],
};

/** Who asks, where it is not the administrator. */
const CALLERS: Record<string, Role | 'ends'> = {
  'auth.approve': 'manager',
  'auth.signOut': 'ends',
  'sale.complete': 'cashier',
};

/** What a valid input comes to that is not ok, when every other entry's has been given before. */
const NOT_OK: Record<string, string> = {
  'books.copy': 'rejected forbidden',
  'center.create': 'rejected already-set-up',
  'hold.release': 'rejected not-held',
  'run.part': 'rejected forbidden',
  'run.stop': 'rejected run-ended',
  'sale.discard': 'rejected ticket-closed',
  'settlement.cancel': 'rejected settlement-state',
};

type Frame = Record<string, unknown>;

interface Question {
  entry: Entry;
  what: string;
  frame: Frame;
}

let engine: TestEngine;
let shop: FullShop;
let ways: Ways;
let ports: RawPort[];
let electron: ElectronWay;
let electronFolder: string;
let sessions: Record<Role | 'ends', string>;
/** Stands still while a command or query goes every way. Electron's engine has the machine's own. */
let now = Date.now();
let turn = 0;
let callId = 0;
const counts = { questions: 0, frames: 0, ok: 0, rejected: 0, badInput: 0 };

beforeAll(async () => {
  engine = await startEngine({ now: () => now });
  shop = await openFullShop(engine);
  sessions = {
    admin: sessionOf('admin'),
    manager: sessionOf('manager'),
    cashier: sessionOf('cashier'),
    ends: sessionOf('admin'),
  };
  electronFolder = await copyFolder(engine, makeFolder('every-way-data'));
  // Backups and paper of both engines go there, and Electron's runs as somebody without rights.
  mkdirSync(join(engine.dir, 'backups'));
  chownTree(engine.dir);
  ways = await openWays(engine.server);
  ports = [await ways.memory(), await ways.webSocket(), await ways.localSocket()];
  electron = await openElectronWay(electronFolder);
}, 120_000);

afterAll(async () => {
  for (const port of ports ?? []) port.close();
  await ways?.close();
  await electron?.close();
  await engine?.stop();
  if (engine) rmSync(engine.dir, { recursive: true });
  if (electronFolder) removeFolder(electronFolder);
  console.log(`${contract.size} names, ${WAY_NAMES.length + 1} ways: ${JSON.stringify(counts)}`);
}, 60_000);

function sessionOf(role: Role): string {
  return startSession(engine.engine.books, { user: USERS[role], device: 'office', at: now }).token;
}

function frameOf(name: string, input: unknown, more: Frame = {}): Frame {
  callId += 1;
  return { v: 1, kind: 'call', callId, name, input, device: `till-${callId}`, ...more };
}

function question(entry: Entry, what: string, input: unknown): Question {
  counts.questions += 1;
  const more = entry.kind === 'command' ? { commandId: newCommandId() } : {};
  // Who signs in has no session, and guesses from a device of its own.
  if (entry.name === 'auth.signIn') return { entry, what, frame: frameOf(entry.name, input) };
  const session = sessions[CALLERS[entry.name] ?? 'admin'];
  return { entry, what, frame: frameOf(entry.name, input, { ...more, session }) };
}

/** The same frame with the manager's yes, which is another token in each engine. */
async function withYes(frame: Frame, exchange: (text: string) => Promise<string>): Promise<Frame> {
  const { name: action, input: figures, commandId, session } = frame;
  const asked = { commandId, action, figures, username: 'budi', pin: PINS.manager };
  const text = await exchange(JSON.stringify(frameOf('auth.approve', asked, { session })));
  return { ...frame, approval: (JSON.parse(text) as { value: { approval: string } }).value.approval };
}

async function over(port: RawPort, text: string): Promise<string> {
  counts.frames += 1;
  port.send(text);
  return port.next();
}

/** What an answer comes to: `ok`, or `rejected` and the name. */
function endOf(answer: string): string {
  const { outcome, name } = JSON.parse(answer) as { outcome: string; name?: string };
  return name === undefined ? outcome : `${outcome} ${name}`;
}

/** Asks over the three ways of one engine; answers what it said. */
async function askHere({ entry, what, frame }: Question): Promise<string> {
  const about = `${entry.name} ${what}`;
  const [first, ...others] = ports as [RawPort, RawPort, RawPort];
  const isOperation = entry.kind === 'operation';
  const asked = needsYes({ entry, what, frame }) ? await withYes(frame, (text) => over(first, text)) : frame;
  const text = JSON.stringify(asked);
  const answer = await over(first, text);
  for (const [index, port] of others.entries()) {
    // Backups are named by their moment, and a wrong PIN over one way must not slow the next.
    if (isOperation) now += 10;
    engine.engine.books.exec('DELETE FROM throttle');
    const other = await over(port, text);
    if (isOwners(entry) && index === 1) expect(endOf(other), about).not.toBe('rejected no-session');
    else if (!isOperation) expect(other, about).toBe(answer);
    else expect([endOf(answer), ...(AFTER_FIRST[entry.name] ?? [])], about).toContain(endOf(other));
  }
  if (entry === runStart) await until('the run has ended', () => liveRun(engine.engine.sql) === undefined);
  return answer;
}

/** Nobody writes off a debt alone, nor gives a cashier so large a discount. */
function needsYes({ entry, what }: Question): boolean {
  return (entry === debtWriteOff || entry === saleComplete) && what === 'valid';
}

/** Another answer to the owner of the folder than to a page: wire.test.ts says which. */
function isOwners({ access }: Entry): boolean {
  return access === 'local' || access === 'engine';
}

/** Asks Electron's engine the same; answers what it said to each. */
async function askThere(questions: readonly Question[]): Promise<string[]> {
  const one = async (text: string) => (await electron.exchange([text]))[0] as string;
  counts.frames += questions.length;
  if (questions.every((asked) => asked.entry !== runStart && !needsYes(asked))) {
    return await electron.exchange(questions.map(({ frame }) => JSON.stringify(frame)));
  }
  const answers: string[] = [];
  for (const asked of questions) {
    const frame = needsYes(asked) ? await withYes(asked.frame, one) : asked.frame;
    answers.push(await one(JSON.stringify(frame)));
    await until('the run has ended', async () => {
      const runs = await one(JSON.stringify(frameOf('run.list', { limit: 1 }, { session: sessions.admin })));
      return !runs.includes('"running"');
    });
  }
  return answers;
}

/** Asks every way and compares; answers what each question came to. */
async function ask(questions: readonly Question[]): Promise<string[]> {
  const here: string[] = [];
  for (const asked of questions) here.push(await askHere(asked));
  const there = await askThere(questions);
  for (const [index, { entry, what, frame }] of questions.entries()) {
    const end = endOf(here[index] as string);
    const about = `${entry.name} ${what}: ${JSON.stringify(frame.input)?.slice(0, 300)}`;
    expect(end, about).not.toMatch(/^fault/);
    const other = there[index] as string;
    expect([end, ...(AFTER_FIRST[entry.name] ?? [])], about).toContain(endOf(other));
    // Both engines began with the same books and had the same commands since: so have the same numbers.
    if (entry.kind === 'command' && entry !== clockConfirm) expect(other, about).toBe(here[index]);
    if (end === 'ok') counts.ok += 1;
    else if (end === 'rejected bad-input') counts.badInput += 1;
    else counts.rejected += 1;
  }
  return here.map(endOf);
}

function inputOf(entry: Entry): unknown {
  return (validInputs(engine, shop)[entry.name] as () => unknown)();
}

/** Whatever ends what others need comes last; what only the last sale allows comes before the next. */
const LAST = ['sale.recall', 'sale.discard', 'settlement.cancel', 'shift.close', 'auth.signOut'];
const place = ({ name }: Entry) => (name === 'sale.void' ? -2 : LAST.indexOf(name));
const entries = [...contract.values()].sort((left, right) => place(left) - place(right));

it.each(entries)('$name says the same to its valid input', async (entry) => {
  const [end] = await ask([question(entry, 'valid', inputOf(entry))]);
  expect(end).toBe(NOT_OK[entry.name] ?? 'ok');
});

it.each(entries)('$name says the same to no input and to hostile ones', async (entry) => {
  const questions = [question(entry, 'without input', undefined)];
  for (const value of HOSTILE) questions.push(question(entry, 'hostile', value));
  for (const path of placesIn(inputOf(entry))) {
    for (let nth = 0; path.length > 0 && nth < VALUES_A_PLACE; nth += 1) {
      const value = HOSTILE[turn % HOSTILE.length];
      turn += 1;
      // A folder to write to: anything that is a text is one, and would be made.
      if (entry.name === 'backup.take' && typeof value === 'string') continue;
      const input = changed(inputOf(entry), path, (holder, key) => {
        holder[key] = value;
      });
      questions.push(question(entry, `hostile at ${path.join('.')}`, input));
    }
  }
  await ask(questions);
});

it('leaves books that verify, in both engines, and no engine that had to be started again', async () => {
  expect(verifyBooks(engine.engine.books).problems).toEqual([]);
  expect(await electron.events()).toEqual(['ready']);
  expect(await electron.stop()).toBe('stopped');
  const books = openBooks(join(electronFolder, 'titipan.db'));
  expect(verifyBooks(books).problems).toEqual([]);
  const commands = 'SELECT count(*) FROM journal';
  const here = engine.engine.books.prepare(commands).pluck().get();
  console.log(`${here} journal rows here, ${books.prepare(commands).pluck().get()} in Electron`);
  books.close();
});
