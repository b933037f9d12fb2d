/**
 * What must hold when the narrow path has been walked, asked of the program's own command line: the books verify and
 * replay, every account has the balance that was worked out by hand, and no secret lies in any file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runVerb } from '../support/command-line.ts';
import { COMMANDS, OWED, PINS, SECRETS } from './figures.ts';

/** Money at the end, rupiah, debit positive: what each account code must come to, all its owners together. */
const BALANCES: Readonly<Record<string, number>> = {
  // 200.000 brought in, 95.000 taken for goods, 45.500 paid out.
  cash: 249_500,
  opening: -200_000,
  vendor: -OWED.wulan,
  commission: -25_500,
};

/** Verifies, replays and balances a data folder, whether an engine runs on it or not. */
export async function expectSoundBooks(dataDir: string): Promise<void> {
  await expectSoundCopy(dataDir, { commands: COMMANDS.whole });
  const { json } = await runVerb(['call', 'books.balances', '{}', '--as', 'bagus', '--data', dataDir], {
    env: { TITIPAN_PIN: PINS.bagus },
  });
  expect(json).toMatchObject({ outcome: 'ok' });
  const { accounts, debitsRupiah, creditsRupiah } = json.value;
  expect(debitsRupiah).toBe(creditsRupiah);
  const balances = accounts.map((account: Account) => [
    account.code,
    account.debitsRupiah - account.creditsRupiah,
  ]);
  const notEmpty = balances.filter(([, rupiah]: [string, number]) => rupiah !== 0);
  expect(Object.fromEntries(notEmpty)).toEqual(BALANCES);
  await expectOwed(dataDir);
}

interface Account {
  code: string;
  debitsRupiah: number;
  creditsRupiah: number;
}

async function expectOwed(dataDir: string): Promise<void> {
  const { json } = await runVerb(['call', 'vendor.list', '{}', '--as', 'bagus', '--data', dataDir], {
    env: { TITIPAN_PIN: PINS.bagus },
  });
  const owed = json.value.vendors.map((vendor: { code: string; balanceRupiah: number }) => [
    vendor.code,
    vendor.balanceRupiah,
  ]);
  expect(Object.fromEntries(owed)).toEqual({ 'BU-01': 0, 'DW-02': OWED.wulan });
}

/** Verifies and replays a data folder, or a backup where `backup` names one, and counts the commands in it. */
export async function expectSoundCopy(
  dataDir: string,
  { commands, backup }: { commands: number; backup?: string },
): Promise<void> {
  const place = backup === undefined ? [] : [backup];
  const verified = await runVerb(['verify', '--data', dataDir, ...place]);
  expect(verified.json).toMatchObject({ ok: true, problems: [] });
  const replayed = await runVerb(['replay', '--data', dataDir, ...place]);
  expect(replayed.json).toMatchObject({ ok: true, differences: [], commands });
}

/**
 * Fails when a PIN, the recovery code or anything personal that was typed in lies in a file or text. What is no
 * secret must be found, or the search went past the files that matter.
 */
export function expectNoSecret(
  { recoveryCode }: { recoveryCode: string },
  folders: readonly string[],
  output: string,
): void {
  const secrets = [...SECRETS, recoveryCode, recoveryCode.replaceAll('-', '')];
  const { findings, files } = findSecrets(secrets, folders, { output });
  expect(findings).toEqual([]);
  expect(findSecrets(['Keripik usus'], folders).findings.length).toBeGreaterThan(0);
  console.info(`${secrets.length} secrets in ${files} files: 0 found`);
}

/** Where a secret was found, and in which form. */
export interface Finding {
  file: string;
  secret: string;
  form: string;
}

/** Looks through every file below some folders, and through texts, for secrets in any of their usual forms. */
export function findSecrets(
  secrets: readonly string[],
  folders: readonly string[],
  texts: Readonly<Record<string, string>> = {},
): { findings: Finding[]; files: number } {
  const forms = secrets.flatMap((secret) => formsOf(secret).map((form) => ({ secret, ...form })));
  const findings: Finding[] = [];
  const look = (file: string, bytes: Buffer) => {
    for (const { secret, form, needle } of forms) {
      if (bytes.includes(needle)) findings.push({ file, secret, form });
    }
  };
  let files = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files += 1;
      look(file, contentOf(file));
    }
  }
  for (const [name, text] of Object.entries(texts)) look(name, Buffer.from(text));
  return { findings, files };
}

/** A browser at work may have removed a file since it was listed: then it holds nothing. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function formsOf(secret: string): { form: string; needle: Buffer }[] {
  const plain = Buffer.from(secret, 'utf8');
  const hex = plain.toString('hex');
  return [
    { form: 'plain', needle: plain },
    { form: 'UTF-16', needle: Buffer.from(secret, 'utf16le') },
    { form: 'hex', needle: Buffer.from(hex) },
    { form: 'hex, upper case', needle: Buffer.from(hex.toUpperCase()) },
    ...[0, 1, 2].map((offset) => ({ form: `base64 at ${offset}`, needle: base64At(plain, offset) })),
  ];
}

/** The base64 characters that these bytes alone decide when they stand `offset` bytes after a group of three. */
function base64At(bytes: Buffer, offset: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const BITS = 6;
  const first = Math.ceil((offset * 8) / BITS);
  const end = Math.floor(((offset + bytes.length) * 8) / BITS);
  return Buffer.from(text.slice(first, end));
}
