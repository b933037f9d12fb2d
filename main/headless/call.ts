import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { centerCreate } from '../../shared/contract/center.ts';
import type { OutputOf } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { authApprove, recoveryIssue } from '../../shared/contract/people.ts';
import { BLOB_CHUNK_BYTES, blobPut, MAX_BLOB_BYTES } from '../../shared/contract/product.ts';
import { systemStatus } from '../../shared/contract/system.ts';
import { uuidV7 } from '../../shared/domain/id.ts';
import type { Client } from '../../shared/wire/client.ts';
import { pinsOf } from '../engine/seal/seal-input.ts';
import { ask, exitOf, type Printed, signedIn } from './ask.ts';
import { tell, UsageError, type VerbResult } from './outcome.ts';
import { reachEngine } from './reach.ts';
import { openStandardInput, type StandardInput } from './stdin.ts';

export interface CallArguments {
  readonly dir: string;
  readonly name: string;
  /** JSON text, or `-` or undefined for standard input. */
  readonly json: string | undefined;
  readonly as: string | undefined;
  readonly id: string | undefined;
  readonly approval: string | undefined;
  /** A second person who says yes to this very call with a PIN of their own. */
  readonly approvedBy: string | undefined;
  /** A file to upload first; its SHA-256 becomes the input's `blob`. */
  readonly blob: string | undefined;
}

/** One call to the engine, like a till's: the same frame, the same answer, printed as it came. */
export async function call(asked: CallArguments): Promise<VerbResult> {
  const stdin = openStandardInput();
  const pin = asked.as === undefined ? undefined : await pinFor(asked.as, stdin);
  const approvalPin =
    asked.approvedBy === undefined
      ? undefined
      : process.env.TITIPAN_APPROVAL_PIN || (await stdin.secretLine(`PIN of ${asked.approvedBy}`));
  const input = await inputOf(asked, stdin);
  const content = asked.blob === undefined ? undefined : fileOf(asked.blob);
  const isCommand = contract.get(asked.name)?.kind === 'command';
  const commandId = asked.id ?? (isCommand ? newCommandId() : undefined);
  const reached = await reachEngine(asked.dir, { mayCreate: asked.name === centerCreate.name });
  try {
    const { client } = reached;
    const work = () =>
      upload(client, content, input, async (whole) => {
        const approved =
          asked.approvedBy === undefined || approvalPin === undefined
            ? asked.approval
            : await approvalBy(
                client,
                { commandId, action: asked.name, figures: whole },
                asked.approvedBy,
                approvalPin,
              );
        if (typeof approved === 'object') return approved;
        return ask(client, asked.name, whole, {
          ...(commandId !== undefined && { commandId }),
          ...(approved !== undefined && { approval: approved }),
        });
      });
    const outcome =
      asked.as === undefined || pin === undefined
        ? await work()
        : await signedIn(client, { username: asked.as, pin }, work);
    advise(asked, outcome);
    if (asked.name === centerCreate.name && outcome.outcome === 'ok') await issueFirstCode(client, input);
    return { json: isCommand ? { ...outcome, id: commandId } : outcome, exit: exitOf(outcome) };
  } finally {
    await reached.close();
  }
}

function newCommandId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

/** The token of the second person's yes, or what the engine said instead. */
async function approvalBy(
  client: Client,
  what: { commandId: string | undefined; action: string; figures: unknown },
  username: string,
  pin: string,
): Promise<string | Printed> {
  const answer = await ask(client, authApprove.name, { ...what, username, pin });
  return answer.outcome === 'ok' ? (answer.value as OutputOf<typeof authApprove>).approval : answer;
}

async function pinFor(username: string, stdin: StandardInput): Promise<string> {
  return process.env.TITIPAN_PIN || (await stdin.secretLine(`PIN of ${username}`));
}

async function inputOf({ name, json, blob }: CallArguments, stdin: StandardInput): Promise<unknown> {
  const isArgument = json !== undefined && json !== '-';
  // With a file to send the rest is often nothing at all; standard input is read when `-` asks for it.
  const text = isArgument ? json : blob !== undefined && json === undefined ? '' : await stdin.rest();
  if (text.trim() === '') return {};
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw new UsageError(`The input is no JSON: ${text.slice(0, 60)}`);
  }
  const entry = contract.get(name);
  if (isArgument && entry && pinsOf(entry.input, input).length > 0) {
    tell(
      'titipan: a PIN in an argument can be seen by others on this machine; give the JSON on standard input.',
    );
  }
  return input;
}

function fileOf(path: string): Buffer {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
  if (content.length === 0 || content.length > MAX_BLOB_BYTES) {
    throw new UsageError(
      `${path} has ${content.length} bytes; a file of 1 to ${MAX_BLOB_BYTES} can be sent.`,
    );
  }
  return content;
}

/** Sends the file in chunks, then goes on with the input that names it. A refused chunk is the answer. */
async function upload(
  client: Client,
  content: Buffer | undefined,
  input: unknown,
  goOn: (input: unknown) => Promise<Printed>,
): Promise<Printed> {
  if (!content) return goOn(input);
  const sha256 = createHash('sha256').update(content).digest('hex');
  for (let offset = 0; offset < content.length; offset += BLOB_CHUNK_BYTES) {
    const chunk = content.subarray(offset, offset + BLOB_CHUNK_BYTES).toString('base64');
    const taken = await ask(client, blobPut.name, { sha256, bytes: content.length, offset, chunk });
    if (taken.outcome !== 'ok') return taken;
  }
  return goOn({ ...(input as object), blob: sha256 });
}

/** The new center's recovery code, once: it exists nowhere else in readable form. */
async function issueFirstCode(client: Client, input: unknown): Promise<void> {
  const status = await client.call(systemStatus, {});
  if (status.outcome !== 'ok' || status.value.recoveryIssued) return;
  const { admin } = input as { admin: { username: string; pin: string } };
  const { username, pin } = admin;
  const issued = await signedIn(client, { username, pin }, () => ask(client, recoveryIssue.name, {}));
  if (issued.outcome !== 'ok') {
    tell(
      'titipan: no recovery code could be issued; "call recovery.issue --as ADMIN" makes one. Backups need it.',
    );
    return;
  }
  tell(`titipan: recovery code  ${(issued.value as { code: string }).code}`);
  tell('titipan: write it on paper: it is shown once, and without it no backup can be restored.');
}

function advise(asked: CallArguments, outcome: Printed): void {
  if (outcome.outcome === 'fault') {
    tell(
      `titipan: a fault of the program; ${join(asked.dir, 'engine.log')} has it under ${outcome.faultId}.`,
    );
  }
  if (outcome.outcome === 'lost') {
    tell('titipan: no answer came. "call command.outcome" with the id tells whether it happened.');
  }
  if (outcome.outcome !== 'rejected') return;
  if (outcome.name === 'no-session')
    tell('titipan: say who asks: --as USERNAME, the PIN in TITIPAN_PIN or on stdin.');
  if (outcome.name === 'unknown-name') tell('titipan: "call --list" prints every name.');
  if (outcome.name === 'setup-needed') tell('titipan: there is no center yet: call center.create.');
}
