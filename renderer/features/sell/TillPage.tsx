import { useEffect } from 'react';
import { centerGet } from '../../../shared/contract/center.ts';
import { shiftCurrent } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { basket } from '../../stores/basket.ts';
import { till } from '../../stores/till.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { OpenShift } from '../shift/OpenShift.tsx';
import { Till } from './Till.tsx';

/** The cashier's home: opening the till, then selling. */
export function TillPage() {
  const shift = useQuery(shiftCurrent, {}, ['shift']);
  const center = useQuery(centerGet, {}, ['center']).value;
  useEffect(leaveSentBaskets, []);
  if (!shift.value || !center) return <ProblemBox problem={shift.problem} />;
  if (!shift.value.shift) return <OpenShift onOpened={shift.ask} />;
  return <Till shift={shift.value.shift} center={center} />;
}

/** After a restart a basket whose sale was on its way is a ticket, not a basket: it must not be sold twice. */
function leaveSentBaskets(): void {
  const { tickets, sending } = till.getState();
  const lines = JSON.stringify(basket.getState().lines);
  if (tickets.some((ticket) => !sending.includes(ticket.id) && JSON.stringify(ticket.lines) === lines)) {
    basket.getState().clear();
  }
}
