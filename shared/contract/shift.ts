import { z } from 'zod';
import { command, query } from './define.ts';
import { amountRupiah, code, id, text } from './fields.ts';
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
  input: z.strictObject({ shift: id, countedRupiah: amountRupiah }),
  rejections: ['shift-not-open', 'not-your-shift', 'drawer-is-safe', 'variance-needs-approval'],
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

/** What a closed or open shift took in and gave out. For the office: it shows the expected cash. */
export const shiftSummary = query<{
  shift: number;
  number: string | null;
  username: string;
  drawerCode: string;
  day: string;
  openedAt: number;
  closedAt: number | null;
  floatRupiah: number;
  sales: number;
  salesRupiah: number;
  roundingRupiah: number;
  expectedRupiah: number;
  countedRupiah: number | null;
  differenceRupiah: number | null;
}>()('shift.summary', {
  access: office,
  input: z.strictObject({ shift: id }),
  rejections: ['shift-not-open'],
});
