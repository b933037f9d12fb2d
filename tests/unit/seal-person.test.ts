/**
 * Proves that personal text opens with its own person's key and in no other way: round trips over random texts,
 * every changed byte, texts and keys moved between persons, and an erased key that is in no file any more.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Keys, openKeys } from '../../main/engine/seal/keys.ts';
import {
  erasePersonKey,
  newPersonKey,
  numberIndex,
  openSealed,
  type PersonId,
  readPersonKey,
  SealError,
  scrubErased,
  sealText,
  storePersonKey,
  unwrapPersonKey,
} from '../../main/engine/seal/person.ts';
import type { Sealed } from '../../shared/contract/personal.ts';
import { seed } from '../support/seed.ts';
import { filesHolding, inFolder, openDatabase } from './seal-support.ts';

const NIK = '3513236708900002';

/** The keys of some other center. */
const otherCenter = await inFolder((dir) => openKeys(dir, { create: true }));

function withKeys<T>(work: (keys: Keys, dir: string) => T): Promise<T> {
  return inFolder((dir) => work(openKeys(dir, { create: true }), dir));
}

it('gives back any text, of any kind, and never seals the same text twice alike', () =>
  withKeys((keys) => {
    const person = newPersonKey(keys);
    const reopened = unwrapPersonKey(keys, person.person, person.wrapped);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('number', 'text'), (text, kind) => {
        const first = sealText(person, kind, text, keys.index);
        const second = sealText(reopened, kind, text, keys.index);
        expect(openSealed(reopened, first)).toBe(Buffer.from(text, 'utf8').toString('utf8'));
        expect(second.sealed).not.toBe(first.sealed);
        expect(second.index).toBe(first.index);
      }),
      { seed, numRuns: 500 },
    );
  }));

it('shows of a number its last four digits and an index, of a text nothing', () =>
  withKeys((keys) => {
    const person = newPersonKey(keys);
    const number = (text: string) => sealText(person, 'number', text, keys.index);
    expect(Object.keys(sealText(person, 'text', NIK, keys.index))).toEqual(['person', 'sealed']);
    expect(number(NIK).last4).toBe('0002');
    expect(number('12345678').last4).toBe('5678');
    expect(number('1234567').last4).toBeUndefined();
    expect(number('12 34 567').last4).toBeUndefined();
    expect(number(NIK).index).toBe(numberIndex(keys.index, NIK));
    expect(number('35.1323-670890 0002').index).toBe(number(NIK).index);
    expect(number('0123456789').index).not.toBe(number('123456789').index);
    expect(number('-')).toEqual({ person: person.person, sealed: expect.any(String) as string });
    expect(numberIndex(otherCenter.index, NIK)).not.toBe(number(NIK).index);
  }));

it('refuses a sealed value with any byte, digit or index changed', () =>
  withKeys((keys) => {
    const person = newPersonKey(keys);
    const whole = sealText(person, 'number', NIK, keys.index);
    expect(openSealed(person, whole)).toBe(NIK);
    const refused = (changed: Sealed) => expect(() => openSealed(person, changed)).toThrow(SealError);
    const bytes = Buffer.from(whole.sealed, 'base64');
    for (let place = 0; place < bytes.length; place += 1) {
      for (let mask = 1; mask < 256; mask += 1) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ mask;
        refused({ ...whole, sealed: changed.toString('base64') });
      }
    }
    for (let length = 0; length < bytes.length; length += 1) {
      refused({ ...whole, sealed: bytes.subarray(0, length).toString('base64') });
    }
    for (const field of ['sealed', 'index', 'last4', 'person'] as const) {
      const text = whole[field] ?? '';
      for (let place = 0; place < text.length; place += 1) {
        for (const other of ['A', 'B', '0', '=', ' ']) {
          if (text[place] === other) continue;
          refused({ ...whole, [field]: text.slice(0, place) + other + text.slice(place + 1) });
        }
      }
    }
    const { index: _index, last4: _last4, ...asText } = whole;
    refused(asText);
    const { last4: _shown, ...unshown } = whole;
    refused(unshown);
  }));

it('refuses what was moved from one person to another, text or key', () =>
  withKeys((keys) => {
    const siti = newPersonKey(keys);
    const budi = newPersonKey(keys);
    const sealed = sealText(siti, 'text', 'Siti', keys.index);
    expect(() => openSealed(budi, sealed)).toThrow(SealError);
    expect(() => openSealed(budi, { ...sealed, person: budi.person })).toThrow(SealError);
    // Even under the very same key: the person's id is bound into the seal.
    expect(() => openSealed({ ...siti, person: budi.person }, { ...sealed, person: budi.person })).toThrow(
      SealError,
    );
    expect(() => unwrapPersonKey(keys, budi.person, siti.wrapped)).toThrow(SealError);
    expect(() => unwrapPersonKey(otherCenter, siti.person, siti.wrapped)).toThrow(SealError);
    for (let place = 0; place < siti.wrapped.length; place += 1) {
      const changed = Buffer.from(siti.wrapped);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => unwrapPersonKey(keys, siti.person, changed)).toThrow(SealError);
    }
  }));

it('keeps person keys in the database and forgets an erased one: in no file, and nothing of that person opens', () =>
  withKeys((keys, dir) => {
    const db = openDatabase(dir);
    const [siti, budi] = [newPersonKey(keys), newPersonKey(keys)];
    storePersonKey(db, siti, null);
    storePersonKey(db, budi, 12);
    const sealed = sealText(siti, 'number', NIK, keys.index);
    const read = readPersonKey(db, keys, siti.person);
    expect(read && openSealed(read, sealed)).toBe(NIK);
    expect(() => storePersonKey(db, siti, 13)).toThrow(/UNIQUE/);
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(filesHolding(dir, siti.wrapped)).toEqual([join(dir, 'titipan.db')]);

    // A change beside it brings the page into the log, where erasing alone does not reach it.
    storePersonKey(db, newPersonKey(keys), 14);
    expect(erasePersonKey(db, siti.person)).toBe(true);
    expect(erasePersonKey(db, siti.person)).toBe(false);
    expect(filesHolding(dir, siti.wrapped)).not.toEqual([]);
    expect(() => db.transaction(() => scrubErased(db))()).toThrow(/rule broken/);
    expect(scrubErased(db)).toBe(true);
    expect(filesHolding(dir, siti.wrapped)).toEqual([]);
    expect(readPersonKey(db, keys, siti.person)).toBeUndefined();
    expect(readPersonKey(db, keys, budi.person)?.person).toBe(budi.person);
    expect(existsSync(join(dir, 'titipan.db-wal')) && readFileSync(join(dir, 'titipan.db-wal')).length).toBe(
      0,
    );
    db.close();
  }));

it('refuses a damaged row and a text beyond 16 KiB', () =>
  withKeys((keys, dir) => {
    const db = openDatabase(dir);
    const person = newPersonKey(keys);
    storePersonKey(db, { person: person.person, wrapped: randomBytes(60) }, null);
    expect(() => readPersonKey(db, keys, person.person)).toThrow(SealError);
    const short = { person: 'x' as PersonId, wrapped: randomBytes(10) };
    expect(() => storePersonKey(db, short, null)).toThrow(/CHECK/);
    expect(() => sealText(person, 'text', 'é'.repeat(8 * 1024 + 1), keys.index)).toThrow(/16 KiB/);
    db.close();
  }));
