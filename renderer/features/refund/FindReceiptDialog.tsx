import type { ShiftView } from '../../../shared/contract/shift.ts';

/** A receipt by its scanned or typed number, or one of today's. */
export function FindReceiptDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
