import { z } from 'zod';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, amountRupiah, code, id, limit, memo, text } from './fields.ts';
import type { PrinterView } from './printing.ts';
import { everyRole, office } from './roles.ts';

export const drawerCreate = command<{ drawer: number }>()('drawer.create', {
  access: ['admin'],
  input: z.strictObject({ code, name: text(40) }),
  rejections: ['drawer-code-taken'],
});

export interface DrawerView {
  drawer: number;
  code: string;
  name: string;
  isSafe: boolean;
  /** Nothing in it: a float cannot come from an empty safe. */
  isEmpty: boolean;
  printer: PrinterView | null;
  shift: number | null;
  openedBy: string | null;
  openedAt: number | null;
}

export const drawerList = query<{ drawers: DrawerView[] }>()('drawer.list', {
  access: everyRole,
  input: z.strictObject({}),
});

/** A shift that runs longer than this is yesterday's, forgotten: its cash is counted before it goes on. */
export const LONGEST_SHIFT_MS = 20 * 60 * 60 * 1000;

/**
 * Opens a drawer for the caller. What the drawer holds already counts towards the float; the rest comes from the safe,
 * or is money brought in from outside the books (`opening`).
 */
export const shiftOpen = command<{ shift: number; day: string }>()('shift.open', {
  access: everyRole,
  input: z.strictObject({
    drawer: id,
    floatRupiah: amountRupiah,
    floatFrom: z.enum(['safe', 'opening']).default('safe'),
  }),
  rejections: ['drawer-unknown', 'drawer-is-safe', 'drawer-busy', 'shift-already-open', 'drawer-short'],
});

/** Rupiah notes and coins in use, largest first. */
export const denominationsRupiah = [
  100_000, 75_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50,
] as const;

/** Notes and coins as they were counted; together they are the counted cash. */
const denominations = z
  .array(
    z.strictObject({
      valueRupiah: z.literal(denominationsRupiah),
      pieces: z.int().min(1).max(100_000),
    }),
  )
  .max(12)
  .refine(
    (list) => new Set(list.map(({ valueRupiah }) => valueRupiah)).size === list.length,
    'a value twice',
  );

/**
 * Blind close: the counted cash is told before the expected figure is known. The difference goes to over-short, all
 * of the counted cash to the safe. A difference above the center's limit needs a second person.
 */
export const shiftClose = command<{
  expectedRupiah: number;
  countedRupiah: number;
  differenceRupiah: number;
  number: string;
}>()('shift.close', {
  access: everyRole,
  dayOf: 'shift',
  input: z.strictObject({ shift: id, countedRupiah: amountRupiah, denominations: denominations.optional() }),
  rejections: [
    'shift-not-open',
    'not-your-shift',
    'drawer-is-safe',
    'denominations-differ',
    'variance-needs-approval',
  ],
});

export interface ShiftView {
  shift: number;
  drawer: number;
  drawerCode: string;
  drawerName: string;
  openedAt: number;
  day: string;
  floatRupiah: number;
  sales: number;
  hasPrinter: boolean;
}

/** The caller's own open shift, without the figure a blind count must not know. */
export const shiftCurrent = query<{ shift: ShiftView | null }>()('shift.current', {
  access: everyRole,
  input: z.strictObject({}),
});

/**
 * What moved a drawer's cash since its shift began; the safe's, since it was last counted. Each figure is 0 or more
 * unless something earlier was taken back since. expected = float + sales − refunds + in − out − drops − payouts
 * − purchases − to buyers + from vendors + from drawers − to drawers; it is what the cash account itself holds.
 */
export interface CashFigures {
  /** With what it began; of the safe, what was counted last. */
  floatRupiah: number;
  /** Tendered less change. */
  salesCashRupiah: number;
  refundsCashRupiah: number;
  inRupiah: number;
  outRupiah: number;
  /** From this drawer to the safe while the shift goes on. */
  dropsRupiah: number;
  payoutsRupiah: number;
  /** Own goods paid in cash. */
  purchasesRupiah: number;
  /** Refunds of other tenders that were paid in cash afterwards. */
  buyerPaymentsRupiah: number;
  vendorPaymentsRupiah: number;
  /** Of the safe: drops, and counted cash of closed drawers. */
  fromDrawersRupiah: number;
  /** Of the safe: floats, and change money that a till in use was short of. */
  toDrawersRupiah: number;
  expectedRupiah: number;
}

/**
 * What a closed or open shift took in and gave out (X and Z report). For the office: it shows the expected cash.
 * Sales count whole; what came back of them stands apart.
 */
export const shiftSummary = query<
  CashFigures & {
    shift: number;
    number: string | null;
    username: string;
    drawerCode: string;
    day: string;
    openedAt: number;
    closedAt: number | null;
    sales: number;
    salesRupiah: number;
    roundingRupiah: number;
    /** Taken by other means than cash, by kind. */
    tenders: { kind: string; amountRupiah: number }[];
    refunds: number;
    refundsRupiah: number;
    countedRupiah: number | null;
    differenceRupiah: number | null;
    /** As counted at the closing, largest first; empty where only the sum was told. */
    denominations: { valueRupiah: number; pieces: number }[];
  }
