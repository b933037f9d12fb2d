import type { Entry } from '../../../shared/contract/define.ts';
import { contract } from '../../../shared/contract/index.ts';
import {
  authApprove,
  authSignIn,
  authSignOut,
  personReveal,
  pinSet,
} from '../../../shared/contract/people.ts';
import { grantApproval } from '../auth/approvals.ts';
import { canonicalFigures } from '../auth/figures.ts';
import { PinBusyError, verifyPin } from '../auth/pin.ts';
import { endSession, startSession } from '../auth/sessions.ts';
import { guessWasNotMade, guessWasRight, takeGuess, throttleWaitMs } from '../auth/throttle.ts';
import type { Engine } from '../engine.ts';
import { type Caller, operates, refuse } from '../operate.ts';
import { openSealed, readPersonKey } from '../seal/person.ts';
import { vendorSealedField } from '../store/person-fields.ts';
import { pinOf, type UserRow, userByName, userView, vendorById } from '../store/rows.ts';

export const signIn = operates(authSignIn, async (engine, { username, pin }, caller) => {
  const user = await provenUser(engine, username, pin, caller.device);
  const { token, session } = startSession(engine.books, {
    user: user.id,
    device: caller.device,
    at: engine.now(),
  });
  engine.log.info({ user: user.username, device: caller.device }, 'signed in');
  return {
    token,
    user: userView(user),
    expiresAt: session.expiresAt,
  };
});

export const signOut = operates(authSignOut, (engine, _input, caller) => {
  if (caller.token !== undefined) endSession(engine.books, caller.token);
  return {};
});

/** The second person stands beside the first and signs nothing else: the token is for this command alone. */
export const approve = operates(authApprove, async (engine, input, caller) => {
  const entry = contract.get(input.action);
  if (entry?.kind !== 'command') return refuse('bad-input', { field: 'action', problem: 'no command' });
  const figures = entry.input.safeParse(input.figures);
  if (!figures.success) return refuse('bad-input', { field: 'figures', problem: 'no input of that command' });
  const approver = await provenUser(engine, input.username, input.pin, caller.device);
  if (!mayApprove(entry, approver, caller)) refuse('forbidden', { role: approver.role });
  const approval = grantApproval(engine.books, {
    commandId: input.commandId,
    action: input.action,
    figures: canonicalFigures(entry, figures.data),
    approver: approver.id,
    at: engine.now(),
  });
  engine.log.info({ approver: approver.username, action: input.action }, 'approved');
  return { approval, approver: userView(approver) };
});

/** A supervisor other than the caller; of one's own PIN the caller alone. */
function mayApprove(entry: Entry, approver: UserRow, caller: Caller): boolean {
  const isSelf = approver.id === caller.user?.id;
  if (entry === pinSet) return isSelf;
  if (isSelf) refuse('same-person', {});
  return approver.role !== 'cashier';
}

/** The user whose PIN this is. An unknown name takes as long as a wrong PIN and is answered alike. */
async function provenUser(engine: Engine, username: string, pin: string, device: string): Promise<UserRow> {
  const user = userByName(engine.sql, username);
  const guesser = { user: user?.id, device };
  const waitMs = takeGuess(engine.books, guesser, engine.now());
  if (waitMs > 0) refuse('too-fast', { waitMs });
  const right = await checked(engine, guesser, pin, user && pinOf(engine.sql, user.id));
  if (!right || !user) {
    // Not what was typed: people also type their PIN where the name belongs.
    engine.log.warn({ user: user?.username ?? null, device }, 'wrong PIN');
    return refuse('wrong-pin', { waitMs: throttleWaitMs(engine.books, guesser, engine.now()) });
  }
  guessWasRight(engine.books, guesser);
  if (!user.active) return refuse('user-disabled', { username: user.username });
  return user;
}

async function checked(
  engine: Engine,
  guesser: { user: number | undefined; device: string },
  pin: string,
  stored: string | undefined,
): Promise<boolean> {
  try {
    return await verifyPin(engine.keys.pepper, pin, stored, engine.pinCost);
  } catch (error) {
    if (!(error instanceof PinBusyError)) throw error;
    guessWasNotMade(engine.books, guesser);
    return refuse('busy', {});
  }
}

/** Opens one sealed field. Who looked, at what and why is written before the text leaves. */
export const reveal = operates(personReveal, (engine, input, caller) => {
  const vendor = vendorById(engine.sql, input.vendor);
  if (!vendor) return refuse('vendor-unknown', { vendor: String(input.vendor) });
  const sealed = vendorSealedField(engine.sql, vendor.id, input.field);
  const key = sealed && readPersonKey(engine.books, engine.keys, sealed.person);
  if (!sealed || !key) return refuse('unknown-person', {});
  engine.sql.run(
    'INSERT INTO reveal_log (at, actor, person, field, reason) VALUES (?, ?, ?, ?, ?)',
    engine.now(),
    caller.user?.id ?? 0,
    sealed.person,
    input.field,
    input.reason,
  );
  return { text: openSealed(key, sealed) };
});
