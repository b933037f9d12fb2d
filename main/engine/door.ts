import { randomUUID } from 'node:crypto';
import type { Entry } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import type { Door, Origin } from '../../shared/wire/server.ts';
import { answer } from './answer.ts';
import { findSession } from './auth/sessions.ts';
import type { Engine } from './engine.ts';
import { execute, rejected } from './execute.ts';
import { type Caller, operate } from './operate.ts';
import { operations } from './operations/index.ts';
import { isSqliteError } from './store/open.ts';
import { centerRow, userById } from './store/rows.ts';

/**
 * The one door of the engine: whatever comes over whichever port passes shape, session and role here, in this order,
 * and then goes to the command, query or operation that its name says. An exception past this point is a bug: the
 * caller gets its id, the log the rest.
 */
export function createDoor(engine: Engine): Door {
  return {
    handle(call, origin) {
      try {
        const outcome = admit(engine, call, origin);
        return outcome instanceof Promise
          ? outcome.catch((error) => asFault(engine, call.name, error))
          : outcome;
      } catch (error) {
        return asFault(engine, call.name, error);
      }
    },
  };
}

function admit(engine: Engine, call: CallFrame, origin: Origin): Outcome | Promise<Outcome> {
  if (engine.stopping) return rejected('stopping', {});
  const entry = contract.get(call.name);
  if (!entry) return rejected('unknown-name', { name: call.name });
  const parsed = entry.input.safeParse(call.input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return rejected('bad-input', { field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
  }
  const caller = callerOf(engine, call);
  const refusal = refusalOf(engine, entry, call, caller, origin);
  if (refusal) return refusal;
  const input = parsed.data;
  if (entry.kind === 'query') return answer(engine, entry, input, caller.user?.id ?? null);
  if (entry.kind === 'operation') return operateOn(engine, entry, input, caller);
  if (call.commandId === undefined) return rejected('bad-input', { field: 'commandId', problem: 'missing' });
  return execute(engine, {
    entry,
    id: call.commandId,
    input,
    actor: entry.access === 'setup' ? null : (caller.user?.id ?? null),
    device: caller.device,
    approval: call.approval,
  });
}

function operateOn(engine: Engine, entry: Entry, input: unknown, caller: Caller): Promise<Outcome> {
  const operation = operations.get(entry.name);
  if (!operation) throw new Error(`no operation for ${entry.name}`);
  return operate(engine, operation, input, caller);
}

/** The session's own device counts, not what the frame says; before signing in the frame is all there is. */
function callerOf(engine: Engine, call: CallFrame): Caller {
  const isActive = (user: number) => userById(engine.sql, user)?.active === 1;
  const session =
    call.session === undefined
      ? undefined
      : findSession(engine.books, call.session, { at: engine.now(), isActive });
  if (!session) return { user: undefined, device: call.device, token: undefined };
  return { user: userById(engine.sql, session.user), device: session.device, token: call.session };
}

/** Deny by default: whatever is not plainly allowed is refused, with the reason a person can act on. */
function refusalOf(
  engine: Engine,
  { access, ownerToo }: Entry,
  call: CallFrame,
  caller: Caller,
  origin: Origin,
): Outcome | undefined {
  if (access === 'anyone') return undefined;
  if (ownerToo && origin === 'local') return undefined;
  // The engine gives its own commands to `execute` itself: whatever comes through the door is somebody else.
  if (access === 'engine') return rejected('forbidden', { role: origin });
  if (access === 'local') return origin === 'local' ? undefined : rejected('forbidden', { role: 'page' });
  const center = centerRow(engine.sql);
  if (access === 'setup') {
    // The very command that made the center may be sent again; its id and fingerprint prove it.
    const again = call.commandId !== undefined && engine.journal.find(call.commandId) !== undefined;
    return center && !again ? rejected('already-set-up', {}) : undefined;
  }
  if (!center) return rejected('setup-needed', {});
  if (!caller.user) return rejected('no-session', {});
  return access.includes(caller.user.role) ? undefined : rejected('forbidden', { role: caller.user.role });
}

function asFault(engine: Engine, name: string, error: unknown): Outcome {
  if (isSqliteError(error, 'SQLITE_FULL') || isSqliteError(error, 'SQLITE_IOERR')) {
    engine.log.error({ err: error, name }, 'the disk refuses to write');
    return rejected('disk-full', {});
  }
  const faultId = randomUUID();
  engine.log.error({ err: error, name, faultId }, 'fault');
  return { outcome: 'fault', faultId };
}
