import { authMe, type UserView, userCreate, userList } from '../../../shared/contract/people.ts';
import { answers, handles } from '../context.ts';
import { putPersonFields } from '../store/person-fields.ts';
import { userById, userByName } from '../store/rows.ts';

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

export const list = answers(userList, (ctx) => ({
  users: ctx.sql.all<UserView>('SELECT id AS user, username, role FROM "user" ORDER BY username'),
}));

export const me = answers(authMe, (ctx) => {
  const user = userById(ctx.sql, ctx.actor ?? 0);
  if (!user) throw new Error('a session without a user');
  return { user: user.id, username: user.username, role: user.role };
});
