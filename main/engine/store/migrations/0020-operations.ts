/**
 * The operations tables: who is signed in, who guesses, who approved, which job is on which printer. They have
 * short transactions of their own, are never replayed, stand outside the chain and never hold money or goods.
 * Moments are milliseconds since 1970. Tokens lie here only as SHA-256, so a stolen file signs nobody in.
 * Users are named by their number without a foreign key: these rows must not stop a replay or a restore of the books.
 */
export const operationsMigration: { readonly version: number; readonly sql: string } = {
  version: 20,
  sql: `
-- Names the master key that these books are sealed with: another center's key file would open nothing of them.
CREATE TABLE key_name (
  id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE session (
  token_hash   BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
  user         INTEGER NOT NULL,
  device       TEXT    NOT NULL CHECK (length(device) <= 200),
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user, created_at);

CREATE TABLE throttle (
  scope         TEXT    NOT NULL CHECK (scope IN ('user', 'device')),
  subject       TEXT    NOT NULL CHECK (length(subject) <= 200),
  wrong         INTEGER NOT NULL CHECK (wrong >= 0),
  last_wrong_at INTEGER NOT NULL,
  before_wrong  INTEGER NOT NULL,
  before_at     INTEGER NOT NULL,
  PRIMARY KEY (scope, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX throttle_by_age ON throttle (last_wrong_at);

CREATE TABLE approval (
  token_hash   BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
  command_id   TEXT    NOT NULL,
  action       TEXT    NOT NULL,
  figures_hash BLOB    NOT NULL CHECK (length(figures_hash) = 32),
  approver     INTEGER NOT NULL,
  granted_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_by_age ON approval (granted_at);

CREATE TABLE person_key (
  person      TEXT NOT NULL PRIMARY KEY,
  wrapped     BLOB NOT NULL CHECK (length(wrapped) = 60),
  created_seq INTEGER
) STRICT;

CREATE TABLE backup_log (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  path    TEXT    NOT NULL,
  seq     INTEGER,
  bytes   INTEGER,
  ok      INTEGER NOT NULL CHECK (ok IN (0, 1)),
  problem TEXT
) STRICT;
CREATE INDEX backup_log_by_age ON backup_log (at);

CREATE TABLE reveal_log (
  at     INTEGER NOT NULL,
  actor  INTEGER NOT NULL,
  person TEXT    NOT NULL,
  field  TEXT    NOT NULL,
  reason TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500)
) STRICT;
CREATE INDEX reveal_log_by_person ON reveal_log (person, at);
-- Who looked at whose data must not be tidied away by the one who looked.
CREATE TRIGGER reveal_log_no_update BEFORE UPDATE ON reveal_log
BEGIN SELECT RAISE(ABORT, 'reveal_log is append-only'); END;
CREATE TRIGGER reveal_log_no_delete BEFORE DELETE ON reveal_log
BEGIN SELECT RAISE(ABORT, 'reveal_log is append-only'); END;

CREATE TABLE print_job (
  wish_seq   INTEGER NOT NULL,
  wish_n     INTEGER NOT NULL,
  printer    INTEGER,
  state      TEXT    NOT NULL
    CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'unconfirmed', 'failed', 'dismissed')),
  asked      TEXT    NOT NULL DEFAULT 'wish' CHECK (asked IN ('wish', 'again', 'copy')),
  attempts   INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER,
  not_after  INTEGER,
  problem    TEXT,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (wish_seq, wish_n)
) STRICT;
CREATE INDEX print_job_open ON print_job (state, not_before) WHERE state NOT IN ('sent', 'dismissed');
`,
};
