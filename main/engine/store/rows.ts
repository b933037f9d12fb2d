import type { UserView } from '../../../shared/contract/people.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { type BusinessDay, businessDayAt } from '../../../shared/domain/calendar.ts';
import type { CashStep, RoundingMode } from '../../../shared/domain/tender.ts';
import type { Statements } from './statements.ts';

/** The questions about the books that more than one handler asks. Each takes the state as it is at that moment. */

export interface CenterRow {
  seq: number;
  name: string;
  address: string | null;
  phone: string | null;
  /** Who runs it since the first day; later ones are in `operator`. */
  operator: string | null;
  receipt_footer: string | null;
  utc_offset_minutes: number;
  rounding_step: CashStep;
  rounding_mode: RoundingMode;
  two_person_settlement: 0 | 1;
  variance_limit: number;
  commission_label: string;
  qris_static: string | null;
  qris_shown_suffices: 0 | 1;
  hold_unmatched_qris: 0 | 1;
  qris_release_days: number;
  return_window_days: number;
  minimum_payout: number;
  payout_fee: number;
  stamp_from: number;
  stamp_duty: number;
  cashier_discount_bps: number;
}

/**
 * The center as its newest version says, or undefined before the first command. Settings that were never made have
 * their defaults here: the one place where they are written.
 */
export function centerRow(sql: Statements): CenterRow | undefined {
  return sql.kept<CenterRow>(
    ['center'],
    `SELECT seq, name, address, phone, operator, receipt_footer, utc_offset_minutes, rounding_step, rounding_mode,
       two_person_settlement, variance_limit, coalesce(commission_label, 'Potongan') AS commission_label, qris_static,
       coalesce(qris_shown_suffices, 0) AS qris_shown_suffices, coalesce(hold_unmatched_qris, 0) AS hold_unmatched_qris,
       coalesce(qris_release_days, 7) AS qris_release_days, coalesce(return_window_days, 0) AS return_window_days,
       coalesce(minimum_payout, 0) AS minimum_payout, coalesce(payout_fee, 0) AS payout_fee,
       coalesce(stamp_from, 5000000) AS stamp_from, coalesce(stamp_duty, 10000) AS stamp_duty,
       coalesce(cashier_discount_bps, 1000) AS cashier_discount_bps
     FROM center ORDER BY seq DESC LIMIT 1`,
  );
}

/** Who runs the center on a day: the latest start that is not after it; before any, who the center was made with. */
export function operatorOn(sql: Statements, day: string): string | null {
  const dated = sql.kept<{ name: string }>(
    ['operator'],
    'SELECT name FROM operator WHERE from_day <= ? ORDER BY from_day DESC, seq DESC LIMIT 1',
    day,
  );
  return dated?.name ?? centerRow(sql)?.operator ?? null;
}

/** The center's date at a moment; UTC's before there is a center. */
export function dayAt(sql: Statements, at: number): BusinessDay {
  return businessDayAt(at, centerRow(sql)?.utc_offset_minutes ?? 0);
}

export interface UserRow {
  id: number;
  username: string;
  role: Role;
  /** 0: may not sign in and has no sessions. */
  active: 0 | 1;
  person: string | null;
}

export function userById(sql: Statements, user: number): UserRow | undefined {
  return sql.kept<UserRow>(
    ['user', 'user_change'],
    'SELECT id, username, role, active, person FROM user_now WHERE id = ?',
    user,
  );
}

export function userByName(sql: Statements, username: string): UserRow | undefined {
  return sql.kept<UserRow>(
    ['user', 'user_change'],
    'SELECT id, username, role, active, person FROM user_now WHERE username = ?',
    username,
  );
}

/** What others may know of a user. */
export function userView({ id, username, role, active }: UserRow): UserView {
  return { user: id, username, role, active: active === 1 };
}

/** The hash of the user's newest PIN. */
export function pinOf(sql: Statements, user: number): string | undefined {
  return sql.value<string>('SELECT pin FROM user_pin WHERE user = ? ORDER BY seq DESC LIMIT 1', user);
}

