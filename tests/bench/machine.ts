import { existsSync, readFileSync } from 'node:fs';

const PROC_STAT = '/proc/stat';
/** Where the kernel's first line has the time that other machines of the same host took; man 5 proc. */
const STOLEN_COLUMN = 7;

/**
 * Starts to watch what this machine does not get of its processors because its host gave it to others. The answer
 * gives the share since then, 0 to 1; undefined where the system does not say. A figure taken while much was stolen says
 * more about the neighbours than about the program.
 */
export function watchStolenTime(): () => number | undefined {
  const before = processorTimes();
  return () => {
    const now = processorTimes();
    if (!before || !now) return undefined;
    const spent = now.map((ticks, column) => ticks - (before[column] ?? 0));
    const all = spent.reduce((sum, ticks) => sum + ticks, 0);
    return all === 0 ? undefined : (spent[STOLEN_COLUMN] ?? 0) / all;
  };
}

/** Ticks by what they were spent on, of all processors. */
function processorTimes(): number[] | undefined {
  if (!existsSync(PROC_STAT)) return undefined;
  const [, ...ticks] = (readFileSync(PROC_STAT, 'utf8').split('\n')[0] ?? '').trim().split(/\s+/);
  return ticks.map(Number);
}
