import { authMe, pinSet, userChange, userCreate, userList } from '../../../shared/contract/people.ts';
import { answers, handles } from '../context.ts';
import { putPersonFields } from '../store/person-fields.ts';
import { type UserRow, userById, userByName, userView } from '../store/rows.ts';

export const create = handles(userCreate, (ctx, input) => {
  const { username, role, name, pin } = input;
  if (userByName(ctx.sql, username)) ctx.reject('username-taken', { username });
  const user = ctx.nextId('user');
  ctx.insert('user', { id: user, username, role, person: name.person });
  ctx.insert('user_pin', { user, pin });
  putPersonFields(ctx.sql, { name });
  ctx.changed('users');
  return { user };
});

/** The door looks the role up at every call, so a change counts from the next one on. */
export const change = handles(userChange, (ctx, input) => {
  const user = userById(ctx.sql, input.user);
  if (!user) return ctx.reject('unknown-user', { username: String(input.user) });
  const role = input.role ?? user.role;
  const active = input.active ?? user.active === 1;
  const otherAdmins = ctx.sql.value<number>(
    "SELECT count(*) FROM user_now WHERE role = 'admin' AND active = 1 AND id <> ?",
    user.id,
  );
  if (otherAdmins === 0 && (role !== 'admin' || !active)) ctx.reject('last-admin', {});
  ctx.insert('user_change', { user: user.id, role, active: active ? 1 : 0 });
  if (!active) ctx.signOut(user.id);
  ctx.changed('users');
  return { user: user.id };
});

/**
 * The own PIN needs the old one (an approval by oneself), so that a till left alone gives nothing away; that holds for
 * an administrator's own as well. Whoever got hold of the old PIN is signed out with it.
 */
export const setPin = handles(pinSet, (ctx, input) => {
  const user = userById(ctx.sql, input.user);
  if (!user) return ctx.reject('unknown-user', { username: String(input.user) });
  if (user.id === ctx.actor) {
    if (ctx.approver !== ctx.actor) ctx.reject('approval-needed', { why: 'own-pin' });
  } else if (userById(ctx.sql, ctx.actor ?? 0)?.role !== 'admin') {
    ctx.reject('not-your-pin', {});
  }
  ctx.insert('user_pin', { user: user.id, pin: input.pin });
  ctx.signOut(user.id);
  return { user: user.id };
});

export const list = answers(userList, (ctx) => ({
  users: ctx.sql
    .all<UserRow>('SELECT id, username, role, active, person FROM user_now ORDER BY username')
    .map(userView),
}));

export const me = answers(authMe, (ctx) => {
  const user = userById(ctx.sql, ctx.actor ?? 0);
  if (!user) throw new Error('a session without a user');
  return userView(user);
});
