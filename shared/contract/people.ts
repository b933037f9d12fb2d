import { z } from 'zod';
import { command, operation, query } from './define.ts';
import { id, text, username } from './fields.ts';
import { personal, pin } from './personal.ts';
import { everyRole, office, type Role, roles } from './roles.ts';

export interface UserView {
  user: number;
  username: string;
  role: Role;
  active: boolean;
}

export const userCreate = command<{ user: number }>()('user.create', {
  access: ['admin'],
  input: z.strictObject({ username, name: personal('text', 80), role: z.enum(roles), pin: pin() }),
  rejections: ['username-taken', 'pin-too-short', 'pin-too-simple'],
});

/** Another role, or no way in any more. The last administrator stays one. */
export const userChange = command<{ user: number }>()('user.change', {
  access: ['admin'],
  input: z.strictObject({ user: id, role: z.enum(roles).optional(), active: z.boolean().optional() }),
  rejections: ['unknown-user', 'last-admin'],
});

/**
 * A new PIN: an administrator's for anybody, one's own for everybody. The own one needs the old PIN: an approval by
 * the person themself (auth.approve with action `pin.set`), so that an unattended till gives nothing away.
 */
export const pinSet = command<{ user: number }>()('pin.set', {
  access: everyRole,
  input: z.strictObject({ user: id, pin: pin() }),
  rejections: ['unknown-user', 'not-your-pin', 'approval-needed', 'pin-too-short', 'pin-too-simple'],
});

export const userList = query<{ users: UserView[] }>()('user.list', {
  access: office,
  input: z.strictObject({}),
});

/** A new session on the caller's device. The token is a secret: it never reaches journal or log. */
export const authSignIn = operation<{ token: string; user: UserView; expiresAt: number }>()('auth.signIn', {
  access: 'anyone',
  input: z.strictObject({ username, pin: pin() }),
  rejections: ['wrong-pin', 'user-disabled'],
});

export const authSignOut = operation<Record<string, never>>()('auth.signOut', {
  access: everyRole,
  input: z.strictObject({}),
});

/** Who the session belongs to; also how a resumed session finds out that it still lives. */
export const authMe = query<UserView>()('auth.me', { access: everyRole, input: z.strictObject({}) });

/**
 * A second person stands at the till and says yes with an own PIN: a one-use token for exactly this command and
 * these figures, valid two minutes. The figures are what the person saw on the screen.
 */
export const authApprove = operation<{ approval: string; approver: UserView }>()('auth.approve', {
  access: everyRole,
  input: z.strictObject({
    commandId: z.uuid().lowercase(),
    action: text(60),
    /** The input of that command as the approver saw it: nothing in it can be another afterwards. */
    figures: z.unknown(),
    username,
    pin: pin(),
  }),
  rejections: ['wrong-pin', 'same-person', 'user-disabled'],
});

/** A new recovery code, shown once. It opens backups made from now on; the earlier code keeps opening earlier ones. */
export const recoveryIssue = operation<{ code: string }>()('recovery.issue', {
  access: ['admin'],
  input: z.strictObject({}),
});

/** Opens one sealed field of a vendor's contact person; who, when, what and why are logged. */
export const personReveal = operation<{ text: string }>()('person.reveal', {
  access: office,
  input: z.strictObject({ vendor: id, field: text(40), reason: text(200) }),
  rejections: ['unknown-person', 'vendor-unknown'],
});
