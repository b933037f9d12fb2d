/**
 * Proves what the command line promises to scripts and to a person at a terminal: one JSON on stdout and words on
 * stderr, the exit codes of --help, secrets by standard input; that verify and replay find a changed row in a data
 * folder, also in one that no engine would open, name table and key, and leave neither a change nor a copy behind.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/index.ts';
import { recoveryIssue } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { runVerb, startServe } from '../support/command-line.ts';
import { startEngine } from '../support/engine.ts';
import { screensIn } from '../support/raw-port.ts';
import { openShop, PINS } from '../support/shop.ts';

let root: string;
/** A shop with three sales, its engine stopped. Tests work on copies. */
let shop: string;
/** The seq of its last sale. */
let lastSale: number;
let screens: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'titipan-cli-'));
  shop = join(root, 'shop');
  screens = screensIn(root);
  const engine = await startEngine({ dir: shop });
  const { cashier, admin, shift, product } = await openShop(engine);
  await admin.must(recoveryIssue, {});
  for (const pieces of [1, 2, 3]) {
    const totalRupiah = 18_000 * pieces;
    const { sale } = await cashier.must(saleComplete, {
      shift,
      lines: [{ product, qty: pieces * 1000, priceRupiah: 18_000 }],
      totalRupiah,
      tenders: [{ kind: 'cash', amountRupiah: totalRupiah }],
    });
    lastSale = sale;
  }
  await engine.stop();
});

afterAll(() => rmSync(root, { recursive: true }));

let copies = 0;
function copyOfShop(): string {
  copies += 1;
  const copy = join(root, `copy-${copies}`);
  cpSync(shop, copy, { recursive: true });
  return copy;
}