export interface VendorRow {
  id: number;
  code: string;
  name: string;
  bank_code: string | null;
  vendor_group: number | null;
  active: 0 | 1;
  /** JSON of the settlement cycle (shared/contract/vendor.ts), null: on request. */
  cycle: string | null;
}

export function vendorById(sql: Statements, vendor: number): VendorRow | undefined {
  return sql.kept<VendorRow>(
    ['vendor', 'vendor_version'],
    'SELECT id, code, name, bank_code, vendor_group, active, cycle FROM vendor_now WHERE id = ?',
    vendor,
  );
}

export interface ProductRow {
  id: number;
  vendor: number;
  name: string;
  category: string | null;
  unit: string;
  active: 0 | 1;
  discountable: 0 | 1;
  /** Bought outright: everything a buyer pays is the center's. */
  own: 0 | 1;
}

export function productById(sql: Statements, product: number): ProductRow | undefined {
  return sql.kept<ProductRow>(
    ['product', 'product_version'],
    'SELECT id, vendor, name, category, unit, active, discountable, own FROM product_now WHERE id = ?',
    product,
  );
}

export interface PriceRow {
  price: number;
  net_price: number | null;
  cost: number | null;
}

/** The price in force: the newest version. */
export function priceOf(sql: Statements, product: number): PriceRow | undefined {
  return sql.kept<PriceRow>(
    ['price'],
    'SELECT price, net_price, cost FROM price WHERE product = ? ORDER BY id DESC LIMIT 1',
    product,
  );
}

export interface DrawerRow {
  id: number;
  code: string;
  name: string;
  is_safe: 0 | 1;
}

export function drawerById(sql: Statements, drawer: number): DrawerRow | undefined {
  return sql.kept<DrawerRow>(['drawer'], 'SELECT id, code, name, is_safe FROM drawer WHERE id = ?', drawer);
}

/** The center's safe; there is one. */
export function safeDrawer(sql: Statements): DrawerRow | undefined {
  return sql.kept<DrawerRow>(
    ['drawer'],
    'SELECT id, code, name, is_safe FROM drawer WHERE is_safe = 1 ORDER BY id LIMIT 1',
  );
}

/** The drawer itself where it has a printer, else the first drawer that has one. */
export function drawerToPrintAt(sql: Statements, drawer: number): number {
  const at = sql.kept<{ drawer: number }>(
    ['printer'],
    'SELECT drawer FROM printer ORDER BY drawer <> ?, drawer LIMIT 1',
    drawer,
  );
  return at?.drawer ?? drawer;
}

export interface ShiftRow {
  seq: number;
  drawer: number;
  user: number;
  day: BusinessDay;
  at: number;
  float: number;
  closed: number | null;
}

const SHIFT = `SELECT shift.seq, drawer, user, day, at, float, shift_close.seq AS closed
  FROM shift LEFT JOIN shift_close ON shift_close.shift = shift.seq`;

export function shiftBySeq(sql: Statements, shift: number): ShiftRow | undefined {
  return sql.kept<ShiftRow>(['shift', 'shift_close', 'drawer'], `${SHIFT} WHERE shift.seq = ?`, shift);
}

/** The shift a drawer is in now. A drawer's shifts follow one another, so only its last can be open. */
export function openShiftOfDrawer(sql: Statements, drawer: number): ShiftRow | undefined {
  const last = sql.kept<ShiftRow>(
    ['shift', 'shift_close', 'drawer'],
    `${SHIFT} WHERE drawer = ? ORDER BY shift.seq DESC LIMIT 1`,
    drawer,
  );
  return last?.closed === null ? last : undefined;
}

/** The till shift a person is in now; the safe's shift does not count. */
export function openShiftOfUser(sql: Statements, user: number): ShiftRow | undefined {
  const last = sql.kept<ShiftRow>(
    ['shift', 'shift_close', 'drawer'],
    `${SHIFT} WHERE user = ? AND drawer IN (SELECT id FROM drawer WHERE is_safe = 0) ORDER BY shift.seq DESC LIMIT 1`,
    user,
  );
  return last?.closed === null ? last : undefined;
}
