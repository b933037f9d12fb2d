import {
  type CenterSettings,
  centerChange,
  centerCreate,
  centerFront,
  centerGet,
  clockConfirm,
  operatorList,
  operatorSet,
} from '../../../shared/contract/center.ts';
import type { ParsedOf } from '../../../shared/contract/define.ts';
import type { SealedInput } from '../../../shared/contract/personal.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { businessDayAt } from '../../../shared/domain/calendar.ts';
import { dynamicQris, MAX_BILL_LENGTH, MAX_QRIS_RUPIAH } from '../../../shared/domain/qris.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import { putPersonFields } from '../store/person-fields.ts';
import { type CenterRow, centerRow, operatorOn } from '../store/rows.ts';
import type { HistoryRow } from '../store/tables.ts';

/** The first till's code; further drawers are named by whoever creates them. */
const FIRST_DRAWER = { code: 'K1', name: 'Kasir 1' };
const SAFE = { code: 'BRANKAS', name: 'Brankas' };

/** What a new center has not decided yet: the defaults stand where the center is read (store/rows.ts). */
const NOT_SET = {
  commission_label: null,
  qris_static: null,
  qris_shown_suffices: null,
  hold_unmatched_qris: null,
  qris_release_days: null,
  return_window_days: null,
  minimum_payout: null,
  payout_fee: null,
  stamp_from: null,
  stamp_duty: null,
  cashier_discount_bps: null,
};

/**
 * The center, its first administrator, its first till and its safe. The safe is a drawer whose shift is open from
 * the start: somebody always answers for it.
 */
export const create = handles(centerCreate, (ctx, input) => {
  ctx.insert('center', {
    name: input.name,
    address: input.address ?? null,
    phone: input.phone ?? null,
    operator: input.operator ?? null,
    receipt_footer: input.receiptFooter ?? null,
    utc_offset_minutes: input.utcOffsetMinutes,
    rounding_step: input.cashRounding.stepRupiah,
    rounding_mode: input.cashRounding.mode,
    two_person_settlement: input.twoPersonSettlement ? 1 : 0,
    variance_limit: input.varianceLimitRupiah,
    ...NOT_SET,
  });
  const { username, name, pin } = input.admin;
  const admin = ctx.nextId('user');
  ctx.insert('user', { id: admin, username, role: 'admin', person: name.person });
  ctx.insert('user_pin', { user: admin, pin });
  putPersonFields(ctx.sql, { name });
  const drawer = ctx.nextId('drawer');
  ctx.insert('drawer', { id: drawer, ...FIRST_DRAWER, is_safe: 0 });
  const safe = ctx.nextId('drawer');
  ctx.insert('drawer', { id: safe, ...SAFE, is_safe: 1 });
  ctx.insert('shift', { drawer: safe, user: admin, day: ctx.day, at: ctx.at, float: 0 });
  ctx.changed('center');
  return { admin, drawer, safe };
});

type Change = SealedInput<ParsedOf<typeof centerChange>>;

/** A new version of the whole row: what is not given is as it was, and what was never set stays so. */
export const change = handles(centerChange, (ctx, input) => {
  if (input.pkp) ctx.reject('pkp-not-available', {});
  if (typeof input.qrisStatic === 'string') checkQris(ctx, input.qrisStatic);
  const before = ctx.sql.one<HistoryRow<'center'>>('SELECT * FROM center ORDER BY seq DESC LIMIT 1');
  if (!before) throw new Error('a session without a center');
  ctx.insert('center', { ...before, ...given(input) });
  ctx.changed('center');
  return { center: ctx.seq };
});

/** A code that tickets cannot be made from is better refused here than before a buyer: the largest one is tried. */
function checkQris(ctx: Context, text: string): void {
  const largest = { amountRupiah: MAX_QRIS_RUPIAH, bill: 'T'.repeat(MAX_BILL_LENGTH) };
  const code = dynamicQris(text, largest);
  if (!code.ok) ctx.reject('qris-unreadable', { problem: code.problem });
}

