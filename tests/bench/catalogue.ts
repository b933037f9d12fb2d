import { rmSync } from 'node:fs';
import type { Statement } from 'better-sqlite3';
import { boot, type RunningEngine } from '../../main/engine/boot.ts';
import { createDoor } from '../../main/engine/door.ts';
import { writePrepared } from '../../main/engine/import/prepared.ts';
import { centerCreate } from '../../shared/contract/center.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { importApply, MAX_IMPORT_ROWS, productByCode, productSearch } from '../../shared/contract/product.ts';
import { vendorCreate } from '../../shared/contract/vendor.ts';
import { type CallFrame, FRAME_VERSION } from '../../shared/wire/frame.ts';
import { CHEAP_PIN, newCommandId, temporaryFolder } from '../support/engine.ts';
import { type Figure, figure, percentile, seededRandom } from './figure.ts';

export const VENDORS = 500;
const PRODUCTS_OF_A_VENDOR = 100;
const STOCKED_OF_A_VENDOR = 50;
const SCANS = 5_000;
const SEARCHES = 1_000;
/** What a till asks for under its search box. */
const SEARCH_ROWS = 20;
const PASSES = 3;

const KINDS =
  'Kerupuk Keripik Sambal Dodol Abon Kopi Teh Rengginang Petis Terasi Bakpia Wajik Jenang Emping Rempeyek Sirup Madu Batik Tas Kaos';
const TASTES =
  'ikan udang usus cumi singkong pisang tempe jahe hitam manis pedas asin original bawang keju cokelat apel mangga';
const NAMES = 'Rini Wulan Ratna Sumi Tutik Endang Yanti Lestari Wati Ningsih Sari Indah Murni Asih Dewi';

/**
 * Finding a product among 50.000 of 500 vendors, with price, barcodes and stock in the answer, through the door as a
 * till calls it: session, shape and role are in the figure, the wire is not. Beside each call its floor takes a turn:
 * for a scan one prepared SELECT of code, product, vendor and price, for a search the bare FTS5 query with LIMIT,
 * which gives numbers of products and nothing of them. The first time anything is asked the engine reads it from the
 * books, afterwards it remembers it until the catalogue changes: both are measured. The plus before a parameter keeps
 * SQLite from compiling the floor anew at each run, as statements.ts does for the engine.
 */
