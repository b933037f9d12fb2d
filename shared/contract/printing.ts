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

/** What a printer of another make can do, where no profile fits. */
export const customProfile = z.strictObject({
  /** Dots across the paper, a multiple of 8: 384 on 58 mm, 512 or 576 on 80 mm. */
  dots: z.int().min(192).max(1152).multipleOf(8),
  /** The n of `ESC t n`: the same code page has another number on other makes. */
  codePage: z.int().min(0).max(255),
  cut: z.boolean(),
  /** Pin of the drawer plug that is pulsed. */
  kickPin: z.union([z.literal(2), z.literal(5)]),
  /** Knows the raster command `GS v 0`; without it codes are left out of the paper, their numbers are not. */
  raster: z.boolean(),
});

/** A drawer's printer as it is set up. */
export interface PrinterView {
  address: z.output<typeof printerAddress>;
  paperMm: 58 | 80;
  profile: 'epson' | 'simple58' | 'custom';
  /** Characters on a line. */
  columns: number;
  /** Answers the status question: paper out is then known, and a job that was answered surely came out. */
  answersStatus: boolean;
  custom: z.output<typeof customProfile> | null;
  kick: boolean;
  /** The drawer whose printer takes over what this one surely did not print. */
  fallback: number | null;
}

/** The printer beside a drawer: where it is, how wide its paper is, what it understands. */
export const printerSet = command<{ printer: number }>()('printer.set', {
  access: office,
  input: z
    .strictObject({
      drawer: id,
      address: printerAddress,
      paperMm: z.union([z.literal(58), z.literal(80)]),
      profile: z.enum(['epson', 'simple58', 'custom']),
      /** Characters on a line; what the paper's width says when left out (32 or 48). */
      columns: z.int().min(24).max(96).optional(),
      answersStatus: z.boolean().optional(),
      custom: customProfile.optional(),
      /** Opens the drawer with each cash receipt. */
      kick: z.boolean().default(true),
      fallback: id.optional(),
    })
    .refine(({ profile, custom }) => (profile === 'custom') === (custom !== undefined), {
      path: ['custom'],
      message: 'a custom profile says what the printer can do, another does not',
    })
    .refine(({ drawer, fallback }) => drawer !== fallback, { path: ['fallback'], message: 'itself' }),
  rejections: ['drawer-unknown'],
});

/** What can be put on paper. Each has its deadline: main/engine/printing/jobs.ts. */
export const paperKinds = [
  'receipt',
  'refund-slip',
  'cash-slip',
  'qris-slip',
  'ticket-slip',
  'shift-report',
  'shift-slip',
  'payout-slip',
  'label',
] as const;
export type PaperKind = (typeof paperKinds)[number];

/**
 * Puts a committed document on paper once more, marked SALINAN: a receipt, a refund, cash moved by hand, a closing, a
 * payout. `document` is the number of its journal row, as its command answered it. Papers of the office (closings,
 * payouts) need a supervisor's yes where a cashier asks.
 */
export const documentReprint = command<{ kind: PaperKind }>()('document.reprint', {
  access: everyRole,
  input: z.strictObject({ document: id, drawer: id }),
  rejections: ['document-unknown', 'drawer-unknown', 'no-printer', 'approval-needed'],
});

export const MAX_LABELS = 200;

/**
 * Labels with name, price and EAN on a receipt printer: of a product, or of one of its batches with its date. A
 * product without an EAN of its own gets the center's EAN-13 by it.
 */
export const labelPrint = command<{ labels: number; barcode: string }>()('label.print', {
  access: office,
  input: z.strictObject({
    product: id,
    batch: id.optional(),
    copies: z.int().min(1).max(MAX_LABELS),
    drawer: id,
  }),
  rejections: ['product-unknown', 'batch-unknown', 'drawer-unknown', 'no-printer', 'barcode-taken'],
});

export interface PrintJobView {
  seq: number;
  n: number;
  kind: PaperKind;
  number: string | null;
  /** The drawer whose printer the job is at: its own, or the one that took over. */
  drawerCode: string;
  state: 'queued' | 'sending' | 'sent' | 'retry' | 'unconfirmed' | 'failed' | 'dismissed';
  attempts: number;
  problem: string | null;
  updatedAt: number;
  /** How many labels were asked for; null for any other paper. */
  labels: number | null;
  /** How many of them are out: what is printed next, by itself or by a person, begins behind them. */
  labelsOut: number;
}

/** How a printer stands, by what came of its newest job. `trouble`: the newest try did not come out. */
export interface PrinterStateView {
  drawer: number;
  drawerCode: string;
  state: 'fine' | 'working' | 'trouble' | 'untried';
  problem: string | null;
  waiting: number;
}

/** Jobs that still want something of somebody, oldest first, how many of each, and how each printer stands. */
export const printJobs = operation<{
  waiting: number;
  unconfirmed: number;
  failed: number;
  jobs: PrintJobView[];
  printers: PrinterStateView[];
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

/**
 * The bytes that a printer gets, for a picture of the paper: of a job, of a document as `document.reprint` would print
 * it, of a printer's test page, or of one label as `label.print` would print it now. The picture is decoded from these very bytes (shared/domain/escpos-reading.ts).
 * A read, but one that lays paper out, as the queue does.
 */
export const printPreview = operation<{
  /** Base64. */
  bytes: string;
  columns: number;
  /** Across the paper. */
  dots: number;
  kind: PaperKind | 'test-page';
}>()('print.preview', {
  access: everyRole,
  input: z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('job'), seq: id, n: z.int().min(0).max(100) }),
    z.strictObject({ of: z.literal('document'), document: id, drawer: id }),
    z.strictObject({ of: z.literal('test-page'), drawer: id }),
    z.strictObject({ of: z.literal('label'), product: id, batch: id.optional(), drawer: id }),
  ]),
  rejections: ['job-unknown', 'document-unknown', 'no-printer'],
});
