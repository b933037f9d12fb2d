import { basket } from '../../stores/basket.ts';
import { beepUnknown } from '../../ui/beep.ts';

/**
 * True, with a beep, while the basket is between the till and a ticket: what was meant for it is left undone, and the
 * strip above the basket says why.
 */
export function isLocked(): boolean {
  const { moving } = basket.getState();
  if (moving) beepUnknown();
  return moving !== undefined;
}
