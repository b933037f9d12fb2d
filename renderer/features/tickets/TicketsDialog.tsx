import type { ShiftView } from '../../../shared/contract/shift.ts';

/** Parked baskets and QRIS codes that were shown; any one goes on. */
export function TicketsDialog(_props: { shift: ShiftView; onClose: () => void }) {
  return null;
}
