import { createHmac } from 'node:crypto';
import type { Entry } from '../../shared/contract/define.ts';
import type { DoorRejectionName, RejectionDetails } from '../../shared/contract/rejections.ts';
import { type BusinessDay, businessDayAt } from '../../shared/domain/calendar.ts';
import { checkPin } from '../../shared/domain/pin.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { apply, type JournaledOutcome } from './apply.ts';
import { consumeApproval } from './auth/approvals.ts';
import { canonicalFigures } from './auth/figures.ts';
import { hashPin, PinBusyError } from './auth/pin.ts';
import { endSessionsOf } from './auth/sessions.ts';
import type { Engine } from './engine.ts';
import type { JournalRow } from './journal.ts';
import { newPersonKey, sealText, storePersonKey } from './seal/person.ts';
import { pinsOf, replaceMarked } from './seal/seal-input.ts';
import { isSqliteError } from './store/open.ts';
import { centerRow, drawerById, shiftBySeq, userById } from './store/rows.ts';

/** A command as it stands at the door: parsed, and its caller known and allowed. */
export interface CommandCall {
  readonly entry: Entry;
  readonly id: string;
  readonly input: unknown;
  readonly actor: number | null;
  readonly device: string;
  readonly approval: string | undefined;
}

/** A clock this far behind the newest row, or this far ahead of it, is not believed until a manager looked at it. */
const CLOCK_BEHIND_MS = 10 * 60 * 1000;
const CLOCK_AHEAD_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * Runs a command once. Whatever was journaled under its id is answered again; otherwise one synchronous transaction
 * writes documents, transfers, print wishes and the journal row, and is on disk before the answer leaves.
 * A promise only where a PIN has to be hashed first: that is slow on purpose and stays off the write path.
 */
export function execute(engine: Engine, call: CommandCall): Outcome | Promise<Outcome> {
  const pins = pinsOf(call.entry.input, call.input);
  for (const pin of pins) {
    const problem = checkPin(pin);
    if (problem !== undefined) return rejected(problem, {});
  }
  if (pins.length === 0) return commit(engine, call, []);
  return hashPins(engine, call, pins).then((hashes) =>
    hashes ? commit(engine, call, hashes) : rejected('busy', {}),
  );
}

/** Hashes with a salt that follows from the command's id: the same command sent twice has the same fingerprint. */
async function hashPins(
  engine: Engine,
  call: CommandCall,
  pins: readonly string[],
): Promise<string[] | undefined> {
  try {
    const hashes: string[] = [];
    for (const [index, pin] of pins.entries()) {
      hashes.push(await hashPin(engine.keys.pepper, pin, engine.pinCost, `${call.id}/${index}`));
    }
    return hashes;
  } catch (error) {
    if (error instanceof PinBusyError) return undefined;
    throw error;
  }
}

function commit(engine: Engine, call: CommandCall, pinHashes: readonly string[]): Outcome {
  const { books, sql, journal, ledger } = engine;
  const fingerprint = fingerprintOf(engine, call, pinHashes);
  sql.run('BEGIN IMMEDIATE');
  try {
    const known = journal.find(call.id);
    if (known) {
      sql.run('ROLLBACK');
      return storedOutcome(known, call, fingerprint);
    }
    const at = engine.now();
    const head = journal.head();
    if (head.seq > 0 && !call.entry.evenIfClockDoubtful && isDoubtful(at, head.at)) {
      sql.run('ROLLBACK');
      return rejected('clock-doubtful', { lastAt: head.at, now: at });
    }
    const approver = approverOf(engine, call, at);
    if (approver === 'invalid') {
      sql.run('ROLLBACK');
      return rejected('approval-invalid', {});
    }
    const seq = head.seq + 1;
    const day = dayOf(engine, call, at);
    const { id, actor, device, entry } = call;
    const { input, storeKeys } = sealed(engine, call, pinHashes);
    const facts = { seq, id, actor, approver, device, at, day, contract: entry.version };
    const applied = apply(engine, entry, facts, input);
    if ('ok' in applied.outcome) storeKeys(seq);
    for (const wish of applied.wishes) engine.enqueue(wish);
    for (const user of applied.signedOut) endSessionsOf(books, user, user === actor ? device : undefined);
    journal.append({
      seq,
      id,
      name: entry.name,
      actor,
      approver,
      device,
      at,
      day,
      contract: entry.version,
      fingerprint,
      input: JSON.stringify(input),
      outcome: JSON.stringify(applied.outcome),
      effects: applied.effects,
    });
    sql.run('COMMIT');
    if (applied.topics.size > 0) engine.notify(applied.topics, seq);
    return asAnswer(applied.outcome);
  } catch (error) {
    if (books.inTransaction) sql.run('ROLLBACK');
    journal.forget();
    sql.forget();
    ledger.forget();
    if (isSqliteError(error, 'SQLITE_FULL') || isSqliteError(error, 'SQLITE_IOERR')) {
      engine.log.error({ err: error, command: call.entry.name }, 'the disk refuses to write');
      return rejected('disk-full', {});
    }
    throw error;
  }
}

