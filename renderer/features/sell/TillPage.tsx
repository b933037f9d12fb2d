import { centerGet } from '../../../shared/contract/center.ts';
import { shiftCurrent } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { OpenShift } from '../shift/OpenShift.tsx';
import { Till } from './Till.tsx';

/** The cashier's home: opening the till, then selling. */
export function TillPage() {
  const shift = useQuery(shiftCurrent, {}, ['shift']);
  const center = useQuery(centerGet, {}, ['center']).value;
  if (!shift.value || !center) return <ProblemBox problem={shift.problem} />;
  if (!shift.value.shift) return <OpenShift onOpened={shift.ask} />;
  return <Till shift={shift.value.shift} center={center} />;
}
