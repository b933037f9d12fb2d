/**
 * Proves that what must stay secret is in no file of the center's folder, by searching every byte of every file
 * (database, write-ahead log, key file, a backup) for it in the plain, as UTF-16, hex and base64. The search itself
 * is shown to find each of these when it is there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { grantApproval } from '../../main/engine/auth/approvals.ts';
import { hashPin } from '../../main/engine/auth/pin.ts';
import { startSession } from '../../main/engine/auth/sessions.ts';
import { takeGuess } from '../../main/engine/auth/throttle.ts';
import { issueRecoveryCode, openKeys, recoveryWrapping } from '../../main/engine/seal/keys.ts';
import { newPersonKey, sealText, storePersonKey } from '../../main/engine/seal/person.ts';
import { disguisesOf, filesHolding, inFolder, openDatabase, seededRandom } from '../unit/seal-support.ts';

const START = Date.UTC(2025, 10, 21, 3);
const CHEAP = { logN: 8, r: 8, p: 1 };

it('no NIK, name, PIN, token, recovery code or master key lies in the plain in any file', () =>
  inFolder(async (dir) => {
    const random = seededRandom();
    const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('');
    const keystoreSecret = Buffer.from(digits(32));
    const keys = openKeys(dir, { create: true, keystoreSecret });
    const code = issueRecoveryCode(dir, keys);
    const db = openDatabase(dir);
    db.exec('CREATE TABLE register (sealed TEXT NOT NULL, pin TEXT NOT NULL) STRICT');

    const secrets = [code, code.replaceAll('-', ''), keystoreSecret.toString()];
    for (let number = 0; number < 50; number += 1) {
      const [nik, name, pin] = [digits(16), `Ibu ${digits(3)} Sumiyati`, digits(12)];
      const person = newPersonKey(keys);
      storePersonKey(db, person, number);
      const sealed = [
        sealText(person, 'number', nik, keys.index),
        sealText(person, 'text', name, keys.index),
      ];
      const stored = await hashPin(keys.pepper, pin, CHEAP);
      db.prepare('INSERT INTO register VALUES (?, ?)').run(JSON.stringify(sealed), stored);
      const { token } = startSession(db, { user: number, device: 'till 1', at: START });
      const approval = { commandId: `command ${number}`, action: 'a', figures: '{}', approver: 1, at: START };
      takeGuess(db, { user: number, device: `till ${number}` }, START);
      secrets.push(nik, name, pin, token, grantApproval(db, approval));
      secrets.push(person.key.export().toString('base64').slice(0, -1));
    }
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ keys: recoveryWrapping(dir) }));
    await db.backup(join(dir, 'backup.db'));

    for (const secret of secrets) {
      for (const disguise of disguisesOf(secret)) expect(filesHolding(dir, disguise), secret).toEqual([]);
    }
    // The files searched are the ones that hold the sealed rows: log and backup both.
    const stored = db.prepare('SELECT sealed FROM register LIMIT 1').pluck().get() as string;
    expect(filesHolding(dir, stored)).toEqual(
      expect.arrayContaining([join(dir, 'titipan.db-wal'), join(dir, 'backup.db')]),
    );
    db.close();
  }));

it('the search finds a secret in each disguise when it is there', () =>
  inFolder((dir) => {
    const nik = '3513236708900002';
    const bytes = Buffer.from(nik);
    const written = [
      nik,
      Buffer.from(nik, 'utf16le'),
      bytes.toString('hex'),
      ...[0, 1, 2].map((offset) =>
        Buffer.concat([Buffer.from('ab').subarray(0, offset), bytes, Buffer.from('z')]).toString('base64'),
      ),
    ];
    for (const [number, content] of written.entries()) {
      const path = join(dir, `file ${number}`);
      writeFileSync(path, content);
      const found = disguisesOf(nik).flatMap((disguise) => filesHolding(dir, disguise));
      expect(found, `disguise ${number}`).toContain(path);
    }
  }));
