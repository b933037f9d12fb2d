import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './outcome.ts';

/** Longer lines are no PIN and no code. */
const LONGEST_LINE = 1_000;
const LONGEST_TEXT = 1024 * 1024;
const WONDER_AFTER_MS = 3_000;

/** Standard input, read once: first a secret's line where one is asked for, then the rest. */
export interface StandardInput {
  /** A line that is not shown while it is typed; `asksFor` is said when a person sits there. Empty at the end. */
  secretLine(asksFor: string): Promise<string>;
  /** Everything that is left; empty when a person sits there, who would not know what to type. */
  rest(): Promise<string>;
}

export function openStandardInput(stdin: NodeJS.ReadStream = process.stdin): StandardInput {
  let received = '';
  let chunks: AsyncIterator<unknown> | undefined;

  /** False at the end of the input. */
  async function readMore(): Promise<boolean> {
    chunks ??= stdin.setEncoding('utf8')[Symbol.asyncIterator]();
    const { done, value } = await chunks.next();
    if (done) return false;
    received += value as string;
    if (received.length > LONGEST_TEXT) throw new UsageError('What came on standard input is too long.');
    return true;
  }

  return {
    async secretLine(asksFor) {
      if (stdin.isTTY) return typedSecret(stdin, asksFor);
      while (!received.includes('\n') && received.length <= LONGEST_LINE && (await readMore()));
      const end = received.indexOf('\n');
      const line = end < 0 ? received : received.slice(0, end);
      received = end < 0 ? '' : received.slice(end + 1);
      if (line.length > LONGEST_LINE) throw new UsageError('The first line of standard input is too long.');
      return line.trim();
    },
    async rest() {
      if (stdin.isTTY) return '';
      const wonder = setTimeout(() => {
        process.stderr.write("titipan: waiting for JSON on standard input; give '{}' to send none.\n");
      }, WONDER_AFTER_MS);
      try {
        while (await readMore());
      } finally {
        clearTimeout(wonder);
      }
      return received;
    },
  };
}

function typedSecret(stdin: NodeJS.ReadStream, asksFor: string): Promise<string> {
  process.stderr.write(`${asksFor}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line.trim());
      lines.close();
    });
    lines.once('close', () => {
      process.stderr.write('\n');
      resolve('');
    });
    lines.once('SIGINT', () => process.exit(130));
  });
}
