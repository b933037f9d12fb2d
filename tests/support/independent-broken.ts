import type { Books } from '../../main/engine/store/open.ts';
import type { Rules } from './independent-rows.ts';

interface Query {
  all(): unknown[];
}

/** Preparing costs more than running on a small history, and a history is asked many times. */
const prepared = new WeakMap<Books, Map<string, Query>>();

function query(books: Books, sql: string): Query {
  const queries = prepared.get(books) ?? new Map<string, Query>();
  prepared.set(books, queries);
  const known = queries.get(sql) ?? (books.prepare(sql) as Query);
  queries.set(sql, known);
  return known;
}

/** The rules that do not hold, each with the first rows that say so. */
export function broken(books: Books, rules: Rules): string[] {
  return Object.entries(rules).flatMap(([name, sql]) => {
    const rows = query(books, sql).all();
    return rows.length === 0 ? [] : [`${name}: ${JSON.stringify(rows.slice(0, 5))}`];
  });
}
