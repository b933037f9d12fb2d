import type { Database } from 'better-sqlite3';
import { newToken, sha256, tokenHash } from './token.ts';

/**
 * A supervisor's yes to one thing: a token for exactly one command id, one action and the figures that were on the
 * screen, valid for 2 minutes and good for one use. Who approved ends up in the journal row of the command.
 */

export const APPROVAL_VALID_MS = 2 * 60 * 1000;

/** What was approved. `figures` is canonical JSON of the figures the approver saw: same figures, same text. */
export interface Approved {
  readonly commandId: string;
  readonly action: string;
  readonly figures: string;
}

/**
 * Writes the approval down and answers its token, which is kept nowhere else. The caller has checked the
 * approver's PIN and role before. Approvals past their time are tidied away.
 */
export function grantApproval(db: Database, granted: Approved & { approver: number; at: number }): string {
  const token = newToken();
  db.transaction(() => {
    db.prepare('DELETE FROM approval WHERE granted_at < ? OR granted_at > ?').run(...validSpan(granted.at));
    db.prepare(
      `INSERT INTO approval (token_hash, command_id, action, figures_hash, approver, granted_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(
      sha256(token),
      granted.commandId,
      granted.action,
      sha256(granted.figures),
      granted.approver,
      granted.at,
    );
  })();
  return token;
}

/**
 * Uses the approval up and answers the approver, or undefined when there is none for exactly this. It is one
 * statement without a transaction of its own: inside the command's transaction, a command that comes to nothing
 * (a full disk) gives the approval back. A try with other figures does not use it up.
 */
export function consumeApproval(
  db: Database,
  token: string,
  wanted: Approved & { at: number },
): number | undefined {
  const hash = tokenHash(token);
  if (hash === undefined) return undefined;
  const row = db
    .prepare(
      `DELETE FROM approval
       WHERE token_hash = ? AND command_id = ? AND action = ? AND figures_hash = ? AND granted_at BETWEEN ? AND ?
       RETURNING approver`,
    )
    .get(hash, wanted.commandId, wanted.action, sha256(wanted.figures), ...validSpan(wanted.at)) as
    | { approver: number }
    | undefined;
  return row?.approver;
}

/** From and to. Symmetric, because the clock may be corrected by a second between the yes and its use. */
function validSpan(at: number): [from: number, to: number] {
  return [at - APPROVAL_VALID_MS, at + APPROVAL_VALID_MS];
}
