/** Nobody may change or remove history; of an account only its totals move. `verify` adds them up again. */
export function appendOnly(table: string): string {
  const update =
    table === 'account' ? 'UPDATE OF id, seq, ledger, code, owner, floor ON account' : `UPDATE ON "${table}"`;
  return `
CREATE TRIGGER ${table}_no_update BEFORE ${update}
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON "${table}"
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;`;
}
