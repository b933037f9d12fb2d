import type { Operation } from '../operate.ts';
import * as auth from './auth.ts';
import * as blobs from './blobs.ts';
import * as payouts from './payouts.ts';
import * as printing from './printing.ts';
import * as system from './system.ts';

/** Every operation by the name of its contract entry. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [auth, blobs, payouts, printing, system]
    .flatMap((area) => Object.values(area))
    .map((operation) => [operation.entry.name, operation]),
);
