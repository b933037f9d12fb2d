import type { ShiftView } from '../../../shared/contract/shift.ts';

/** Parks the basket under a name. */
export function HoldDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
