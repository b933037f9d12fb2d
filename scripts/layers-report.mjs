/** Prints what scripts/layers.mjs finds in the whole tree; part of `npm run check`. */
import { checkTree } from './layers.mjs';

const problems = checkTree();
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
