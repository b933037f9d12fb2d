import type { CenterView } from '../../../shared/contract/center.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { basket, type ShownQris, totalRupiah } from '../../stores/basket.ts';
import { AmountDialog } from './AmountDialog.tsx';
import { PartDialog } from './PartDialog.tsx';
import { QrisDialog } from './QrisDialog.tsx';
import { usePaying } from './use-paying.tsx';

/**
 * Paying: cash, exact parts beside it, or a QRIS code. A basket whose code was shown already comes back to that code.
 */
export function PayDialog(props: { shift: ShiftView; center: CenterView; onClose: () => void }) {
  const { shift, center, onClose } = props;
  const paying = usePaying(props);
  const content = basket();
  const { taken } = content;
  const { step } = paying;
  const code = step?.kind === 'qris' ? taken[step.index] : undefined;
  if (step?.kind === 'qris' && code?.qris) {
    const { index } = step;
    return (
      <QrisDialog
        part={code}
        shown={code.qris}
        shift={shift}
        suffices={center.settings.qrisShownSuffices}
        mayLeave={taken.length === 1 && holdsAll(code.qris, totalRupiah(content))}
        onSeen={(reference) => paying.settleQris(index, reference)}
        onBack={paying.closeStep}
        onLeave={onClose}
      />
    );
  }
  if (step && step.kind !== 'qris') {
    return <PartDialog {...step} onDone={paying.add} onBack={paying.closeStep} />;
  }
  return <AmountDialog paying={paying} onClose={onClose} />;
}

/** A ticket that came back from the list says nothing of its total: its basket is the till's. */
function holdsAll({ basketRupiah }: ShownQris, totalNowRupiah: number): boolean {
  return basketRupiah === undefined || basketRupiah === totalNowRupiah;
}
