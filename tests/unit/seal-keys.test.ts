/**
 * Proves that the master key comes back whole or not at all: through the file, the keystore and the recovery code,
 * on the real file system; and that every changed byte and every wrong secret is refused with the right advice.
 */

import { spawn } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  issueRecoveryCode,
  type Keys,
  KeysError,
  type KeysProblem,
  openKeys,
  recoveryWrapping,
  restoreKeys,
} from '../../main/engine/seal/keys.ts';
import { withSum } from '../../main/engine/seal/keys-file.ts';
import { inFolder, seededRandom } from './seal-support.ts';

const keystoreSecret = randomBytes(32);

function bytesOf(keys: Keys): string[] {
  const all: KeyObject[] = [keys.pepper, keys.fingerprint, keys.index, keys.personWrap, keys.audit];
  return all.map((key) => key.export().toString('base64'));
}

function problemOf(work: () => unknown): KeysProblem | 'none' {
  try {
    work();
  } catch (error) {
    if (error instanceof KeysError) return error.problem;
    throw error;
  }
  return 'none';
}

describe.each([
  { kind: 'plain' as const, options: {} },
  { kind: 'keystore' as const, options: { keystoreSecret } },
])('a key file that is $kind', ({ kind, options }) => {
  it('opens again with the same keys, all different from each other', () =>
    inFolder((dir) => {
      const made = openKeys(dir, { ...options, create: true });
      const again = openKeys(dir, options);
      expect(bytesOf(again)).toEqual(bytesOf(made));
      expect(again.id).toBe(made.id);
      expect(made.wrapping).toBe(kind);
      expect(new Set(bytesOf(made)).size).toBe(5);
      expect(openKeys(dir, { ...options, create: true }).id).toBe(made.id);
    }));

  it('is never opened wrongly: every bit of every byte flipped in turn', () =>
    inFolder((dir) => {
      const made = openKeys(dir, { ...options, create: true });
      issueRecoveryCode(dir, made);
      const path = join(dir, 'keys.json');
      const whole = readFileSync(path);
      const parsed = JSON.parse(whole.toString()) as { master: object; recovery: { sealed: string } };
      const masterText = [...Object.values(parsed.master)].map(String);
      const seen = { refused: 0, recoveryRefused: 0, harmless: 0 };
      for (let place = 0; place < whole.length; place += 1) {
        for (let bit = 0; bit < 8; bit += 1) {
          const changed = Buffer.from(whole);
          changed[place] = (changed[place] ?? 0) ^ (1 << bit);
          writeFileSync(path, changed);
          const outcome = openOrProblem(dir, options);
          if (typeof outcome === 'string') seen.refused += 1;
          else {
            expect(bytesOf(outcome)).toEqual(bytesOf(made));
            if (outcome.recoveryDamaged) {
              expect(problemOf(() => recoveryWrapping(dir))).toBe('damaged');
              expect(outcome.hasRecovery).toBe(false);
              seen.recoveryRefused += 1;
            } else {
              // Only layout may differ: the file still means exactly the same.
              expect(JSON.parse(changed.toString())).toEqual(parsed);
              seen.harmless += 1;
            }
          }
        }
      }
      // Every bit of every value counts as refused; what is harmless is blank space between them.
      const valueBits = 8 * masterText.join('').length;
      expect(seen.refused).toBeGreaterThanOrEqual(valueBits);
      expect(seen.recoveryRefused).toBeGreaterThanOrEqual(8 * parsed.recovery.sealed.length);
      expect(seen.harmless).toBeLessThan(8 * 120);
    }));

  it('lies under mode 0600, also after a copy loosened it, and leaves no other file', () =>
    inFolder((dir) => {
      const keys = openKeys(dir, { ...options, create: true });
      issueRecoveryCode(dir, keys);
      const path = join(dir, 'keys.json');
      expect(statSync(path).mode & 0o777).toBe(0o600);
      chmodSync(path, 0o644);
      openKeys(dir, options);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(dir)).toEqual(['keys.json']);
    }));
});

function openOrProblem(dir: string, options: object): Keys | KeysProblem {
  try {
    return openKeys(dir, options);
  } catch (error) {
    if (error instanceof KeysError) return error.problem;
    throw error;
  }
}