/** Every file of a folder with its digest. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('base64')];
    }),
  );
}

describe('usage', () => {
  it.each([
    [[], /serve .* call .* restore/s],
    [['dance'], /no verb dance/],
    [['demo'], /later version/],
    [['call'], /needs a NAME/],
    [['call', 'center.front', '{', '--data', 'x'], /no JSON/],
    [['call', 'center.front', '{}', 'more'], /more/],
    [['call', 'center.front', '--dta', 'x'], /--dta/],
    [['verify', '--data'], /--data/],
    [['verify', '--data='], /--data needs a folder/],
    [['serve', '--port', 'tcp'], /--port/],
    [['serve', '--host', '0.0.0.0'], /this machine only/],
    [['restore', 'somewhere'], /--data EMPTYDIR/],
    [['call', 'import.read', '--blob', '/nowhere.csv', '--data', 'x'], /cannot be read/],
  ])('%j is answered in words, with exit code 2 and nothing on stdout', async (args, words) => {
    const ran = await runVerb(args);
    expect([ran.exit, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });

  it('explains itself', async () => {
    const ran = await runVerb(['--help']);
    expect([ran.exit, ran.stdout]).toEqual([0, '']);
    for (const verb of ['serve', 'call', 'verify', 'replay', 'backup', 'restore'])
      expect(ran.stderr).toContain(verb);
  });

  it('lists the whole contract, each entry with the schema of its input', async () => {
    const { exit, json } = await runVerb(['call', '--list']);
    expect(exit).toBe(0);
    const listed = json.entries as {
      name: string;
      kind: string;
      access: unknown;
      rejections: string[];
      input: { oneOf?: object[]; anyOf?: object[] };
    }[];
    expect(listed.map(({ name }) => name)).toEqual([...contract.keys()].sort());
    for (const { name, kind, access, rejections, input } of listed) {
      const entry = contract.get(name);
      expect([kind, access, rejections]).toEqual([entry?.kind, entry?.access, entry?.rejections]);
      // What can be asked in several shapes has a schema for each.
      for (const shape of input.oneOf ?? input.anyOf ?? [input]) {
        expect(shape, name).toMatchObject({ type: 'object', additionalProperties: false });
      }
    }
    expect(json.doorRejections).toContain('no-session');
  });
});

describe('no books', () => {
  it.each([['call', 'center.front', '{}'], ['verify'], ['replay'], ['backup']])(
    '%s %s %s makes no folder',
    async (...args) => {
      const folder = join(root, 'nowhere');
      const ran = await runVerb([...args.filter((arg) => arg !== undefined), '--data', folder]);
      expect(ran.exit).toBe(3);
      expect(ran.json).toEqual({
        outcome: 'failed',
        name: 'no-books',
        sentence: expect.stringContaining(folder),
      });
      expect(readdirSync(root)).not.toContain('nowhere');
    },
  );
});

describe('call', () => {
  it('takes PIN and JSON from standard input, and says no with exit code 1', async () => {
    const dir = copyOfShop();
    const asked = ['product.search', '--as', 'siti', '--data', dir];
    const found = await runVerb(['call', ...asked], { stdin: `${PINS.cashier}\n{"text":"kerupuk"}\n` });
    expect(found.exit).toBe(0);
    expect(found.json.value.products).toMatchObject([{ priceRupiah: 18_000, onHandQty: 94_000 }]);
    const wrong = await runVerb(['call', ...asked], { stdin: '000000\n{"text":"kerupuk"}\n' });
    expect([wrong.exit, wrong.json.name]).toEqual([1, 'wrong-pin']);
    const books = new Database(join(dir, 'titipan.db'));
    expect(books.prepare('SELECT count(*) FROM session WHERE device = ?').pluck().get('command-line')).toBe(
      0,
    );
    books.close();
  });

  it('repeats a command under its id without doing it twice, and tells the id', async () => {
    const dir = copyOfShop();
    const id = '01a1ffba-958a-79e1-b503-2c4cd3af0992';
    const create = ['call', 'vendor.create', '-', '--as', 'budi', '--id', id, '--data', dir];
    const options = { env: { TITIPAN_PIN: PINS.manager }, stdin: '{"code":"BTK","name":"Batik"}' };
    const [first, again] = [await runVerb(create, options), await runVerb(create, options)];
    expect(first.json).toEqual({ outcome: 'ok', value: { vendor: 2 }, id });
    expect(again.json).toEqual(first.json);
    const other = await runVerb(create, { ...options, stdin: '{"code":"BTX","name":"Batik"}' });
    expect([other.exit, other.json.name]).toEqual([1, 'id-reused']);
  });

  it('lets a second person say yes to the very same call', async () => {
    const dir = copyOfShop();
    const env = { TITIPAN_PIN: PINS.manager };
    const as = ['--as', 'budi', '--data', dir];
    const charge = '{"vendor":1,"name":"Sewa rak","amountRupiah":200000}';
    expect((await runVerb(['call', 'fee.charge', charge, ...as], { env })).exit).toBe(0);
    const writeOff = [
      'call',
      'debt.writeOff',
      '{"vendor":1,"amountRupiah":1000,"memo":"pindah kota"}',
      ...as,
    ];
    const alone = await runVerb(writeOff, { env });
    expect([alone.exit, alone.json.name]).toEqual([1, 'second-person-needed']);
    const approved = [...writeOff, '--approved-by', 'ratna'];
    const guessed = await runVerb(approved, { env: { ...env, TITIPAN_APPROVAL_PIN: PINS.cashier } });
    expect([guessed.exit, guessed.json.name]).toEqual([1, 'wrong-pin']);
    const both = await runVerb(approved, { env: { ...env, TITIPAN_APPROVAL_PIN: PINS.admin } });
    expect(both.json).toMatchObject({ outcome: 'ok', value: { balanceRupiah: -200_000 + 91_800 + 1000 } });
    const typed = await runVerb(approved, { stdin: `${PINS.manager}\n${PINS.admin}\n` });
    expect(typed.json.outcome).toBe('ok');
  });

  it('finishes a run that it began before it ends', async () => {
    const dir = copyOfShop();
    const as = ['--as', 'budi', '--data', dir];
    const env = { TITIPAN_PIN: PINS.manager };
    const started = await runVerb(['call', 'run.start', '{"kind":"prepare"}', ...as], { env });
    expect(started.json).toMatchObject({ outcome: 'ok', value: { vendors: 1 } });
    const books = new Database(join(dir, 'titipan.db'), { readonly: true });
    expect(books.prepare('SELECT done, is_last FROM run_part').all()).toEqual([{ done: 1, is_last: 1 }]);
    books.close();
  });

  it('warns of a PIN among its arguments', async () => {
    const input = JSON.stringify({ username: 'siti', pin: PINS.cashier });
    const ran = await runVerb(['call', 'auth.signIn', input, '--data', copyOfShop()]);
    expect([ran.exit, ran.stderr]).toEqual([0, expect.stringContaining('can be seen by others')]);
  });
});

/** Opens a copy's books as somebody with a database tool would. */
function tamper(dir: string, change: (books: Database.Database) => void): void {
  const books = new Database(join(dir, 'titipan.db'));
  books.pragma('ignore_check_constraints = ON');
  for (const { name } of books.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all() as {
    name: string;
  }[]) {
    books.exec(`DROP TRIGGER ${name}`);
  }
  change(books);
  books.close();
}

