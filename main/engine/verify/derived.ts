import type { Books } from '../store/open.ts';

/**
 * Tables that follow from history and are kept by triggers: whether they still say what history says. That the search
 * index agrees with the texts it was made of is seen by SQLite's own check of the file.
 */
export function verifyDerived(books: Books, report: (problem: string) => void): void {
  // Books from before the index have none; their schema was checked for what it should hold.
  if (!books.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'product_search'").get()) return;
  const wrong = books
    .prepare(
      `SELECT product FROM product_text LEFT JOIN product_search_content AS found ON found.id = product
       WHERE found.c0 IS NOT text
       UNION ALL
       SELECT id FROM product_search_content WHERE NOT EXISTS (SELECT 1 FROM product WHERE product.id = product_search_content.id)`,
    )
    .pluck();
  for (const product of wrong.iterate()) report(`product_search ${product}: is not as the books name it`);
}
