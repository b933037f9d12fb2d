import { z } from 'zod';
import { command, operation } from './define.ts';
import { id } from './fields.ts';
import { everyRole, office } from './roles.ts';

export const printerAddress = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().regex(/^[A-Za-z0-9._:-]{1,253}$/),
    port: z.int().min(1).max(65535).default(9100),
    /** Most printers close the connection after a job; false for one that keeps it open and prints all the same. */
    closesAfterJob: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1).max(500) }),
]);

/** A drawer's printer as it is set up. */
export interface PrinterView {
  address: z.output<typeof printerAddress>;
  paperMm: 58 | 80;
  profile: 'epson' | 'simple58';
  kick: boolean;
}

/** The printer beside a drawer: where it is, how wide its paper is, what it understands. */
export const printerSet = command<{ printer: number }>()('printer.set', {
  access: office,
  input: z.strictObject({
    drawer: id,
    address: printerAddress,
    paperMm: z.union([z.literal(58), z.literal(80)]),
    profile: z.enum(['epson', 'simple58']),
    /** Opens the drawer with each cash receipt. */
    kick: z.boolean().default(true),
  }),
  rejections: ['drawer-unknown'],
});

export interface PrintJobView {
  seq: number;
  n: number;
  kind: string;
  number: string | null;
  drawerCode: string;
  state: 'queued' | 'sending' | 'sent' | 'retry' | 'unconfirmed' | 'failed' | 'dismissed';
  attempts: number;
  problem: string | null;
  updatedAt: number;
}

/** Jobs that still want something of somebody, oldest first, and how many of each. */
export const printJobs = operation<{
  waiting: number;
  unconfirmed: number;
  failed: number;
  jobs: PrintJobView[];
}>()('print.jobs', { access: everyRole, input: z.strictObject({}) });

/** A person looked and wants it on paper again: marked SALINAN when it may have come out before. */
export const printResend = operation<Record<string, never>>()('print.resend', {
  access: everyRole,
  input: z.strictObject({ seq: id, n: z.int().min(0).max(100) }),
  rejections: ['job-unknown', 'job-state', 'no-printer'],
});

export const printDismiss = operation<Record<string, never>>()('print.dismiss', {
  access: everyRole,
  input: z.strictObject({ seq: id, n: z.int().min(0).max(100) }),
  rejections: ['job-unknown', 'job-state'],
});

/** Prints a test page on a drawer's printer and waits for what the printer says. */
export const printTest = operation<{ result: 'sent' | 'unconfirmed' | 'failed'; problem: string | null }>()(
  'print.test',
  { access: office, input: z.strictObject({ drawer: id }), rejections: ['no-printer'] },
);
