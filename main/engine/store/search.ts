import { productById } from './rows.ts';
import type { Statements } from './statements.ts';

/** The index holds every three characters in a row; a shorter word has none and is looked for in the texts. */
const INDEXED_LENGTH = 3;

/**
 * Numbers of the products that hold every word of a text, in any order, as a part of name, vendor name, vendor code or
 * barcode, upper and lower case alike; at most `limit`. When more fit, those whose name begins with the text are among
 * them before others, so that a product can be reached by its whole name, however many hold it in theirs; the rest
 * are those with the lowest numbers. What a person types is only ever looked for, never read as an operator.
 */
export function findProducts(sql: Statements, text: string, limit: number): number[] {
  const products = holding(sql, text, limit);
  if (products.length < limit) return products;
  return [...new Set([...beginningWith(sql, text, limit), ...products])].slice(0, limit);
}

/** True for a name that begins with a text; of letters beside a to z the case has to agree. */
export function beginsWith(name: string, text: string): boolean {
  return foldAscii(name).startsWith(foldAscii(text));
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * A text without a single word of three characters is looked for row by row, which ends at the limit and at the latest
 * with the last product.
 */
function holding(sql: Statements, text: string, limit: number): number[] {
  const words = [...new Set(text.split(/\s+/u).filter((word) => word !== ''))];
  const indexed = words.filter((word) => [...word].length >= INDEXED_LENGTH);
  const short = words.filter((word) => [...word].length < INDEXED_LENGTH).flatMap(patterns);
  const rows =
    indexed.length > 0
      ? sql.all<{ product: number }>(indexedSql(short.length / 2), phrases(indexed), ...short, limit)
      : sql.all<{ product: number }>(scanSql(short.length / 2), ...short, limit);
  return rows.map(({ product }) => product);
}

/** In the order of their names. A name of an earlier version no longer counts. */
function beginningWith(sql: Statements, text: string, limit: number): number[] {
  const range = [text, `${text}\u{10ffff}`, limit] as const;
  const rows = [...sql.all<Named>(FIRST_NAMES, ...range), ...sql.all<Named>(LATER_NAMES, ...range)];
  return rows
    .filter(({ product, name }) => productById(sql, product)?.name === name)
    .map(({ product }) => product);
}

interface Named {
  product: number;
  name: string;
}

const FIRST_NAMES = `SELECT id AS product, name FROM product
  WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE ORDER BY name COLLATE NOCASE LIMIT ?`;
const LATER_NAMES = `SELECT product, name FROM product_version
  WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE ORDER BY name COLLATE NOCASE LIMIT ?`;

/** Each word as a string of FTS5, inside which a doubled quote is the only sign with a meaning. */
function phrases(words: readonly string[]): string {
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
}

/**
 * What a text with this word in it answers to, as a pattern for LIKE and one for GLOB. LIKE is quick but knows upper
 * and lower case of the letters a to z alone; where there are others, GLOB names both cases of each.
 */
function patterns(word: string): [like: string, glob: string] {
  if (/^[\x20-\x7e]*$/.test(word)) return [`%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`, '*'];
  const signs = [...word].map((sign) => {
    const cases = [...new Set([sign, sign.toLowerCase(), sign.toUpperCase()])].filter(isOneSign);
    return cases.length > 1 || '*?['.includes(sign) ? `[${cases.join('')}]` : sign;
  });
  return ['%', `*${signs.join('')}*`];
}

function isOneSign(text: string): boolean {
  return [...text].length === 1;
}

/** One SQL text for each number of short words: as a text of 60 characters holds at most 30, so many are prepared. */
function indexedSql(shortWords: number): string {
  return `SELECT rowid AS product FROM product_search WHERE product_search MATCH ?
    ${" AND +text LIKE ? ESCAPE '\\' AND +text GLOB ?".repeat(shortWords)} ORDER BY rowid LIMIT ?`;
}

/** Reads the index's own table of texts: past the virtual table it is three times as quick. */
function scanSql(shortWords: number): string {
  return `SELECT id AS product FROM product_search_content WHERE true${" AND c0 LIKE ? ESCAPE '\\' AND c0 GLOB ?".repeat(shortWords)}
    ORDER BY id LIMIT ?`;
}
