/**
 * Proves deny by default cell by cell: every entry of the contract is called by nobody, by each role, and by strangers
 * with a wrong session, from a page and from the local socket; exactly what `access` says is let in, and whoever is
 * kept out leaves no trace in the books.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endSession, startSession } from '../../main/engine/auth/sessions.ts';
import { newToken } from '../../main/engine/auth/token.ts';
import { createDoor } from '../../main/engine/door.ts';
import type { Entry } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { roles } from '../../shared/contract/roles.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import type { Origin } from '../../shared/wire/server.ts';
import { validInputs } from '../support/contract-inputs.ts';
import { USERS } from '../support/copied-shop.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { type FullShop, openFullShop } from '../support/full-shop.ts';

const strangers = ['unknown-token', 'signed-out', 'no-token-at-all'] as const;
const callers = ['nobody', ...roles, ...strangers] as const;
type Caller = (typeof callers)[number];
const origins: readonly Origin[] = ['page', 'local'];

let engine: TestEngine;
let shop: FullShop;
let cells = 0;

beforeAll(async () => {
  engine = await startEngine();
  shop = await openFullShop(engine);
});
afterAll(async () => {
  await engine.stop();
  console.log(
    `${cells} cells: ${contract.size} entries × ${callers.length} callers × ${origins.length} origins`,
  );
});

function tokenOf(caller: Caller): string | undefined {
  const { books, now } = engine.engine;
  if (caller === 'nobody') return undefined;
  if (caller === 'unknown-token') return newToken();
  if (caller === 'no-token-at-all') return "' OR 1=1 --";
  const user = caller === 'signed-out' ? USERS.admin : USERS[caller];
  const { token } = startSession(books, { user, device: 'matrix', at: now() });
  if (caller === 'signed-out') endSession(books, token);
  return token;
}

/** What the matrix says: undefined where the caller is let in. */
function refusalFor(entry: Entry, caller: Caller, origin: Origin): object | undefined {
  const { access } = entry;
  if (access === 'anyone' || (entry.ownerToo && origin === 'local')) return undefined;
  if (access === 'local')
    return origin === 'local' ? undefined : { name: 'forbidden', details: { role: 'page' } };
  // What the engine gives itself comes through no door: whoever calls it is somebody else.
  if (access === 'engine') return { name: 'forbidden', details: { role: origin } };
  if (access === 'setup') return { name: 'already-set-up' };
  const role = roles.find((name) => name === caller);
  if (!role) return { name: 'no-session' };
  return access.includes(role) ? undefined : { name: 'forbidden', details: { role } };
}

async function call(
  entry: Entry,
  input: unknown,
  session: string | undefined,
  origin: Origin,
): Promise<Outcome> {
  return createDoor(engine.engine).handle(
    {
      v: 1,
      kind: 'call',
      callId: 1,
      name: entry.name,
      input,
      device: 'matrix',
      ...(entry.kind === 'command' && { commandId: newCommandId() }),
      ...(session !== undefined && { session }),
    },
    origin,
  );
}

const doorKeeps = ['no-session', 'forbidden', 'setup-needed', 'already-set-up'];

it.each([...contract.values()])('$name lets in exactly $access', async (entry) => {
  const input = validInputs(engine, shop)[entry.name];
  if (!input) throw new Error(`${entry.name} has no valid input in tests/support/contract-inputs.ts`);
  for (const caller of callers) {
    for (const origin of origins) {
      const expected = refusalFor(entry, caller, origin);
      const before = engine.engine.journal.head().seq;
      const outcome = await call(entry, input(), tokenOf(caller), origin);
      const cell = `${entry.name} by ${caller} from ${origin}: ${JSON.stringify(outcome)}`;
      expect(outcome.outcome, cell).not.toBe('fault');
      if (expected) {
        expect(outcome, cell).toMatchObject({ outcome: 'rejected', ...expected });
        expect(engine.engine.journal.head().seq, cell).toBe(before);
      } else if (outcome.outcome === 'rejected') {
        // A cashier who asks for another's approval is refused as an approver, not at the door.
        expect(doorKeeps, cell).not.toContain(outcome.name);
        expect(['bad-input', 'unknown-name'], cell).not.toContain(outcome.name);
      }
      cells += 1;
    }
  }
});

it('lets nobody do anything but look and set up before there is a center', async () => {
  const full = engine;
  engine = await startEngine();
  try {
    for (const entry of contract.values()) {
      const input = validInputs(full, shop)[entry.name] as () => unknown;
      if (entry.access === 'anyone' || entry.access === 'setup') continue;
      const outcome = await call(entry, input(), newToken(), 'page');
      const expected = ['local', 'engine'].includes(entry.access as string) ? 'forbidden' : 'setup-needed';
      expect(outcome, entry.name).toMatchObject({ outcome: 'rejected', name: expected });
    }
    expect(engine.engine.journal.head().seq).toBe(0);
    const create = contract.get('center.create') as Entry;
    const input = (validInputs(full, shop)['center.create'] as () => unknown)();
    expect(await call(create, input, undefined, 'page')).toMatchObject({ outcome: 'ok' });
    expect(await call(create, input, undefined, 'page')).toMatchObject({ name: 'already-set-up' });
  } finally {
    await engine.stop();
    engine = full;
  }
});
