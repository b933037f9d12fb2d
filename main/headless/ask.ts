import type { Entry } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { authSignIn, authSignOut } from '../../shared/contract/people.ts';
import type { CallOptions, Client } from '../../shared/wire/client.ts';
import type { Outcome } from '../../shared/wire/frame.ts';
import { EXIT } from './outcome.ts';

/** An outcome as it is printed: the engine's own, or `lost` when none came in time. */
export type Printed = Outcome | { outcome: 'lost' };

/** Asks by name. A name that the contract does not have is asked all the same: the engine has the words for it. */
export function ask(
  client: Client,
  name: string,
  input: unknown,
  options: CallOptions = {},
): Promise<Printed> {
  const known = contract.get(name);
  const entry = known ?? ({ kind: 'query', name } as unknown as Entry);
  return client.call(entry, input, options) as Promise<Printed>;
}

/** Signs in for the time of `work` and out afterwards. Answers what signing in said when it was not ok. */
export async function signedIn<Result>(
  client: Client,
  person: { username: string; pin: string },
  work: () => Promise<Result>,
): Promise<Result | Printed> {
  const answer = await client.call(
    authSignIn,
    person as Parameters<typeof client.call<typeof authSignIn>>[1],
  );
  if (answer.outcome !== 'ok') return answer as Printed;
  client.setSession(answer.value.token);
  try {
    return await work();
  } finally {
    await client.call(authSignOut, {}, { timeoutMs: 5_000 });
    client.setSession(undefined);
  }
}

export function exitOf(outcome: Printed): number {
  if (outcome.outcome === 'ok') return EXIT.ok;
  return outcome.outcome === 'rejected' ? EXIT.no : EXIT.failed;
}
