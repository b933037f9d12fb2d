import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PersonalKind, Sealed } from '../../../shared/contract/personal.ts';
import { BOX_OVERHEAD_BYTES, openBox, sealBox, strictBase64 } from './box.ts';
import type { Key, Keys } from './keys.ts';

/**
 * Personal text is sealed under a key per person. Journal, history and backups hold only the sealed text, so a
 * person is erased by erasing one small key, and the chain over the history still holds.
 * Domain rules: NIK, NPWP, bank account, name, phone and address never lie in a file in the plain (UU PDP).
 */

declare const personBrand: unique symbol;
/** A person's random id: 16 bytes, base64url. It tells nothing of the person. */
export type PersonId = string & { readonly [personBrand]: true };

export interface PersonKey {
  readonly person: PersonId;
  readonly key: KeyObject;
}

/** A person's key as it is stored, 60 bytes that only the master key's personWrap opens. */
export interface WrappedPersonKey {
  readonly person: PersonId;
  readonly wrapped: Buffer;
}

const PERSON_ID_BYTES = 16;
const KEY_BYTES = 32;
const MAX_TEXT_BYTES = 16 * 1024;
const SHOWN_DIGITS = 4;
/** Of a shorter number, four digits would be half of it. */
const MIN_LENGTH_TO_SHOW = 8;

/** A new person with a key of its own, both from the secure random source. Store `wrapped`; `key` is for sealing now. */
export function newPersonKey(keys: Keys): PersonKey & WrappedPersonKey {
  const person = randomBytes(PERSON_ID_BYTES).toString('base64url') as PersonId;
  const bytes = randomBytes(KEY_BYTES);
  return {
    person,
    key: createSecretKey(bytes),
    wrapped: sealBox(keys.personWrap, keyBinding(person), bytes),
  };
}

/** Opens a stored person key. Throws when it is damaged, another person's, or wrapped under another master key. */
export function unwrapPersonKey(keys: Keys, person: string, wrapped: Uint8Array): PersonKey {
  const bytes = openBox(keys.personWrap, keyBinding(person), wrapped);
  if (bytes?.length !== KEY_BYTES) throw new SealError('a person key does not open');
  return { person: person as PersonId, key: createSecretKey(bytes) };
}

/** A sealed value or person key was changed, moved to another person, or belongs to another master key. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Seals one text of a person. A `number` also gets its last four digits (from 8 on) and an index for finding the
 * same number again; both are bound into the seal, so that neither can be changed unseen. A `number` without any
 * digit or letter ("-") has nothing to show or to find and is sealed as text: else all of those would be found equal.
 * Throws when the text is longer than 16 KiB of UTF-8.
 */
export function sealText(
  personKey: PersonKey,
  kind: PersonalKind,
  text: string,
  indexKey: Key<'index'>,
): Sealed {
  const plain = Buffer.from(text, 'utf8');
  if (plain.length > MAX_TEXT_BYTES) throw new Error('rule broken: a personal text is at most 16 KiB');
  const shown = kind === 'number' ? shownParts(indexKey, text) : {};
  const box = sealBox(personKey.key, textBinding(personKey.person, shown), plain);
  return { person: personKey.person, sealed: box.toString('base64'), ...shown };
}

/** The plain text. Throws SealError when any part of `sealed` was changed or the key is another person's. */
export function openSealed(personKey: PersonKey, sealed: Sealed): string {
  const box = strictBase64(sealed.sealed);
  const inPlace = sealed.person === personKey.person && box !== undefined && box.length >= BOX_OVERHEAD_BYTES;
  const plain = inPlace ? openBox(personKey.key, textBinding(sealed.person, sealed), box) : undefined;
  if (plain === undefined) throw new SealError('a sealed value does not open');
  return plain.toString('utf8');
}

/** The index under which an equal number is found, base64, or undefined when `text` has no digit or letter. */
export function numberIndex(indexKey: Key<'index'>, text: string): string | undefined {
  const normalised = normaliseNumber(text);
  if (normalised === '') return undefined;
  return createHmac('sha256', indexKey).update(normalised, 'utf8').digest('base64');
}

/** Digits and capital letters only: how a number is spaced and dotted does not make it another number. */
function normaliseNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}

function shownParts(indexKey: Key<'index'>, text: string): Pick<Sealed, 'last4' | 'index'> {
  const normalised = normaliseNumber(text);
  const index = numberIndex(indexKey, text);
  if (index === undefined) return {};
  if (normalised.length < MIN_LENGTH_TO_SHOW) return { index };
  return { last4: normalised.slice(-SHOWN_DIGITS), index };
}

function keyBinding(person: string): string[] {
  return ['person key 1', person];
}

function textBinding(person: string, shown: Pick<Sealed, 'last4' | 'index'>): string[] {
  const kind: PersonalKind = shown.index === undefined ? 'text' : 'number';
  return ['personal text 1', person, kind, shown.last4 ?? '', shown.index ?? ''];
}

// --- the table person_key: an operations table, outside the chain -------------------------------------------------

/** Keeps a new person's key. `createdSeq` is the seq of the command it is made for, or null when not known yet. */
export function storePersonKey(
  db: Database,
  { person, wrapped }: WrappedPersonKey,
  createdSeq: number | null,
): void {
  db.prepare('INSERT INTO person_key (person, wrapped, created_seq) VALUES (?, ?, ?)').run(
    person,
    wrapped,
    createdSeq,
  );
}

/** The person's key, or undefined when it was erased (or never was). Throws SealError when it is damaged. */
export function readPersonKey(db: Database, keys: Keys, person: string): PersonKey | undefined {
  const row = db.prepare('SELECT wrapped FROM person_key WHERE person = ?').get(person) as
    | { wrapped: Buffer }
    | undefined;
  return row && unwrapPersonKey(keys, person, row.wrapped);
}

/**
 * Erases the person's key; from then on nothing of that person opens. True when there was one. The connection must
 * have `secure_delete` on. The old page still lies in the write-ahead log until `scrubErased`, and the key in
 * earlier backups until those are rotated out.
 */
export function erasePersonKey(db: Database, person: string): boolean {
  return db.prepare('DELETE FROM person_key WHERE person = ?').run(person).changes === 1;
}

/**
 * Empties the write-ahead log, where an erased key would otherwise stay readable. Call it after the transaction
 * that erased has committed. False when a reader held it up: call again later.
 */
export function scrubErased(db: Database): boolean {
  if (db.inTransaction) throw new Error('rule broken: the log cannot be emptied inside a transaction');
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return result?.busy === 0;
}
