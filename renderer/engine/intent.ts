/** The id of a command from the press of a key until its answer is known. */
export interface Intent {
  /** The id under which to give this input: a new one, or that of the same input whose answer was lost. */
  idOf(input: unknown): string;
  /** Remembers what was sent under `id` when nobody answered. */
  ended(id: string, input: unknown, isLost: boolean): void;
}

/**
 * A command that was sent and never answered may have happened. Given again with the same input it is the same intent:
 * under its own id it happens once, and the answer is the first one's.
 */
export function createIntent(newId: () => string): Intent {
  let unanswered: { id: string; input: string } | undefined;
  return {
    idOf: (input) => (unanswered?.input === JSON.stringify(input) ? unanswered.id : newId()),
    ended(id, input, isLost) {
      unanswered = isLost ? { id, input: JSON.stringify(input) } : undefined;
    },
  };
}
