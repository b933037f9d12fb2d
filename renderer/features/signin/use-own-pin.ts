import { authApprove, pinSet, type UserView } from '../../../shared/contract/people.ts';
import { newCommandId } from '../../engine/client.ts';
import type { Problem } from '../../engine/problem.ts';
import { useCommand } from '../../engine/use-command.ts';

export interface OwnPin {
  /** True when the PIN is the new one. */
  change(old: string, fresh: string): Promise<boolean>;
  busy: boolean;
  problem: Problem | undefined;
  clear(): void;
}

/** Changes the PIN of the person who is here. The old PIN is that person's own yes to exactly this change. */
export function useOwnPin({ user, username }: UserView): OwnPin {
  const approve = useCommand(authApprove);
  const set = useCommand(pinSet);

  async function change(old: string, fresh: string): Promise<boolean> {
    set.clear();
    const commandId = newCommandId();
    const figures = { user, pin: fresh };
    const yes = await approve.run({ commandId, action: pinSet.name, figures, username, pin: old });
    if (yes?.outcome !== 'ok') return false;
    const answer = await set.run(figures, { commandId, approval: yes.value.approval });
    return answer?.outcome === 'ok';
  }

  return {
    change,
    busy: approve.busy || set.busy,
    problem: approve.problem ?? set.problem,
    clear() {
      approve.clear();
      set.clear();
    },
  };
}
