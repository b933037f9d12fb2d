/** An engine in a process of its own on the folder named on the command line. Started by lock.test.ts. */
import { boot } from '../../main/engine/boot.ts';
import { CHEAP_PIN } from '../support/engine.ts';

const [dir = ''] = process.argv.slice(2);
try {
  const running = await boot({ dir, pinCost: CHEAP_PIN });
  process.send?.({ opened: running.engine.journal.head().seq });
} catch (error) {
  process.send?.({ refused: (error as { code?: string }).code, message: (error as Error).message });
}
// Lives until it is killed.
setInterval(() => undefined, 1000);