>()('shift.summary', {
  access: office,
  input: z.strictObject({ shift: id }),
  rejections: ['shift-not-open'],
});

/** A closed shift, as a list shows it. */
export interface ClosedShiftView {
  shift: number;
  /** The document of its closing, for `document.reprint` and `print.preview`. */
  closing: number;
  /** The closing's number on its paper. */
  number: string;
  drawer: number;
  drawerCode: string;
  /** Whose shift it was; another person may have counted it. */
  username: string;
  day: string;
  openedAt: number;
  closedAt: number;
  countedRupiah: number;
  expectedRupiah: number;
  /** Counted less expected. */
  differenceRupiah: number;
}

/**
 * Closed shifts, the newest closing first: a cashier's own, for the office everybody's. `before` in the answer is what
 * to ask with for the older ones; null when there are none.
 */
export const shiftList = query<{ shifts: ClosedShiftView[]; before: number | null }>()('shift.list', {
  access: everyRole,
  input: z.strictObject({ before: id.optional(), limit }),
});

/**
 * The figures of an open shift on paper (X report), as they stand at this moment; nothing is closed. It shows the
 * expected cash, so a cashier needs a supervisor's yes: the closing count stays blind.
 */
export const shiftReport = command<{ report: number; number: string }>()('shift.report', {
  access: everyRole,
  dayOf: 'shift',
  input: z.strictObject({ shift: id }),
  rejections: ['shift-not-open', 'not-your-shift', 'drawer-is-safe', 'no-printer', 'approval-needed'],
});

/**
 * Where cash that comes in without a sale comes from, and where cash that goes out goes. Into the safe it goes by
 * `cash.drop`.
 */
export const cashInKinds = ['other-income', 'bank', 'opening', 'safe'] as const;
export const cashOutKinds = ['expense', 'bank'] as const;

const cashRejections = ['shift-not-open', 'not-your-shift', 'drawer-short'] as const;

/**
 * Money into a drawer or the safe: income besides sales, from the bank, or the owner's own (`opening`). Change money
 * from the `safe` comes into a till only, and by the same people as its float: whoever holds the till answers for it.
 */
export const cashIn = command<{ move: number; number: string }>()('cash.in', {
  access: everyRole,
  // Since version 2 a slip is printed.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({ shift: id, amountRupiah: amountAboveZeroRupiah, kind: z.enum(cashInKinds), memo }),
  rejections: [...cashRejections, 'drawer-is-safe'],
});

/** Money out of a drawer or the safe: an expense by category, or to the bank. */
export const cashOut = command<{ move: number; number: string }>()('cash.out', {
  access: everyRole,
  // Since version 2 a slip is printed.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({
    shift: id,
    amountRupiah: amountAboveZeroRupiah,
    kind: z.enum(cashOutKinds),
    /** Of an expense: what for, such as `listrik`; its own account. */
    category: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,29}$/)
      .default('lain'),
    memo,
  }),
  rejections: cashRejections,
});

/** Money from a drawer into the safe while the shift goes on. */
export const cashDrop = command<{ move: number; number: string }>()('cash.drop', {
  access: everyRole,
  // Since version 2 a slip is printed.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({ shift: id, amountRupiah: amountAboveZeroRupiah }),
  rejections: [...cashRejections, 'drawer-is-safe'],
});

/** Blind count of the safe, which never closes: the difference goes to over-short. */
export const safeCount = command<{
  expectedRupiah: number;
  countedRupiah: number;
  differenceRupiah: number;
  number: string;
}>()('safe.count', {
  access: office,
  input: z.strictObject({ countedRupiah: amountRupiah, denominations: denominations.optional() }),
  rejections: ['denominations-differ', 'variance-needs-approval'],
});

/** Where a drawer's cash stands now, figure by figure. Without an open shift it holds nothing. */
export const drawerState = query<
  CashFigures & {
    drawer: number;
    shift: number | null;
    /** Newest count of the safe; null for another drawer, and before the first. */
    lastCount: { number: string; day: string; countedRupiah: number; differenceRupiah: number } | null;
  }
>()('drawer.state', {
  access: office,
  input: z.strictObject({ drawer: id }),
  rejections: ['drawer-unknown'],
});

/** Cash moved by hand, newest first. */
export const cashList = query<{
  moves: {
    move: number;
    number: string;
    day: string;
    shift: number;
    drawerCode: string;
    username: string;
    direction: 'in' | 'out' | 'drop';
    /** Of in and out: the other side (`cashInKinds`, `cashOutKinds`); of a drop: `safe`. */
    kind: string;
    category: string | null;
    amountRupiah: number;
    memo: string;
    reversed: boolean;
  }[];
}>()('cash.list', { access: office, input: z.strictObject({ shift: id.optional(), limit }) });
