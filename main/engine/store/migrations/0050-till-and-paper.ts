import { appendOnly } from './append-only.ts';

/** The till's quick keys, X reports, labels, and what a printer of any make can do. Further columns are nullable. */
const furtherColumns: Readonly<Record<string, readonly string[]>> = {
  // What a profile or the paper's width says when empty.
  printer: [
    'columns INTEGER',
    'dots INTEGER',
    'code_page INTEGER',
    'can_cut INTEGER',
    'kick_pin INTEGER',
    'raster INTEGER',
    'answers_status INTEGER',
    'fallback INTEGER',
  ],
  // The document that a command of its own puts on paper once more; empty: the command's own document.
  print_wish: ['document INTEGER'],
};

const tables: Readonly<Record<string, string>> = {
  // What an open shift stood at when somebody asked; figures as JSON, since later sales must not move them.
  shift_report: `seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, shift INTEGER NOT NULL REFERENCES shift (seq),
    figures TEXT NOT NULL`,
  label_print: `seq INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES product (id),
    batch INTEGER REFERENCES batch (id), barcode TEXT NOT NULL, price INTEGER NOT NULL, copies INTEGER NOT NULL`,
  // Products in their order as JSON; the newest row counts.
  quick_keys: 'seq INTEGER PRIMARY KEY, products TEXT NOT NULL',
};

/**
 * What the queue asks at every wake, each over just the rows it needs, however many jobs were printed or wait for a
 * person: a printer's oldest, the next that grows late, what is under way; and what screens ask: how many of each at
 * each printer, and the list in its order.
 */
const printJobIndexes = `
DROP INDEX print_job_open;
CREATE INDEX print_job_due ON print_job (printer, wish_seq, wish_n) WHERE state IN ('queued', 'retry');
CREATE INDEX print_job_late ON print_job (not_after) WHERE state IN ('queued', 'retry');
CREATE INDEX print_job_sending ON print_job (printer) WHERE state = 'sending';
CREATE INDEX print_job_standing ON print_job (printer, state) WHERE state NOT IN ('sent', 'dismissed');
CREATE INDEX print_job_open ON print_job (wish_seq, wish_n) WHERE state NOT IN ('sent', 'dismissed');
`;

export const tillAndPaperMigration = {
  version: 50,
  sql: [
    ...Object.entries(furtherColumns).flatMap(([table, columns]) =>
      columns.map((column) => `ALTER TABLE "${table}" ADD COLUMN ${column};`),
    ),
    ...Object.entries(tables).map(([table, columns]) => `CREATE TABLE ${table} (${columns}) STRICT;`),
    ...Object.keys(tables).map(appendOnly),
    printJobIndexes,
  ].join('\n'),
};
