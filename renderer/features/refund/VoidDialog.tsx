import type { ShiftView } from '../../../shared/contract/shift.ts';

/** Takes the last receipt of the shift back whole. */
export function VoidDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
