import { z } from 'zod';
import { command, query } from './define.ts';
import { amountRupiah, day, rateBps, text, username } from './fields.ts';
import { personal, pin } from './personal.ts';
import { everyRole, office, type Role } from './roles.ts';

/** How the cash part of a bill is rounded. Step 0: not at all. */
export const cashRounding = z.strictObject({
  stepRupiah: z.union([z.literal(0), z.literal(50), z.literal(100), z.literal(500), z.literal(1000)]),
  mode: z.enum(['down', 'nearest', 'up']),
});

/** Zones of Indonesia have no summer time: WIB +420, WITA +480, WIT +540 minutes. */
export const utcOffsetMinutes = z.union([z.literal(420), z.literal(480), z.literal(540)]);

/** First command of every database: the center, its first administrator, the till drawer K1 and the safe. */
export const centerCreate = command<{ admin: number; drawer: number; safe: number }>()('center.create', {
  access: 'setup',
  input: z.strictObject({
    name: text(60),
    address: text(120).optional(),
    phone: text(30).optional(),
    operator: text(80).optional(),
    receiptFooter: text(120).optional(),
    utcOffsetMinutes: utcOffsetMinutes.default(420),
    cashRounding: cashRounding.default({ stepRupiah: 100, mode: 'down' }),
    /** false lets one person prepare and approve a settlement: for centers run by one person. */
    twoPersonSettlement: z.boolean().default(true),
    /** Blind counts off by more than this need a second person at closing. */
    varianceLimitRupiah: amountRupiah.default(50_000),
    admin: z.strictObject({ username, name: personal('text', 80), pin: pin() }),
  }),
  rejections: ['pin-too-short', 'pin-too-simple'],
});

export interface CenterView {
  created: boolean;
  name: string;
  address: string | null;
  phone: string | null;
  operator: string | null;
  receiptFooter: string | null;
  utcOffsetMinutes: number;
  cashRounding: { stepRupiah: number; mode: 'down' | 'nearest' | 'up' };
  twoPersonSettlement: boolean;
  varianceLimitRupiah: number;
  settings: CenterSettings;
  day: string;
}

/** What a center decides about itself besides its name; each has a default that is written out. */
export interface CenterSettings {
  commissionLabel: string;
  /** The merchant's printed QRIS, from which the code of each ticket is made. */
  qrisStatic: string | null;
  /** true: a shown code is enough to complete a sale; false: the cashier must have seen the provider's notification. */
  qrisShownSuffices: boolean;
  /** An unmatched QRIS payment keeps the lines of its sale out of payouts, for at most so many days. */
  holdUnmatchedQris: boolean;
  qrisReleaseDays: number;
  /** Shares of sales younger than this are held: 0 holds nothing. */
  returnWindowDays: number;
  minimumPayoutRupiah: number;
  payoutFeeRupiah: number;
  stampFromRupiah: number;
  stampDutyRupiah: number;
  /** A cashier may give discounts up to this part of a sale; above it a supervisor says yes. */
  cashierDiscountBps: number;
}

/** What the sign-in screen needs: whose till this is and who may sign in. No personal data. */
export const centerFront = query<{
  created: boolean;
  name: string;
  users: { username: string; role: Role }[];
}>()('center.front', { access: 'anyone', input: z.strictObject({}) });

export const centerGet = query<CenterView>()('center.get', { access: everyRole, input: z.strictObject({}) });

/** A manager looked at the clock and says it is right: posting goes on from the clock as it stands. */
export const clockConfirm = command<{ at: number }>()('clock.confirm', {
  access: office,
  evenIfClockDoubtful: true,
  input: z.strictObject({}),
});

/** Changes what is given, null takes it away, the rest stays; the version before stays in the books. */
export const centerChange = command<{ center: number }>()('center.change', {
  access: ['admin'],
  input: z.strictObject({
    name: text(60).optional(),
    address: text(120).nullable().optional(),
    phone: text(30).nullable().optional(),
    receiptFooter: text(120).nullable().optional(),
    cashRounding: cashRounding.optional(),
    twoPersonSettlement: z.boolean().optional(),
    varianceLimitRupiah: amountRupiah.optional(),
    commissionLabel: text(20).optional(),
    /** Exactly as it was scanned: its lengths and its checksum are checked. */
    qrisStatic: z.string().max(512).nullable().optional(),
    qrisShownSuffices: z.boolean().optional(),
    holdUnmatchedQris: z.boolean().optional(),
    qrisReleaseDays: z.int().min(0).max(60).optional(),
    returnWindowDays: z.int().min(0).max(60).optional(),
    minimumPayoutRupiah: amountRupiah.optional(),
    payoutFeeRupiah: amountRupiah.optional(),
    stampFromRupiah: amountRupiah.optional(),
    stampDutyRupiah: amountRupiah.optional(),
    cashierDiscountBps: rateBps.optional(),
    /** Collecting VAT is not in this version: anything but false is refused by name. */
    pkp: z.boolean().optional(),
  }),
  rejections: ['pkp-not-available', 'qris-unreadable'],
});

/** Who runs the center from a day on: a dinas, a cooperative, a company. Papers of earlier days keep theirs. */
export const operatorSet = command<{ operator: number }>()('operator.set', {
  access: ['admin'],
  input: z.strictObject({
    name: text(80),
    from: day.optional(),
    /** Number of the decision or contract that says so. */
    decree: text(80).optional(),
  }),
  rejections: ['operator-not-rising'],
});

/** Latest start first. */
export const operatorList = query<{
  operators: { name: string; from: string; decree: string | null }[];
}>()('operator.list', { access: everyRole, input: z.strictObject({}) });