describe('a key file that cannot be opened', () => {
  it('says what is wrong: missing, damaged, needs the keystore, wrong keystore, unreadable, unwritable', () =>
    inFolder((dir) => {
      expect(problemOf(() => openKeys(dir))).toBe('missing');
      expect(problemOf(() => recoveryWrapping(dir))).toBe('missing');
      expect(problemOf(() => openKeys(join(dir, 'not-there'), { create: true }))).toBe('unwritable');
      openKeys(dir, { create: true, keystoreSecret });
      expect(problemOf(() => openKeys(dir))).toBe('needs-keystore');
      expect(problemOf(() => openKeys(dir, { create: true }))).toBe('needs-keystore');
      expect(problemOf(() => openKeys(dir, { keystoreSecret: randomBytes(32) }))).toBe('wrong-keystore');
      expect(problemOf(() => recoveryWrapping(dir))).toBe('no-recovery');
      for (const text of ['', '{', 'null', '[]', '{}', '"text"']) {
        writeFileSync(join(dir, 'keys.json'), text);
        expect(
          problemOf(() => openKeys(dir, { keystoreSecret })),
          text,
        ).toBe('damaged');
      }
      mkdirSync(join(dir, 'odd', 'keys.json'), { recursive: true });
      expect(problemOf(() => openKeys(join(dir, 'odd')))).toBe('unreadable');
    }));

  it('is not replaced by a new one: a file in the way stays as it is', () =>
    inFolder((dir) => {
      writeFileSync(join(dir, 'keys.json'), 'something else');
      expect(problemOf(() => openKeys(dir, { create: true }))).toBe('damaged');
      expect(readFileSync(join(dir, 'keys.json'), 'utf8')).toBe('something else');
    }));

  it('is not opened under the name of another master key', () =>
    inFolder((dir) => {
      const made = openKeys(dir, { create: true });
      const other = withSum({ kind: 'plain', keyId: made.id, key: randomBytes(32).toString('base64') });
      writeFileSync(join(dir, 'keys.json'), JSON.stringify({ format: 'titipan-keys-1', master: other }));
      expect(problemOf(() => openKeys(dir))).toBe('damaged');
    }));
});

it('a program killed while writing leaves the old file or the new one, and its leftover goes with the next write', () =>
  inFolder(async (dir) => {
    const made = openKeys(dir, { create: true });
    const script = `
      const { openKeys, issueRecoveryCode } = await import(process.argv[1]);
      const keys = openKeys(process.argv[2]);
      process.stdout.write('ready');
      for (;;) issueRecoveryCode(process.argv[2], keys);`;
    const random = seededRandom();
    const source = join(import.meta.dirname, '../../main/engine/seal/keys.ts');
    for (let kill = 0; kill < 10; kill += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, source, dir]);
      await once(child.stdout, 'data');
      await new Promise((goOn) => setTimeout(goOn, random() * 200));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const opened = openKeys(dir);
      expect(bytesOf(opened)).toEqual(bytesOf(made));
      expect(opened.recoveryDamaged).toBe(false);
    }
    writeFileSync(join(dir, 'keys.json.abc.tmp'), 'half a file');
    issueRecoveryCode(dir, openKeys(dir));
    expect(readdirSync(dir)).toEqual(['keys.json']);
  }));

