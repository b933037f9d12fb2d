import { navigation } from '../stores/navigation.ts';
import { session } from '../stores/session.ts';
import { LeaveDialog } from '../ui/LeaveDialog.tsx';

/** Asks before the person goes elsewhere, or out, from a form that holds what has not been saved. */
export function UnsavedDialog() {
  const wanted = navigation((state) => state.wanted);
  if (!wanted) return null;
  const leave = () => {
    navigation.getState().leave();
    if (wanted === 'out') session.getState().signOut();
  };
  return <LeaveDialog onStay={navigation.getState().stay} onLeave={leave} />;
}
