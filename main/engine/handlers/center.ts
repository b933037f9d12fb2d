import { centerCreate, centerFront, centerGet, clockConfirm } from '../../../shared/contract/center.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { businessDayAt } from '../../../shared/domain/calendar.ts';
import { answers, handles } from '../context.ts';
import { putPersonFields } from '../store/person-fields.ts';
import { centerRow } from '../store/rows.ts';

/** The first till's code; further drawers are named by whoever creates them. */
const FIRST_DRAWER = { code: 'K1', name: 'Kasir 1' };
const SAFE = { code: 'BRANKAS', name: 'Brankas' };

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

/** The journal row itself is the confirmation: the clock rule measures from the newest row. */
export const confirmClock = handles(clockConfirm, (ctx) => {
  ctx.changed('center');
  return { at: ctx.at };
});

export const front = answers(centerFront, (ctx) => {
  const center = centerRow(ctx.sql);
  return {
    created: center !== undefined,
    name: center?.name ?? '',
    users: ctx.sql.all<{ username: string; role: Role }>(
      'SELECT username, role FROM "user" ORDER BY username',
    ),
  };
});

export const get = answers(centerGet, (ctx) => {
  const center = centerRow(ctx.sql);
  if (!center) throw new Error('a session without a center');
  return {
    created: true,
    name: center.name,
    address: center.address,
    phone: center.phone,
    operator: center.operator,
    receiptFooter: center.receipt_footer,
    utcOffsetMinutes: center.utc_offset_minutes,
    cashRounding: { stepRupiah: center.rounding_step, mode: center.rounding_mode },
    twoPersonSettlement: center.two_person_settlement === 1,
    day: businessDayAt(ctx.at, center.utc_offset_minutes),
  };
});
