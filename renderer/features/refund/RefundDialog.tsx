import type { ShiftView } from '../../../shared/contract/shift.ts';

/** What comes back of a receipt, why, and what the buyer gets. */
export function RefundDialog(_props: { sale: number; shift: ShiftView; onClose: () => void }) {
  return null;
}
