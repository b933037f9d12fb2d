import type { Sealed } from '../../../shared/contract/personal.ts';
import type { Statements } from './statements.ts';

/**
 * The register of sealed personal fields. It stands outside the digests, because erasing a person blanks its rows;
 * what was sealed stays sealed in the journal, with no key left to open it.
 */

export interface PersonFieldRow {
  field: string;
  sealed: string | null;
  last4: string | null;
}

/** Writes the fields of one person; fields that are not there stay as they were. Answers the person, if any. */
export function putPersonFields(
  sql: Statements,
  fields: { readonly [field: string]: Sealed | undefined },
): string | null {
  let person: string | null = null;
  for (const [field, value] of Object.entries(fields)) {
    if (!value) continue;
    person = value.person;
    sql.run(
      `INSERT INTO person_field (person, field, sealed, last4, idx) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (person, field) DO UPDATE SET sealed = excluded.sealed, last4 = excluded.last4, idx = excluded.idx`,
      value.person,
      field,
      value.sealed,
      value.last4 ?? null,
      value.index ?? null,
    );
  }
  return person;
}

export function personFields(sql: Statements, person: string): PersonFieldRow[] {
  return sql.all<PersonFieldRow>(
    'SELECT field, sealed, last4 FROM person_field WHERE person = ? ORDER BY field',
    person,
  );
}

/** One sealed field as the door made it, or undefined when there is none or it was erased. */
export function sealedField(sql: Statements, person: string, field: string): Sealed | undefined {
  const row = sql.one<{ sealed: string | null; last4: string | null; idx: string | null }>(
    'SELECT sealed, last4, idx FROM person_field WHERE person = ? AND field = ?',
    person,
    field,
  );
  if (!row || row.sealed === null) return undefined;
  return {
    person,
    sealed: row.sealed,
    ...(row.last4 !== null && { last4: row.last4 }),
    ...(row.idx !== null && { index: row.idx }),
  };
}