/** Over the slow hash of each PIN instead of the PIN itself: a stolen key must not make guessing quick. */
function fingerprintOf(engine: Engine, call: CommandCall, pinHashes: readonly string[]): Buffer {
  const hashes = [...pinHashes];
  const plain = replaceMarked(call.entry.input, call.input, {
    pin: () => hashes.shift() as string,
    personal: (_kind, text) => text,
  });
  return createHmac('sha256', engine.keys.fingerprint)
    .update(`${call.entry.name} ${call.entry.version} ${JSON.stringify(plain)}`)
    .digest();
}

function storedOutcome(known: JournalRow, call: CommandCall, fingerprint: Buffer): Outcome {
  const same =
    known.name === call.entry.name && known.actor === call.actor && known.fingerprint.equals(fingerprint);
  return same
    ? asAnswer(JSON.parse(known.outcome) as JournaledOutcome)
    : rejected('id-reused', { id: call.id });
}

function isDoubtful(at: number, lastAt: number): boolean {
  return at < lastAt - CLOCK_BEHIND_MS || at > lastAt + CLOCK_AHEAD_MS;
}

/** null: nobody was asked. An approval that does not fit this very command stops it. */
function approverOf(engine: Engine, call: CommandCall, at: number): number | null | 'invalid' {
  if (call.approval === undefined) return null;
  const figures = canonicalFigures(call.entry, call.input);
  const approved = { commandId: call.id, action: call.entry.name, figures, at };
  const approver = userById(engine.sql, consumeApproval(engine.books, call.approval, approved) ?? 0);
  // Whoever said yes may have been disabled meanwhile, or be of the office no more.
  const still = approver?.active === 1 && (approver.role !== 'cashier' || approver.id === call.actor);
  return still ? approver.id : 'invalid';
}

function dayOf(engine: Engine, call: CommandCall, at: number): BusinessDay {
  if (call.entry.dayOf === 'shift') {
    const shift = shiftBySeq(engine.sql, (call.input as { shift: number }).shift);
    // The safe's shift has been open since the first day and says nothing about the date.
    if (shift && !drawerById(engine.sql, shift.drawer)?.is_safe) return shift.day;
  }
  // The command that creates the center is the only one without a center; its own input says where it lies.
  const offset =
    centerRow(engine.sql)?.utc_offset_minutes ??
    (call.input as { utcOffsetMinutes?: number }).utcOffsetMinutes ??
    0;
  return businessDayAt(at, offset);
}

/** The input as the journal and the handler may see it. All personal fields of one command belong to one new person. */
function sealed(
  engine: Engine,
  call: CommandCall,
  pinHashes: readonly string[],
): { input: unknown; storeKeys(seq: number): void } {
  const hashes = [...pinHashes];
  let person: ReturnType<typeof newPersonKey> | undefined;
  const input = replaceMarked(call.entry.input, call.input, {
    pin: () => hashes.shift() as string,
    personal(kind, text) {
      person ??= newPersonKey(engine.keys);
      return sealText(person, kind, text, engine.keys.index);
    },
  });
  return {
    input,
    storeKeys(seq) {
      if (person) storePersonKey(engine.books, person, seq);
    },
  };
}

function asAnswer(outcome: JournaledOutcome): Outcome {
  return 'ok' in outcome
    ? { outcome: 'ok', value: outcome.ok }
    : { outcome: 'rejected', name: outcome.rejected, details: outcome.details };
}

export function rejected<Name extends DoorRejectionName | 'pin-too-short' | 'pin-too-simple'>(
  name: Name,
  details: RejectionDetails[Name],
): Outcome {
  return { outcome: 'rejected', name, details };
}
