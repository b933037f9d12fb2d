/** What a verb leaves behind: at most one JSON value for stdout, and the exit code. */
export interface VerbResult {
  readonly json?: unknown;
  readonly exit: number;
}

/** Documented in `--help`; scripts of shops rely on them. */
export const EXIT = {
  ok: 0,
  /** The engine said no, or a check found something. */
  no: 1,
  usage: 2,
  /** The engine or the keys could not be had, or the answer never came. */
  failed: 3,
} as const;

/** The command line itself is wrong. The sentence says how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Every word to the person goes to stderr: stdout holds the result and nothing else. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