export async function catalogueFigures(): Promise<Figure[]> {
  const dir = temporaryFolder('titipan-bench');
  const shop = await openCatalogue(dir);
  try {
    return [...scanFigures(shop), ...searchFigures(shop)];
  } finally {
    await shop.running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What people scan and type in the shop. */
export interface Typing {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly random: () => number;
}

interface Catalogue extends Typing {
  readonly running: RunningEngine;
  /** Signs another person in; everything after it is theirs. Answers the session. */
  signIn(username: string, pin: string): Promise<string>;
  must<E extends Entry>(entry: E, input: InputOf<E>): Promise<OutputOf<E>>;
  frame<E extends Entry>(entry: E, input: InputOf<E>): CallFrame;
  /** Answers at once, or it is no query. */
  ask<E extends Entry>(entry: E, frame: CallFrame): OutputOf<E>;
}

/** Vendors, products and stock of the bench in a new folder. */
export async function openCatalogue(dir: string): Promise<Catalogue> {
  const running = await boot({ pinCost: CHEAP_PIN, dir });
  const { engine } = running;
  const door = createDoor(engine);
  const random = seededRandom(20_261_121);
  let session: string | undefined;
  const frame: Catalogue['frame'] = (entry, input) => ({
    v: FRAME_VERSION,
    kind: 'call',
    callId: 1,
    name: entry.name,
    input,
    device: 'bench',
    ...(entry.kind === 'command' && { commandId: newCommandId() }),
    ...(session !== undefined && { session }),
  });
  async function must<E extends Entry>(entry: E, input: InputOf<E>): Promise<OutputOf<E>> {
    const outcome = await door.handle(frame(entry, input), 'page');
    if (outcome.outcome !== 'ok') throw new Error(`${entry.name}: ${JSON.stringify(outcome)}`);
    return outcome.value as OutputOf<E>;
  }

  await must(centerCreate, { name: 'Bench', admin: { username: 'bench', name: 'Bench', pin: '739184' } });
  async function signIn(username: string, pin: string): Promise<string> {
    const { token } = await must(authSignIn, { username, pin });
    session = token;
    return token;
  }
  await signIn('bench', '739184');
  engine.books.pragma('synchronous = OFF');
  const rows = catalogueRows(random);
  for (let v = 1; v <= VENDORS; v += 1) {
    await must(vendorCreate, { code: `V${v}`, name: `Dapur Bu ${pick(random, NAMES)} ${v}` });
  }
  for (let from = 0; from < rows.length; from += MAX_IMPORT_ROWS) {
    const prepared = engine.blobs.add(writePrepared(rows.slice(from, from + MAX_IMPORT_ROWS)));
    await must(importApply, { prepared });
  }
  for (let vendor = 1; vendor <= VENDORS; vendor += 1) {
    const first = (vendor - 1) * PRODUCTS_OF_A_VENDOR + 1;
    const products = Array.from({ length: STOCKED_OF_A_VENDOR }, (_, n) => first + 2 * n);
    for (const expires of ['2099-01-31', '2099-02-28']) {
      await must(intakeConfirm, {
        vendor,
        lines: products.map((product) => ({ product, qty: 10_000, expires })),
      });
    }
  }
  engine.books.pragma('synchronous = FULL');
  engine.books.pragma('wal_checkpoint(TRUNCATE)');
  return {
    running,
    must,
    signIn,
    codes: rows.map(({ code }) => code),
    names: rows.map(({ name }) => name),
    random,
    frame,
    ask<E extends Entry>(entry: E, call: CallFrame) {
      const outcome = door.handle(call, 'page');
      if (outcome instanceof Promise || outcome.outcome !== 'ok') throw new Error(entry.name);
      return outcome.value as OutputOf<E>;
    },
  };
}

function pick(random: () => number, words: string): string {
  const list = words.split(' ');
  return list[Math.floor(random() * list.length)] as string;
}

function catalogueRows(random: () => number) {
  return Array.from({ length: VENDORS * PRODUCTS_OF_A_VENDOR }, (_, n) => ({
    code: String(8_990_000_000_000 + n * 7),
    name: `${pick(random, KINDS)} ${pick(random, TASTES)} ${pick(random, TASTES)} ${50 + 25 * Math.floor(random() * 20)} g`,
    vendor: `V${1 + Math.floor(n / PRODUCTS_OF_A_VENDOR)}`,
    category: 'Makanan',
    unit: 'pcs',
    priceRupiah: 5_000 + 500 * Math.floor(random() * 50),
    netPriceRupiah: 4_000,
  }));
}

interface Times {
  readonly call: number[];
  readonly floor: number[];
}

/**
 * Each call once beside its floor, so that whatever else the machine does hits both alike; they take turns in going
 * first, because the second finds the pages of the first at hand.
 */
function inTurns<Asked>(
  asked: readonly Asked[],
  call: (one: Asked) => void,
  floor: (one: Asked) => void,
): Times {
  const times: Times = { call: [], floor: [] };
  for (const [turn, one] of asked.entries()) {
    for (const isCall of turn % 2 === 0 ? [true, false] : [false, true]) {
      const before = performance.now();
      if (isCall) call(one);
      else floor(one);
      times[isCall ? 'call' : 'floor'].push(performance.now() - before);
    }
  }
  return times;
}

function both(name: string, times: Times, target: number | null): Figure[] {
  return [0.5, 0.99].map((share) => {
    const value = percentile(times.call, share);
    return figure(`${name}, p${share * 100}`, value, 'ms', percentile(times.floor, share), target);
  });
}

function forgetAll({ running: { engine } }: Catalogue): void {
  engine.sql.forget();
  engine.ledger.forget();
}

function scanFigures(shop: Catalogue): Figure[] {
  const bare: Statement<unknown[]> = shop.running.engine.books.prepare(
    `SELECT product.id, product.name, product.unit, vendor.id, vendor.code, vendor.name, price.price, price.net_price
     FROM barcode JOIN product ON product.id = barcode.product JOIN vendor ON vendor.id = product.vendor
       JOIN price ON price.id = (SELECT max(id) FROM price WHERE price.product = product.id)
     WHERE barcode.barcode = +?`,
  );
  const codes = Array.from(
    { length: SCANS },
    () => shop.codes[Math.floor(shop.random() * shop.codes.length)] as string,
  );
  const scans = [...new Set(codes)].map((code) => ({ code, frame: shop.frame(productByCode, { code }) }));
  const scan = () =>
    inTurns(
      scans,
      ({ code, frame }) => {
        if (!shop.ask(productByCode, frame).product?.barcodes.includes(code)) throw new Error(code);
      },
      ({ code }) => {
        if (bare.get(code) === undefined) throw new Error(code);
      },
    );
  scan();
  forgetAll(shop);
  const first = scan();
  const again = Array.from({ length: PASSES }, scan).at(-1) as Times;
  return [
    ...both('byCode (budget 1 ms)', again, 3),
    ...both('byCode, the first time (budget 1 ms)', first, null),
  ];
}

function searchFigures(shop: Catalogue): Figure[] {
  const bare = shop.running.engine.books
    .prepare('SELECT rowid FROM product_search WHERE product_search MATCH +? LIMIT +?')
    .pluck();
  const searches = Array.from({ length: SEARCHES }, () => {
    const text = searchText(shop);
    const match = text.split(' ').map((word) => `"${word}"`);
    return {
      match: match.join(' AND '),
      frame: shop.frame(productSearch, { text, limit: SEARCH_ROWS }),
    };
  });
  const search = () =>
    inTurns(
      searches,
      ({ frame, match }) => {
        if (shop.ask(productSearch, frame).products.length === 0) throw new Error(match);
      },
      ({ match }) => {
        if (bare.all(match, SEARCH_ROWS).length === 0) throw new Error(match);
      },
    );
  search();
  forgetAll(shop);
  const first = search();
  const again = Array.from({ length: PASSES }, search).at(-1) as Times;
  const short = ['ke', 'ri', 'q9', 'g', 'V3 7'].map((text) =>
    shop.frame(productSearch, { text, limit: SEARCH_ROWS }),
  );
  const shorts = inTurns(
    Array.from({ length: 200 }, (_, n) => short[n % short.length] as CallFrame),
    (frame) => shop.ask(productSearch, frame),
    () => undefined,
  );
  return [
    ...both('search (budget p99 5 ms)', again, 2),
    ...both('search, the first time (budget p99 5 ms)', first, null),
    figure('search of one or two letters, p50', percentile(shorts.call, 0.5), 'ms', null, null),
    figure('search of one or two letters, p99', percentile(shorts.call, 0.99), 'ms', null, null),
  ];
}

/** What people type: the beginning or a part of a name, two words of it, the end of a code, a vendor's name. */
export function searchText({ random, names, codes }: Typing): string {
  const at = Math.floor(random() * names.length);
  const words = (names[at] as string).split(' ').filter((word) => word.length >= 3);
  const kind = random();
  const word = words[Math.floor(random() * words.length)] as string;
  if (kind < 0.3) return word.slice(0, 3 + Math.floor(random() * word.length));
  if (kind < 0.6) return `${words[0]?.slice(0, 4)} ${words.at(-1)}`.toLowerCase();
  if (kind < 0.7) return `${words[0]} ${pick(random, NAMES)}`;
  if (kind < 0.85) return (codes[at] as string).slice(-6);
  return codes[at] as string;
}