describe('verify and replay', () => {
  it('say what an untouched folder holds, and leave it and the temporary folder as they were', async () => {
    const dir = copyOfShop();
    const temporary = join(root, 'temporary');
    mkdirSync(temporary);
    const before = contentOf(dir);
    const env = { TMPDIR: temporary };
    const verified = await runVerb(['verify', '--data', dir], { env });
    expect([verified.exit, verified.json]).toEqual([
      0,
      {
        ok: true,
        seq: lastSale,
        head: expect.any(String),
        transfers: expect.any(Number),
        problems: [],
        problemCount: 0,
      },
    ]);
    expect(verified.json.transfers).toBeGreaterThan(10);
    const replayed = await runVerb(['replay', '--data', dir], { env });
    expect([replayed.exit, replayed.json]).toMatchObject([
      0,
      { ok: true, commands: lastSale, differences: [] },
    ]);
    expect(replayed.json.rows.sale).toBe(3);
    expect(contentOf(dir)).toEqual(before);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('name a changed row of a folder that no engine opens any more', async () => {
    const dir = copyOfShop();
    tamper(dir, (books) => books.prepare('UPDATE sale SET net = net - 1000 WHERE seq = ?').run(lastSale));
    const opened = await runVerb(['call', 'center.front', '{}', '--data', dir]);
    expect([opened.exit, opened.json.name]).toEqual([3, 'books-damaged']);
    const before = contentOf(dir);
    const verified = await runVerb(['verify', '--data', dir]);
    expect([verified.exit, verified.json.ok]).toEqual([1, false]);
    expect(verified.json.problems).toContainEqual(expect.stringMatching(new RegExp(`^sale ${lastSale}: `)));
    const replayed = await runVerb(['replay', '--data', dir]);
    expect([replayed.exit, replayed.json]).toMatchObject([
      1,
      { ok: false, differences: [`sale ${lastSale}: differs`] },
    ]);
    expect(contentOf(dir)).toEqual(before);
  });

  it('read what is only in the write-ahead log beside the file', async () => {
    const dir = copyOfShop();
    const books = new Database(join(dir, 'titipan.db'));
    books.pragma('journal_mode = WAL');
    books.pragma('wal_autocheckpoint = 0');
    for (const name of ['sale_line_no_update', 'sale_line_no_delete']) books.exec(`DROP TRIGGER ${name}`);
    books
      .prepare('UPDATE sale_line SET share = share + 1, commission = commission - 1 WHERE seq = ?')
      .run(lastSale);
    const withLog = join(root, 'with-log');
    cpSync(dir, withLog, { recursive: true });
    books.close();
    expect(readdirSync(withLog)).toContain('titipan.db-wal');
    rmSync(join(withLog, 'titipan.db-shm'));
    const before = contentOf(withLog);
    const verified = await runVerb(['verify', withLog]);
    expect(verified.exit).toBe(1);
    expect(verified.json.problems).toContainEqual(
      expect.stringMatching(new RegExp(`^sale_line ${lastSale}/1: `)),
    );
    expect(contentOf(withLog)).toEqual(before);
  });

  it('call a file that is no database, or half of one, a problem', async () => {
    const whole = readFileSync(join(shop, 'titipan.db'));
    for (const [name, bytes] of [
      ['half.db', whole.subarray(0, whole.length / 2)],
      ['none.db', Buffer.from('not a database at all, '.repeat(100))],
      ['header.db', Buffer.concat([Buffer.alloc(16), whole.subarray(16)])],
    ] as const) {
      writeFileSync(join(root, name), bytes);
      const ran = await runVerb(['verify', join(root, name)]);
      expect([name, ran.exit, ran.json.ok]).toEqual([name, 1, false]);
      expect(ran.json.problems[0]).toMatch(/^file: /);
    }
  });
});

describe('beside a running engine', () => {
  it('every verb goes through it, and a second engine is refused', async () => {
    const dir = copyOfShop();
    const served = await startServe(['--data', dir, '--port', '0'], { TITIPAN_RENDERER_DIR: screens });
    try {
      expect(served.stderr()).toContain(served.url);
      expect(served.stderr()).toContain(dir);
      expect((await fetch(served.url)).status).toBe(200);
      const front = await runVerb(['call', 'center.front', '{}', '--data', dir]);
      expect(front.json).toMatchObject({ outcome: 'ok', value: { created: true } });
      expect((await runVerb(['verify', '--data', dir])).json).toMatchObject({ ok: true, seq: lastSale });
      const taken = await runVerb(['backup', '--data', dir]);
      expect([taken.exit, taken.json.value.seq]).toEqual([0, lastSale]);
      expect((await runVerb(['verify', taken.json.value.path])).json).toMatchObject({
        ok: true,
        seq: lastSale,
      });
      expect((await runVerb(['replay', taken.json.value.path])).json).toMatchObject({ ok: true });
      const second = await runVerb(['serve', '--data', dir, '--port', '0'], {
        env: { TITIPAN_RENDERER_DIR: screens },
      });
      expect([second.exit, second.json.name]).toEqual([3, 'folder-in-use']);
      expect(readdirSync(dir).filter((name) => name.startsWith('copy-'))).toEqual([]);
    } finally {
      expect(await served.stop('SIGINT')).toBe(0);
    }
    expect(readdirSync(dir)).not.toContain('engine.sock');
    expect((await runVerb(['verify', '--data', dir])).json).toMatchObject({ ok: true, seq: lastSale });
  });

  it('serve says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const ran = await runVerb(['serve', '--data', copyOfShop(), '--port', String(port)], {
      env: { TITIPAN_RENDERER_DIR: screens },
    });
    other.close();
    expect([ran.exit, ran.json.name]).toEqual([3, 'port-taken']);
    expect(ran.json.sentence).toContain(String(port));
  });
});
