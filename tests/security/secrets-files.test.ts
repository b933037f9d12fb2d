/**
 * Proves that what must stay secret is in no file after a run through everything: people with distinctive PINs, a
 * vendor with NIK, NPWP, bank account, phone, address and names, wrong and misplaced PINs, an approval, a reveal, a
 * recovery code, a backup, a crash-like copy with its write-ahead log. Every byte of the data folder is searched, also
 * for the secrets as base64, hex, UTF-16 and backwards.
 */
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authSignIn, personReveal, recoveryIssue, userCreate } from '../../shared/contract/people.ts';
import { payoutBankList } from '../../shared/contract/settlement.ts';
import { backupTake, booksCopy } from '../../shared/contract/system.ts';
import { vendorChange, vendorGet } from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine, temporaryFolder } from '../support/engine.ts';
import { type FullShop, openFullShop, PERSON } from '../support/full-shop.ts';
import { GONE_NAME } from '../support/full-shop-people.ts';
import { BANK_PERSON } from '../support/full-shop-runs.ts';
import { PINS } from '../support/shop.ts';
import { disguisesOf, filesHolding } from '../unit/seal-support.ts';

/** Typed by mistake: as a wrong PIN, into the field for the name, and refused as too simple. */
const MISTYPED = { pin: '508316', asName: '914733', simple: '87654321', atSetup: '40718' };
const NEW_USER = { username: 'dewi', name: 'Dewi Lestari Handayani', pin: '604817' };

/** Typed into a vendor's data later on, each field that has one. */
const CHANGED = {
  name: 'Sumiyati Wulandari Putri',
  phone: '081377700112',
  address: 'Gang Melati 17 Bayeman',
  nik: '3513204507860011',
  npwp: '098765432613001',
  bankAccount: '0099887766554',
  bankHolder: 'Sumiyati W Putri',
};

const secrets: Record<string, string> = {
  ...Object.fromEntries(Object.entries(PINS).map(([who, pin]) => [`PIN of ${who}`, pin])),
  ...Object.fromEntries(Object.entries(PERSON).map(([field, text]) => [`vendor's ${field}`, text])),
  ...Object.fromEntries(Object.entries(CHANGED).map(([field, text]) => [`vendor's new ${field}`, text])),
  ...Object.fromEntries(Object.entries(BANK_PERSON).map(([field, text]) => [`${field} of a run`, text])),
  ...Object.fromEntries(Object.entries(MISTYPED).map(([how, pin]) => [`PIN typed as ${how}`, pin])),
  'name of the administrator': 'Ratna Dewi',
  'name of the manager': 'Budi Santoso',
  'name of the cashier': 'Siti Aminah',
  'name of a person who has gone': GONE_NAME,
  'PIN of a new user': NEW_USER.pin,
  'name of a new user': NEW_USER.name,
};

let engine: TestEngine;
let shop: FullShop;
/** The folder as a thief would find it: while the engine runs, and after it stopped. */
let whileRunning: string;

beforeAll(async () => {
  engine = await startEngine({ dir: join(temporaryFolder(), 'shop') });
  shop = await openFullShop(engine);
  const { admin, manager } = shop;
  await admin.must(userCreate, { ...NEW_USER, role: 'cashier' });
  await admin.ask(userCreate, {
    username: 'lain',
    name: 'Nama Lain Sekali',
    role: 'cashier',
    pin: MISTYPED.simple,
  });
  await admin.ask(userCreate, {
    username: 'lain',
    name: 'Nama Lain Sekali',
    role: 'cashier',
    pin: MISTYPED.atSetup,
  });
  secrets['name in a refused command'] = 'Nama Lain Sekali';
  const till = engine.client('till');
  await till.ask(authSignIn, { username: 'siti', pin: MISTYPED.pin });
  await till.ask(authSignIn, { username: MISTYPED.asName, pin: MISTYPED.pin });
  const { token } = await till.must(authSignIn, { username: 'siti', pin: PINS.cashier });
  secrets['session token'] = token;
  for (const [index, approval] of shop.tokens.entries()) secrets[`approval ${index}`] = approval;

  const seen = await manager.must(vendorGet, { vendor: shop.netVendor });
  expect(JSON.stringify(seen)).not.toContain(PERSON.nik);
  const { text } = await manager.must(personReveal, {
    vendor: shop.netVendor,
    field: 'nik',
    reason: 'pencairan',
  });
  expect(text).toBe(PERSON.nik);
  await manager.must(vendorChange, { vendor: shop.netVendor, person: { ...CHANGED } });
  const list = await manager.must(payoutBankList, { payouts: [shop.bankPayout], reason: 'unggah ke bank' });
  expect(JSON.stringify(list)).toContain(BANK_PERSON.bankAccount);
  const { code } = await admin.must(recoveryIssue, {});
  secrets['recovery code'] = code;
  secrets['recovery code without dashes'] = code.replaceAll('-', '');
  await manager.must(backupTake, {});
  await engine.client('owner', 'local').must(booksCopy, {});
  whileRunning = temporaryFolder();
  cpSync(engine.dir, whileRunning, { recursive: true });
  await engine.stop();
});

afterAll(() => console.log(`${Object.keys(secrets).length} secrets, ${allFiles(engine.dir).length} files`));

function allFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('searched a folder in which all of it happened', () => {
  for (const dir of [engine.dir, whileRunning]) {
    const names = allFiles(dir).map((file) => file.slice(dir.length));
    for (const part of ['titipan.db', 'keys.json', 'engine.log', 'manifest.json', 'copy-', 'blobs']) {
      expect(
        names.some((name) => name.includes(part)),
        `${part} in ${dir}`,
      ).toBe(true);
    }
    // What is no secret is found, so the search works: the log knows who signed in, the books the vendor's shop.
    expect(filesHolding(dir, 'wrong PIN')).not.toEqual([]);
    expect(filesHolding(dir, 'Dapur Wulan').length).toBeGreaterThan(2);
  }
  expect(allFiles(whileRunning).some((file) => file.endsWith('titipan.db-wal'))).toBe(true);
});

it('holds no secret in any file, in no disguise', () => {
  const found: string[] = [];
  for (const [what, secret] of Object.entries(secrets)) {
    const backwards = [...secret].reverse().join('');
    for (const disguise of [...disguisesOf(secret), backwards]) {
      // A piece of fewer than 6 characters turns up by chance.
      if (disguise.length < 6) continue;
      for (const dir of [engine.dir, whileRunning]) {
        for (const file of filesHolding(dir, disguise))
          found.push(`${what} as ${String(disguise)} in ${file}`);
      }
    }
  }
  expect(found).toEqual([]);
});

it('keeps folder and keys to their owner', () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect(mode(engine.dir)).toBe('700');
  expect(mode(join(engine.dir, 'keys.json'))).toBe('600');
  for (const name of ['backups', 'blobs']) expect(mode(join(engine.dir, name))).toBe('700');
  for (const file of allFiles(join(engine.dir, 'backups'))) {
    if (file.endsWith('.json')) expect(mode(file), file).toBe('600');
  }
});
