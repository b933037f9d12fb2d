import type { RejectionName } from '../../shared/contract/rejections.ts';

/** Why something did not happen, in the form a screen turns into a sentence (ui/problem-text.ts). */
export type Problem =
  | { kind: 'rejected'; name: RejectionName; details: Record<string, unknown> }
  | { kind: 'fault'; faultId: string }
  | { kind: 'lost' };

export type AnyAnswer =
  | { outcome: 'ok'; value: unknown }
  | { outcome: 'rejected'; name: string; details: unknown }
  | { outcome: 'fault'; faultId: string }
  | { outcome: 'lost' };

/** The problem of an answer, or undefined when it is `ok`. */
export function problemOf(answer: AnyAnswer): Problem | undefined {
  switch (answer.outcome) {
    case 'ok':
      return undefined;
    case 'rejected':
      return {
        kind: 'rejected',
        name: answer.name as RejectionName,
        details: (answer.details ?? {}) as Record<string, unknown>,
      };
    case 'fault':
      return { kind: 'fault', faultId: answer.faultId };
    case 'lost':
      return { kind: 'lost' };
  }
}

/** Said before the books are asked whether they know the command: nothing follows from it for one that was sent. */
const SAYS_NOTHING = ['no-session', 'stopping', 'busy'];

/**
 * True when an answer tells how a command ended. The client sends again by itself, so that what comes last may be said
 * to the second sending of a command that has happened. A fault wrote nothing; what was written before is answered
 * without being done again.
 */
export function isDecided(answer: AnyAnswer): boolean {
  if (answer.outcome === 'rejected') return !SAYS_NOTHING.includes(answer.name);
  return answer.outcome !== 'lost';
}
