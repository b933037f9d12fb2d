import { z } from 'zod';
import { contract } from '../../shared/contract/index.ts';
import { doorRejections } from '../../shared/contract/rejections.ts';
import { EXIT, type VerbResult } from './outcome.ts';

/** Everything that can be called, with the JSON schema of its input, out of the contract itself. */
export function listContract(): VerbResult {
  const entries = [...contract.values()].map((entry) => ({
    name: entry.name,
    kind: entry.kind,
    access: entry.access,
    ...(entry.ownerToo && { ownerToo: true }),
    rejections: entry.rejections,
    input: z.toJSONSchema(entry.input, { io: 'input', unrepresentable: 'any' }),
  }));
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { json: { entries, doorRejections: Object.keys(doorRejections) }, exit: EXIT.ok };
}
