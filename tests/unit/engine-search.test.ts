/**
 * Proves the search for products against its plain definition: on a random catalogue that is added to, renamed and
 * recoded, every text finds exactly the products that hold each of its words as a part of name, vendor name, vendor
 * code or barcode, whatever signs are typed. And that the index is made again by migration and replay, keeps nothing
 * of a refused command, and cannot differ from the books without the verification saying so.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyBooks, verifyCopy } from '../../main/engine/verify/verify.ts';
import { barcodeAdd, productChange, productCreate, productSearch } from '../../shared/contract/product.ts';
import { vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { writeAsVersion } from '../support/earlier-version.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { seededRandom } from './seal-support.ts';

const QUERIES = process.env.SOAK === '1' ? 50_000 : 1_500;

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
});
afterEach(() => engine.stop());

async function find(text: string, limit = 500): Promise<number[]> {
  const { products } = await shop.cashier.must(productSearch, { text, limit });
  return products.map(({ product }) => product);
}

/** Fewer than one answer can hold, so that an answer is everything that fits. */
const MOST_PRODUCTS = 400;

interface Known {
  name: string;
  vendor: number;
  barcodes: string[];
}

const PIECES = [
  'Kerupuk',
  'IKAN',
  'ikan',
  'Café',
  'ñandú',
  'ß',
  'Ÿ',
  '👩‍🍳',
  '250',
  'g',
  'NEAR',
  'AND',
  'or',
  'not',
];
const SIGNS = [
  '"',
  "'",
  '*',
  '-',
  '(',
  ')',
  '^',
  ':',
  '%',
  '_',
  '[',
  ']',
  '?',
  '\\',
  '+',
  '{',
  ',',
  '.',
  '""',
  '[]',
];

it(`finds what the definition says, ${QUERIES} times`, async () => {
  const random = seededRandom();
  const below = (most: number) => Math.floor(random() * most);
  const oneOf = <Value>(list: readonly Value[]) => list[below(list.length)] as Value;
  const word = () =>
    (random() < 0.3 ? oneOf(SIGNS) : '') + oneOf(PIECES) + (random() < 0.2 ? oneOf(SIGNS) : '');
  const name = () => Array.from({ length: 1 + below(3) }, word).join(oneOf([' ', ' ', '-']));
  let code = 4_000;
  const newCode = () => {
    code += 1 + below(50);
    return `${oneOf(['899', 'KRP-', '20/'])}${code}`;
  };
  const vendors = new Map([[shop.vendor, { code: 'KRP', name: 'Kerupuk Bu Rini' }]]);
  const products = new Map<number, Known>([
    [shop.product, { name: 'Kerupuk ikan 250 g', vendor: shop.vendor, barcodes: ['8991001'] }],
  ]);
  const partsOf = ({ name: own, vendor, barcodes }: Known) => {
    const owner = vendors.get(vendor);
    return [own, owner?.name ?? '', owner?.code ?? '', ...barcodes].map((part) => part.toLowerCase());
  };

  async function change(): Promise<void> {
    const product = oneOf([...products.keys()]);
    const known = products.get(product) as Known;
    const kind = random();
    if (kind < 0.1) {
      const vendor = { code: newCode(), name: name() };
      vendors.set((await shop.manager.must(vendorCreate, vendor)).vendor, vendor);
    } else if (kind < 0.2) {
      const vendor = oneOf([...vendors.keys()]);
      const renamed = name();
      await shop.manager.must(vendorChange, { vendor, name: renamed });
      vendors.set(vendor, { code: vendors.get(vendor)?.code ?? '', name: renamed });
    } else if (kind < 0.35 || products.size >= MOST_PRODUCTS) {
      known.name = name();
      await shop.manager.must(productChange, { product, name: known.name });
    } else if (kind < 0.5) {
      known.barcodes.push((await shop.manager.must(barcodeAdd, { product, barcode: newCode() })).barcode);
    } else {
      const made = {
        name: name(),
        vendor: oneOf([...vendors.keys()]),
        barcodes: random() < 0.5 ? [newCode()] : [],
      };
      products.set((await shop.manager.must(productCreate, { ...made, priceRupiah: 1_000 })).product, made);
    }
  }

  /** Parts of what is there, in upper or lower case, and signs that mean something to a search engine. */
  function question(): string {
    const words = Array.from({ length: 1 + below(3) }, () => {
      if (random() < 0.15) return oneOf([...SIGNS, ...PIECES]);
      const signs = [...oneOf(partsOf(oneOf([...products.values()])))];
      const from = below(signs.length);
      const part = signs.slice(from, from + 1 + below(6)).join('');
      return random() < 0.3 ? part.toUpperCase() : part;
    });
    return words
      .join(oneOf([' ', '  ', '\u00a0']))
      .slice(0, 60)
      .trim();
  }

  let found = 0;
  for (let query = 0; query < QUERIES; query += 1) {
    if (query % 10 === 0) await change();
    const text = question();
    if (text === '' || /\p{Surrogate}/u.test(text)) continue;
    const words = text.toLowerCase().split(/\s+/u);
    const expected = [...products]
      .filter(([, known]) => words.every((one) => partsOf(known).some((part) => part.includes(one))))
      .map(([product]) => product);
    expect((await find(text)).sort(byNumber), `${JSON.stringify(text)} SEED=${seed}`).toEqual(expected);
    const some = await find(text, 3);
    expect(some.length).toBe(Math.min(3, expected.length));
    expect(expected).toEqual(expect.arrayContaining(some));
    found += expected.length;
  }
  expect(found).toBeGreaterThan(QUERIES);
  await expectWholeBooks(engine);
});

