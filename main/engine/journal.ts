import { createHash } from 'node:crypto';
import type { Statements } from './store/statements.ts';

/**
 * One append-only row per command: idempotency record, audit trail, replay log and hash chain in one table. The
 * format is fixed for ever.
 */
export interface JournalRow {
  readonly seq: number;
  /** The client's command id. */
  readonly id: string;
  readonly name: string;
  /** User id of whoever was signed in; null only for the command that creates the center. */
  readonly actor: number | null;
  readonly approver: number | null;
  readonly device: string;
  /** Wall clock, milliseconds since 1970. */
  readonly at: number;
  readonly day: string;
  readonly contract: number;
  /** Keyed hash of the plain parsed input: tells the same id with another input apart. */
  readonly fingerprint: Buffer;
  /** JSON of the sealed input. */
  readonly input: string;
  /** JSON: `{"ok": value}` or `{"rejected": name, "details": {…}}`. */
  readonly outcome: string;
  /** Digests of the history rows it wrote, one after the other. */
  readonly effects: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

/** The chain starts here. */
export const CHAIN_START = Buffer.alloc(32);

/** Hash of a journal row over everything else in it. Length-prefixed, so no two rows read the same. */
export function journalHash(row: Omit<JournalRow, 'hash'>): Buffer {
  const sha = createHash('sha256');
  const head = JSON.stringify([
    row.seq,
    row.id,
    row.name,
    row.actor,
    row.approver,
    row.device,
    row.at,
    row.day,
    row.contract,
    row.input,
    row.outcome,
  ]);
  sha.update(
    `titipan journal 1 ${Buffer.byteLength(head)} ${row.fingerprint.length} ${row.effects.length}\n`,
  );
  sha.update(row.prev);
  sha.update(head);
  sha.update(row.fingerprint);
  sha.update(row.effects);
  return sha.digest();
}

export interface JournalHead {
  readonly seq: number;
  readonly at: number;
  readonly hash: Buffer;
}

export interface Journal {
  find(id: string): JournalRow | undefined;
  /** The last row, or the empty beginning. */
  head(): JournalHead;
  append(row: Omit<JournalRow, 'prev' | 'hash'>): void;
  /** Takes the head from the table again after a rollback. */
  forget(): void;
}

const INSERT = `INSERT INTO journal
  (seq, id, name, actor, approver, device, at, day, contract, fingerprint, input, outcome, effects, prev, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export function createJournal(statements: Statements): Journal {
  let kept: JournalHead | undefined;

  function head(): JournalHead {
    kept ??= statements.one<JournalHead>('SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1') ?? {
      seq: 0,
      at: 0,
      hash: CHAIN_START,
    };
    return kept;
  }

  return {
    head,
    find: (id) => statements.one<JournalRow>('SELECT * FROM journal WHERE id = ?', id),
    append(row) {
      const chained = { ...row, prev: head().hash };
      const hash = journalHash(chained);
      const {
        seq,
        id,
        name,
        actor,
        approver,
        device,
        at,
        day,
        contract,
        fingerprint,
        input,
        outcome,
        effects,
      } = row;
      statements.run(
        INSERT,
        ...[seq, id, name, actor, approver, device, at, day, contract, fingerprint, input, outcome, effects],
        chained.prev,
        hash,
      );
      kept = { seq, at, hash };
    },
    forget() {
      kept = undefined;
    },
  };
}
