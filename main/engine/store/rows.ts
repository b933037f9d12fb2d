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
  operator: string | null;
  receipt_footer: string | null;
  utc_offset_minutes: number;
  rounding_step: CashStep;
  rounding_mode: RoundingMode;
  two_person_settlement: 0 | 1;
  variance_limit: number;
}

/** The center as its newest version says, or undefined before the first command. */
export function centerRow(sql: Statements): CenterRow | undefined {
  return sql.kept<CenterRow>(['center'], 'SELECT * FROM center ORDER BY seq DESC LIMIT 1');
}

/** The center's date at a moment; UTC's before there is a center. */
export function dayAt(sql: Statements, at: number): BusinessDay {
  return businessDayAt(at, centerRow(sql)?.utc_offset_minutes ?? 0);
}

export interface UserRow {
  id: number;
  username: string;
  role: Role;
  person: string | null;
}

export function userById(sql: Statements, user: number): UserRow | undefined {
  return sql.kept<UserRow>(['user'], 'SELECT id, username, role, person FROM "user" WHERE id = ?', user);
}

export function userByName(sql: Statements, username: string): UserRow | undefined {
  return sql.kept<UserRow>(
    ['user'],
    'SELECT id, username, role, person FROM "user" WHERE username = ?',
    username,
  );
}

/** The hash of the user's newest PIN. */
export function pinOf(sql: Statements, user: number): string | undefined {
  return sql.value<string>('SELECT pin FROM user_pin WHERE user = ? ORDER BY seq DESC LIMIT 1', user);
}

export interface VendorRow {
  id: number;
  code: string;
  name: string;
  person: string | null;
  bank_code: string | null;
}

export function vendorById(sql: Statements, vendor: number): VendorRow | undefined {
  return sql.kept<VendorRow>(
    ['vendor'],
    'SELECT id, code, name, person, bank_code FROM vendor WHERE id = ?',
    vendor,
  );
}

export interface ProductRow {
  id: number;
  vendor: number;
  name: string;
  category: string | null;
  unit: string;
}

export function productById(sql: Statements, product: number): ProductRow | undefined {
  return sql.kept<ProductRow>(
    ['product'],
    'SELECT id, vendor, name, category, unit FROM product WHERE id = ?',
    product,
  );
}

export interface PriceRow {
  price: number;
  net_price: number | null;
}

/** The price in force: the newest version. */
export function priceOf(sql: Statements, product: number): PriceRow | undefined {
  return sql.kept<PriceRow>(
    ['price'],
    'SELECT price, net_price FROM price WHERE product = ? ORDER BY id DESC LIMIT 1',
    product,
  );
}

export interface AgreementRow {
  id: number;
  from_day: BusinessDay;
  model: 'percent' | 'net-price';
  rate_bps: number | null;
}

/** The vendor's terms in force on a day: the latest start that is not after it, the newest of equal starts. */
export function agreementOn(sql: Statements, vendor: number, day: string): AgreementRow | undefined {
  return sql.kept<AgreementRow>(
    ['agreement'],
    `SELECT id, from_day, model, rate_bps FROM agreement WHERE vendor = ? AND from_day <= ?
     ORDER BY from_day DESC, id DESC LIMIT 1`,
    vendor,
    day,
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
