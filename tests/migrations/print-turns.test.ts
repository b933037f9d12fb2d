/**
 * Proves that papers which wait while the program is updated take the turn of their kind, as those that come later do,
 * and that no label of them counts as out.
 */
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openJobs, RANKS } from '../../main/engine/printing/jobs.ts';
import { jobKinds } from '../../main/engine/printing/material-of.ts';
import { migrate, migrations } from '../../main/engine/store/migrate.ts';
import { type PaperKind, paperKinds } from '../../shared/contract/printing.ts';

it('ranks what waited under version 50 as what is wished for now', () => {
  const books = new Database(':memory:');
  migrate(
    books,
    migrations.filter(({ version }) => version <= 50),
  );
  books.exec(`INSERT INTO drawer (seq, id, code, name, is_safe) VALUES (1, 1, 'K1', 'Kasir 1', 0)`);
  const wish = books.prepare('INSERT INTO print_wish (seq, n, kind, drawer) VALUES (?, 0, ?, 1)');
  const job = books.prepare(
    `INSERT INTO print_job (wish_seq, wish_n, printer, state, not_after, updated_at) VALUES (?, 0, 1, 'queued', 0, 0)`,
  );
  for (const [seq, kind] of paperKinds.entries()) {
    wish.run(seq, kind);
    job.run(seq);
  }
  // A kick alone has no wish that says so.
  job.run(paperKinds.length);
  migrate(books);

  const rankOf = new Map<PaperKind, number>(paperKinds.map((kind) => [kind, RANKS[jobKinds[kind]]]));
  const rows = books.prepare('SELECT rank, labels_out FROM print_job ORDER BY wish_seq').all();
  const expected = [...paperKinds.map((kind) => rankOf.get(kind)), RANKS.drawer];
  expect(rows).toEqual(expected.map((rank) => ({ rank, labels_out: 0 })));
  expect(openJobs(books, Date.now).next(1)).toMatchObject({ wishSeq: 0, labelsOut: 0 });
  books.close();
});
