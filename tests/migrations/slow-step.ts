import { type Migration, migrations } from '../../main/engine/store/migrate.ts';

/** A migration of the kind that takes its time: a new column, a new table filled from old rows, an index. */
export const SLOW_VERSION = 9_000;

export const withSlowStep: readonly Migration[] = [
  ...migrations,
  {
    version: SLOW_VERSION,
    sql: `
ALTER TABLE vendor ADD COLUMN nickname TEXT;
CREATE TABLE slow (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
INSERT INTO slow SELECT i, 'row ' || i FROM n;
CREATE INDEX slow_name ON slow (name);
ALTER TABLE product ADD COLUMN shelf_label TEXT;`,
  },
];
