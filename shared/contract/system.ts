import { z } from 'zod';
import { operation, query } from './define.ts';
import { limit, text } from './fields.ts';
import { everyRole, office } from './roles.ts';

/** Is the engine there, and what should always be visible: queue, backup age. */
export const systemStatus = operation<{
  version: string;
  seq: number;
  at: number;
  created: boolean;
  printWaiting: number;
  printTrouble: number;
  lastBackupAt: number | null;
  recoveryIssued: boolean;
}>()('system.status', { access: 'anyone', input: z.strictObject({}) });

export type StoredOutcome =
  | { known: false }
  | { known: true; outcome: 'ok'; value: unknown }
  | { known: true; outcome: 'rejected'; name: string; details: unknown };

/** Did this command happen? Asked by a till that lost its answer; never repeats the command. */
export const commandOutcome = query<StoredOutcome>()('command.outcome', {
  access: everyRole,
  input: z.strictObject({ id: z.uuid().lowercase() }),
});

/** A verified backup into DIR/backups (or into another folder), with a manifest. Needs an issued recovery code. */
export const backupTake = operation<{ path: string; seq: number; bytes: number }>()('backup.take', {
  access: office,
  ownerToo: true,
  input: z.strictObject({ into: text(500).optional() }),
  rejections: ['recovery-missing', 'backup-failed'],
});

/** A fresh copy of the books for a checker in another process; the checker removes it. */
export const booksCopy = operation<{ path: string }>()('books.copy', {
  access: 'local',
  input: z.strictObject({}),
  rejections: ['backup-failed'],
});

/** The trial balance of the money accounts: debits and credits of each account code, summed over owners. */
export const booksBalances = query<{
  accounts: { code: string; debitsRupiah: number; creditsRupiah: number }[];
  debitsRupiah: number;
  creditsRupiah: number;
}>()('books.balances', { access: office, input: z.strictObject({}) });

/** The newest journal rows, for the auditor's eye. Inputs stay in the journal. */
export const journalList = query<{
  rows: {
    seq: number;
    id: string;
    name: string;
    actor: string | null;
    at: number;
    day: string;
    outcome: string;
  }[];
}>()('journal.list', { access: office, input: z.strictObject({ limit, before: z.int().min(1).optional() }) });
