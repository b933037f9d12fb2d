import type { RejectionName } from '../../shared/contract/rejections.ts';

/** Why something did not happen, in the form a screen turns into a sentence (ui/problem-text.ts). */
export type Problem =
  | { kind: 'rejected'; name: RejectionName; details: Record<string, unknown> }
  | { kind: 'fault'; faultId: string }
  | { kind: 'lost' };

type AnyAnswer =
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
