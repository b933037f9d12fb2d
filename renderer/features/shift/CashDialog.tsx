import type { ShiftView } from '../../../shared/contract/shift.ts';

/** Cash into or out of the drawer without a sale, and from the drawer to the safe. */
export function CashDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
