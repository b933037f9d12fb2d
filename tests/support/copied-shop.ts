/** Copies of a shop's data folder, and whoever of its people may give a command, with another's yes where it takes one. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startSession } from '../../main/engine/auth/sessions.ts';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { createDoor } from '../../main/engine/door.ts';
import type { Entry } from '../../shared/contract/define.ts';
import type { Role } from '../../shared/contract/roles.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { newCommandId, startEngine, type TestEngine, temporaryFolder } from './engine.ts';
import { PINS } from './shop.ts';

/** The people of shop.ts, by their roles. */
export const USERS: Record<Role, number> = { admin: 1, manager: 2, cashier: 3 };

/** Copies what a data folder keeps into `folder`, while its engine goes on working: books, keys and blobs. */
export async function copyFolder({ dir, engine }: TestEngine, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await copyBooks(engine.books, join(folder, 'titipan.db'));
  cpSync(join(dir, 'keys.json'), join(folder, 'keys.json'));
  if (existsSync(join(dir, 'blobs'))) cpSync(join(dir, 'blobs'), join(folder, 'blobs'), { recursive: true });
  return folder;
}

/** An engine on a copy of a folder that nobody has open, at a moment of its own. */
export function startCopy(folder: string, now: () => number): Promise<TestEngine> {
  const dir = temporaryFolder('titipan-copy');
  cpSync(folder, dir, { recursive: true });
  return startEngine({ dir, now });
}

/** Stops the engine of a copy and takes its folder away. */
export async function removeCopy(copy: TestEngine): Promise<void> {
  await copy.stop();
  rmSync(copy.dir, { recursive: true });
}

interface Said {
  /** Who was told ok, or who was told the most telling "no". */
  by: string;
  outcome: Outcome;
}

const beside = [
  { approver: 'admin', username: 'ratna', pin: PINS.admin },
  { approver: 'manager', username: 'budi', pin: PINS.manager },
] as const;

/**
 * Gives a command, or asks, as each of the people in turn until one is told ok: alone, then with another's yes. Nothing
 * but microtasks passes before the first of them is answered.
 */
export async function bySomebody(copy: TestEngine, entry: Entry, input: unknown): Promise<Said> {
  let told: Said | undefined;
  for (const role of ['admin', 'manager', 'cashier'] as const) {
    const outcome = await give(copy, entry, input, role);
    if (outcome.outcome === 'ok') return { by: role, outcome };
    // Whoever may not even ask says nothing about the input.
    if (!told || isForbidden(told.outcome)) told = { by: role, outcome };
  }
  for (const { approver, ...proof } of entry.kind === 'command' ? beside : []) {
    for (const role of ['admin', 'manager', 'cashier'] as const) {
      if (role === approver) continue;
      const commandId = newCommandId();
      const approval = await yesOf(copy, entry, input, role, { commandId, ...proof });
      if (approval === undefined) continue;
      const outcome = await give(copy, entry, input, role, { commandId, approval });
      if (outcome.outcome === 'ok') return { by: `${role} with ${approver}`, outcome };
    }
  }
  return told as Said;
}

function isForbidden(outcome: Outcome): boolean {
  return outcome.outcome === 'rejected' && outcome.name === 'forbidden';
}

/** Gives a command, or asks, in a new session of one of the people. */
export async function give(
  { engine }: TestEngine,
  { kind, access, name }: Pick<Entry, 'kind' | 'access' | 'name'>,
  input: unknown,
  role: Role,
  more: { commandId?: string; approval?: string } = {},
): Promise<Outcome> {
  const { token } = startSession(engine.books, { user: USERS[role], device: 'copy', at: engine.now() });
  const commandId = kind === 'command' ? { commandId: more.commandId ?? newCommandId() } : {};
  const frame = { v: 1, kind: 'call', callId: 1, name, input, device: 'copy', session: token } as const;
  return createDoor(engine).handle(
    { ...frame, ...more, ...commandId },
    access === 'local' || access === 'engine' ? 'local' : 'page',
  );
}

/** The approval of one who stands beside; undefined when there is none to be had for it. */
async function yesOf(
  copy: TestEngine,
  entry: Entry,
  figures: unknown,
  role: Role,
  proof: { commandId: string; username: string; pin: string },
): Promise<string | undefined> {
  const approve = { kind: 'operation', access: 'anyone', name: 'auth.approve' } as const;
  const asked = { action: entry.name, figures, ...proof };
  const outcome = await give(copy, approve, asked, role);
  return outcome.outcome === 'ok' ? (outcome.value as { approval: string }).approval : undefined;
}