function byNumber(left: number, right: number): number {
  return left - right;
}

it('prefers names that begin with the text, and gives no more than asked for', async () => {
  const { vendor, manager } = shop;
  const names = ['Sambal terasi', 'Nasi sambal', 'sambal bawang', 'Sambal cumi', 'Sambal asin', 'Sambal'];
  const made: number[] = [];
  for (const name of names) {
    const { product } = await manager.must(productCreate, { vendor, name, priceRupiah: 1 });
    made.push(product);
  }
  const [terasi, nasi, bawang, cumi, asin, plain] = made as [number, number, number, number, number, number];
  expect(await find('sambal')).toEqual([plain, asin, bawang, cumi, terasi, nasi]);
  expect(await find('Sambal', 1)).toEqual([plain]);
  expect(await find('SAMBAL', 3)).toEqual([plain, asin, bawang]);
  expect(await find('s', 2)).toEqual([plain, asin]);
  // Nothing begins with it, so those that came first into the catalogue are shown.
  expect(await find('ambal', 2)).toEqual([nasi, terasi]);
  expect(await find('s cumi sambal')).toEqual([cumi]);
  expect(await find('zz')).toEqual([]);
  // A name it has no longer draws nothing to the front.
  await manager.must(productChange, { product: plain, name: 'Pecel sambal' });
  await manager.must(productChange, { product: nasi, name: 'Sambal aneka' });
  expect(await find('sambal', 2)).toEqual([nasi, asin]);
});

it('never reads an operator out of what is typed', async () => {
  const { vendor, product, manager } = shop;
  const name = 'NEAR("a b", 2) * - OR NOT text:^x';
  const { product: odd } = await manager.must(productCreate, { vendor, name, priceRupiah: 1 });
  for (const text of [
    'NEAR("a',
    '"a b", 2)',
    'OR NOT',
    'text:^x',
    '* -',
    '"',
    'NOT',
    'ker*',
    'kerupuk -ikan',
  ])
    expect(await find(text), text).toEqual(['ker*', 'kerupuk -ikan'].includes(text) ? [] : [odd]);
  for (const text of ["'; DROP TABLE sale; --", 'kerupuk OR zzz', '%%%', '___', '[a-z]', '***', '???', '"""'])
    expect(await find(text), text).toEqual([]);
  expect(await find('kerupuk ikan')).toEqual([product]);
});

it('keeps nothing of a command that was refused', async () => {
  const { vendor, manager } = shop;
  const refused = { vendor, name: 'Dodol', barcodes: ['8990009', '8991001'], priceRupiah: 1 };
  expect(await manager.ask(productCreate, refused)).toMatchObject({ name: 'barcode-taken' });
  expect(await find('dodol')).toEqual([]);
  expect(await find('8990009')).toEqual([]);
  await expectWholeBooks(engine);
});

it('is made from the rows of books that had no index yet', async () => {
  const { product, vendor } = shop;
  await shop.manager.must(vendorChange, { vendor, name: 'Dapur Rini' });
  await shop.manager.must(productChange, { product, name: 'Kerupuk tengiri' });
  await engine.stop();
  writeAsVersion(engine.dir, 30);
  const file = new Database(join(engine.dir, 'titipan.db'));
  expect(file.pragma('user_version', { simple: true })).toBe(30);
  expect(verifyBooks(file).problems).toEqual([]);
  file.close();
  engine = await startEngine({ dir: engine.dir });
  expect(verifyBooks(engine.engine.books).problems).toEqual([]);
  shop = { ...shop, cashier: engine.client('till') };
  const rows = (text: string) =>
    engine.engine.books
      .prepare('SELECT rowid FROM product_search WHERE product_search MATCH ?')
      .pluck()
      .all(text);
  expect(rows('"tengiri" AND "dapur"')).toEqual([product]);
  expect(rows('"ikan"')).toEqual([]);
});

it.each([
  ['another text', "UPDATE product_search SET text = 'Lain' WHERE rowid = 1", /^product_search 1: is not as/],
  ['a product less', 'DELETE FROM product_search WHERE rowid = 1', /^product_search 1: is not as/],
  [
    'a product more',
    "INSERT INTO product_search (rowid, text) VALUES (9, 'x')",
    /^product_search 9: is not as/,
  ],
  ['a text past the index', "UPDATE product_search_content SET c0 = 'Lain'", /^file: .*product_search/],
  ['an emptied index', 'DELETE FROM product_search_data WHERE id > 10', /^file: /],
  ['a trigger less', 'DROP TRIGGER product_search_barcode', /^schema: .*trigger product_search_barcode/],
  ['a table less', 'DROP TABLE product_search_config', /^schema: .*table product_search_config/],
])('is found to differ by %s', async (_what, sql, named) => {
  await engine.stop();
  const path = join(engine.dir, 'titipan.db');
  // SQLite itself refuses to touch its tables of an index until that guard is taken off.
  const file = new Database(path).unsafeMode(true);
  file.exec(sql);
  file.close();
  expect(verifyCopy(path).problems).toContainEqual(expect.stringMatching(named));
});
