import { assertColumns, type PaperLine, paperLines, ruleText, wrapText } from './paper.ts';

/** Who signs as what; without a name the line is free for one. */
export interface Signature {
  readonly role: string;
  readonly name: string;
}

/** Lines left free to sign on. */
const SIGNATURE_SPACE = ['', '', ''];

/** Two places to sign beside each other, each with its role above and its name below. */
export function signatureLines(
  signatures: readonly [left: Signature, right: Signature],
  columns: number,
): PaperLine[] {
  assertColumns(columns);
  const half = Math.floor((columns - 2) / 2);
  const [left, right] = signatures.map(({ role, name }) => {
    return [...wrapText(role, half), ...SIGNATURE_SPACE, ruleText(half, '.'), ...wrapText(name, half)];
  }) as [string[], string[]];
  const texts = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    return `${(left[row] ?? '').padEnd(columns - half)}${right[row] ?? ''}`.trimEnd();
  });
  return paperLines(['', ...texts]);
}
