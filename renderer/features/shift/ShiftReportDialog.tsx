import type { ShiftView } from '../../../shared/contract/shift.ts';

/** An X report on paper and on the screen. */
export function ShiftReportDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
