/** Runs a printing engine in a process of its own until it has killed itself or has nothing left to do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ChildOrders } from './kill-child.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** Whether it was killed. Throws when it ended in any third way. */
export async function runAndKill(orders: ChildOrders): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(orders)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal === 'SIGKILL') return true;
  if (code === 0) return false;
  throw new Error(`the printing engine ended with ${code ?? signal}`);
}