/** The columns that a change names, and no others. */
function given(input: Change): Partial<HistoryRow<'center'>> {
  const flag = (value: boolean | undefined) => (value === undefined ? undefined : Number(value));
  const columns: { [column: string]: string | number | null | undefined } = {
    name: input.name,
    address: input.address,
    phone: input.phone,
    receipt_footer: input.receiptFooter,
    rounding_step: input.cashRounding?.stepRupiah,
    rounding_mode: input.cashRounding?.mode,
    two_person_settlement: flag(input.twoPersonSettlement),
    variance_limit: input.varianceLimitRupiah,
    commission_label: input.commissionLabel,
    qris_static: input.qrisStatic,
    qris_shown_suffices: flag(input.qrisShownSuffices),
    hold_unmatched_qris: flag(input.holdUnmatchedQris),
    qris_release_days: input.qrisReleaseDays,
    return_window_days: input.returnWindowDays,
    minimum_payout: input.minimumPayoutRupiah,
    payout_fee: input.payoutFeeRupiah,
    stamp_from: input.stampFromRupiah,
    stamp_duty: input.stampDutyRupiah,
    cashier_discount_bps: input.cashierDiscountBps,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Operators follow one another: a day before the last one's start would put a name on papers that had another. */
export const setOperator = handles(operatorSet, (ctx, input) => {
  const from = input.from ?? ctx.day;
  const last = datedOperators(ctx)[0]?.from ?? firstDay(ctx);
  if (from < last) ctx.reject('operator-not-rising', { lastFrom: last });
  ctx.insert('operator', { name: input.name, from_day: from, decree: input.decree ?? null });
  ctx.changed('center');
  return { operator: ctx.seq };
});

interface Operator {
  name: string;
  from: string;
  decree: string | null;
}

function datedOperators(ctx: ReadContext): Operator[] {
  return ctx.sql.all<Operator>(
    'SELECT name, from_day AS "from", decree FROM operator ORDER BY from_day DESC, seq DESC',
  );
}

/** The day the center was made on. */
function firstDay(ctx: ReadContext): string {
  const day = ctx.sql.value<string>('SELECT day FROM journal WHERE seq = (SELECT min(seq) FROM center)');
  if (day === undefined) throw new Error('a session without a center');
  return day;
}

/** Whoever the center was made with has run it since its first day. */
export const listOperators = answers(operatorList, (ctx) => {
  const name = centerRow(ctx.sql)?.operator ?? null;
  const first = name === null ? [] : [{ name, from: firstDay(ctx), decree: null }];
  return { operators: [...datedOperators(ctx), ...first] };
});

/** The journal row itself is the confirmation: the clock rule measures from the newest row. */
export const confirmClock = handles(clockConfirm, (ctx) => {
  ctx.changed('center');
  return { at: ctx.at };
});

/** Who was disabled cannot sign in and is not offered. */
export const front = answers(centerFront, (ctx) => {
  const center = centerRow(ctx.sql);
  return {
    created: center !== undefined,
    name: center?.name ?? '',
    users: ctx.sql.all<{ username: string; role: Role }>(
      'SELECT username, role FROM user_now WHERE active = 1 ORDER BY username',
    ),
  };
});

export const get = answers(centerGet, (ctx) => {
  const center = centerRow(ctx.sql);
  if (!center) throw new Error('a session without a center');
  const day = businessDayAt(ctx.at, center.utc_offset_minutes);
  return {
    created: true,
    name: center.name,
    address: center.address,
    phone: center.phone,
    operator: operatorOn(ctx.sql, day),
    receiptFooter: center.receipt_footer,
    utcOffsetMinutes: center.utc_offset_minutes,
    cashRounding: { stepRupiah: center.rounding_step, mode: center.rounding_mode },
    twoPersonSettlement: center.two_person_settlement === 1,
    varianceLimitRupiah: center.variance_limit,
    settings: settingsOf(center),
    day,
  };
});

function settingsOf(center: CenterRow): CenterSettings {
  return {
    commissionLabel: center.commission_label,
    qrisStatic: center.qris_static,
    qrisShownSuffices: center.qris_shown_suffices === 1,
    holdUnmatchedQris: center.hold_unmatched_qris === 1,
    qrisReleaseDays: center.qris_release_days,
    returnWindowDays: center.return_window_days,
    minimumPayoutRupiah: center.minimum_payout,
    payoutFeeRupiah: center.payout_fee,
    stampFromRupiah: center.stamp_from,
    stampDutyRupiah: center.stamp_duty,
    cashierDiscountBps: center.cashier_discount_bps,
  };
}