describe('the recovery code', () => {
  it('brings the same keys to another machine, under its keystore, and stays valid there', () =>
    inFolder((dir) => {
      const made = openKeys(dir, { create: true, keystoreSecret });
      expect(made.hasRecovery).toBe(false);
      const code = issueRecoveryCode(dir, made);
      expect(made.hasRecovery).toBe(true);
      expect(openKeys(dir, { keystoreSecret }).hasRecovery).toBe(true);
      const carried = JSON.parse(JSON.stringify(recoveryWrapping(dir))) as unknown;
      const elsewhere = join(dir, 'elsewhere');
      mkdirSync(elsewhere);
      const otherSecret = randomBytes(32);
      const restored = restoreKeys(elsewhere, carried, code.toLowerCase(), { keystoreSecret: otherSecret });
      expect(bytesOf(restored)).toEqual(bytesOf(made));
      expect(restored.hasRecovery).toBe(true);
      expect(bytesOf(openKeys(elsewhere, { keystoreSecret: otherSecret }))).toEqual(bytesOf(made));
      const third = join(dir, 'third');
      mkdirSync(third);
      expect(bytesOf(restoreKeys(third, recoveryWrapping(elsewhere), code))).toEqual(bytesOf(made));
      expect(openKeys(third).wrapping).toBe('plain');
    }));

  it('also opens in place when the keystore is lost or the master part is damaged', () =>
    inFolder((dir) => {
      const made = openKeys(dir, { create: true, keystoreSecret });
      const code = issueRecoveryCode(dir, made);
      const path = join(dir, 'keys.json');
      const parts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      writeFileSync(path, JSON.stringify({ ...parts, master: 'burnt' }));
      expect(problemOf(() => openKeys(dir, { keystoreSecret }))).toBe('damaged');
      expect(bytesOf(restoreKeys(dir, recoveryWrapping(dir), code))).toEqual(bytesOf(made));
      expect(bytesOf(openKeys(dir))).toEqual(bytesOf(made));
    }));

  it('is replaced by a new one: the old no longer opens what the file carries from then on', () =>
    inFolder((dir) => {
      const keys = openKeys(dir, { create: true });
      const first = issueRecoveryCode(dir, keys);
      const backupOfThen = recoveryWrapping(dir);
      const second = issueRecoveryCode(dir, keys);
      expect(second).not.toBe(first);
      expect(problemOf(() => restoreKeys(dir, recoveryWrapping(dir), first))).toBe('wrong-code');
      expect(problemOf(() => restoreKeys(dir, recoveryWrapping(dir), second))).toBe('none');
      expect(problemOf(() => restoreKeys(dir, backupOfThen, first))).toBe('none');
    }));

  it('told apart: mistyped, of another center, and a damaged backup', () =>
    inFolder((dir) => {
      const code = issueRecoveryCode(dir, openKeys(dir, { create: true }));
      const carried = recoveryWrapping(dir);
      const neighbour = join(dir, 'neighbour');
      mkdirSync(neighbour);
      const codeOfNeighbour = issueRecoveryCode(neighbour, openKeys(neighbour, { create: true }));
      const mistyped = (code.startsWith('0') ? '1' : '0') + code.slice(1);
      expect(problemOf(() => restoreKeys(dir, carried, mistyped))).toBe('mistyped-code');
      expect(problemOf(() => restoreKeys(dir, carried, ''))).toBe('mistyped-code');
      expect(problemOf(() => restoreKeys(dir, carried, codeOfNeighbour))).toBe('wrong-code');
      expect(problemOf(() => restoreKeys(dir, { ...carried, salt: 'AAAA' }, code))).toBe('damaged');
      expect(problemOf(() => restoreKeys(dir, undefined, code))).toBe('damaged');
      expect(problemOf(() => restoreKeys(neighbour, carried, code))).toBe('other-key');
      expect(openKeys(neighbour).hasRecovery).toBe(true);
    }));

  it('opens a wrapping with any one byte changed nowhere, even when the checksum was made to fit', () =>
    inFolder((dir) => {
      const code = issueRecoveryCode(dir, openKeys(dir, { create: true }));
      const { sum: _sum, ...carried } = recoveryWrapping(dir);
      const target = join(dir, 'target');
      mkdirSync(target);
      for (const field of ['salt', 'sealed'] as const) {
        const bytes = Buffer.from(carried[field], 'base64');
        for (let place = 0; place < bytes.length; place += 1) {
          const changed = Buffer.from(bytes);
          changed[place] = (changed[place] ?? 0) ^ 0x10;
          const forged = withSum({ ...carried, [field]: changed.toString('base64') });
          expect(problemOf(() => restoreKeys(target, forged, code))).toBe('wrong-code');
        }
      }
      const renamed = withSum({ ...carried, keyId: 'AAAAAAAAAAAAAAAA' });
      expect(problemOf(() => restoreKeys(target, renamed, code))).toBe('wrong-code');
      expect(existsSync(join(target, 'keys.json'))).toBe(false);
    }));

  it('is not issued into the folder of another center', () =>
    inFolder((dir) => {
      const here = openKeys(dir, { create: true });
      const neighbour = join(dir, 'neighbour');
      mkdirSync(neighbour);
      openKeys(neighbour, { create: true });
      expect(problemOf(() => issueRecoveryCode(neighbour, here))).toBe('other-key');
      cpSync(join(dir, 'keys.json'), join(neighbour, 'keys.json'));
      expect(problemOf(() => issueRecoveryCode(neighbour, here))).toBe('none');
    }));
});

it('keys print as nothing in a log', () =>
  inFolder((dir) => {
    const keys = openKeys(dir, { create: true });
    const printed = JSON.stringify(keys);
    for (const secret of bytesOf(keys)) expect(printed).not.toContain(secret);
    expect(printed).toContain(keys.id);
  }));
