import type { Sealed } from '../../../shared/contract/personal.ts';
import type { Statements } from './statements.ts';

/**
 * The register of sealed personal fields. It stands outside the digests, because erasing a person blanks its rows;
 * what was sealed stays sealed in the journal, with no key left to open it.
 */

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

export interface PersonFieldRow {
  field: string;
  person: string;
  /** null: erased. */
  sealed: string | null;
  last4: string | null;
  idx: string | null;
}

/** A vendor's contact person may have several keys: what is changed is sealed under a new one, the rest stays. */
const FIELDS_OF_VENDOR = `SELECT field, owner.person AS person, sealed, last4, idx FROM (
    SELECT seq, person FROM vendor WHERE id = ? AND person IS NOT NULL
    UNION ALL SELECT seq, person FROM vendor_person WHERE vendor = ?
  ) AS owner JOIN person_field ON person_field.person = owner.person`;

/**
 * The fields of a vendor's contact person, each as it was last given, in the order of their names. An erased field
 * stays erased: what it had taken the place of does not come back.
 */
export function vendorPersonFields(sql: Statements, vendor: number): PersonFieldRow[] {
  const rows = sql.all<PersonFieldRow>(`${FIELDS_OF_VENDOR} ORDER BY field, owner.seq`, vendor, vendor);
  return rows.filter((row, index) => rows[index + 1]?.field !== row.field);
}

/** One sealed field of a vendor's contact person as it was last given; undefined when there is none or it was erased. */
export function vendorSealedField(sql: Statements, vendor: number, field: string): Sealed | undefined {
  const row = sql.one<PersonFieldRow>(
    `${FIELDS_OF_VENDOR} WHERE field = ? ORDER BY owner.seq DESC LIMIT 1`,
    vendor,
    vendor,
    field,
  );
  if (!row || row.sealed === null) return undefined;
  return {
    person: row.person,
    sealed: row.sealed,
    ...(row.last4 !== null && { last4: row.last4 }),
    ...(row.idx !== null && { index: row.idx }),
  };
}
