import type { CenterView } from '../../../shared/contract/center.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { type TillDialog, tillDialog } from '../../stores/till-dialog.ts';
import { PayDialog } from '../pay/PayDialog.tsx';
import { FindReceiptDialog } from '../refund/FindReceiptDialog.tsx';
import { RefundDialog } from '../refund/RefundDialog.tsx';
import { ReprintDialog } from '../refund/ReprintDialog.tsx';
import { VoidDialog } from '../refund/VoidDialog.tsx';
import { CashDialog } from '../shift/CashDialog.tsx';
import { ShiftReportDialog } from '../shift/ShiftReportDialog.tsx';
import { HoldDialog } from '../tickets/HoldDialog.tsx';
import { TicketsDialog } from '../tickets/TicketsDialog.tsx';
import { ClearDialog } from './ClearDialog.tsx';
import { DiscountDialog } from './DiscountDialog.tsx';
import { ExpiredDialog } from './ExpiredDialog.tsx';
import { MenuDialog } from './MenuDialog.tsx';
import { QtyDialog } from './QtyDialog.tsx';
import { UnknownDialog } from './UnknownDialog.tsx';
import { VisitDialog } from './VisitDialog.tsx';

/** Whatever stands in front of the till now. */
export function TillDialogs(props: { dialog: TillDialog; shift: ShiftView; center: CenterView }) {
  const { dialog, shift, center } = props;
  const onClose = tillDialog.getState().close;
  switch (dialog.name) {
    case 'pay':
      return <PayDialog shift={shift} center={center} onClose={onClose} />;
    case 'quantity':
      return <QtyDialog onClose={onClose} />;
    case 'discount':
      return <DiscountDialog cashierBps={center.settings.cashierDiscountBps} onClose={onClose} />;
    case 'clear':
      return <ClearDialog onClose={onClose} />;
    case 'menu':
      return <MenuDialog onClose={onClose} />;
    case 'visit':
      return <VisitDialog onClose={onClose} />;
    case 'unknown':
      return <UnknownDialog code={dialog.code} qty={dialog.qty} onClose={onClose} />;
    case 'expired':
      return <ExpiredDialog line={dialog.line} today={center.day} onClose={onClose} />;
    case 'hold':
      return <HoldDialog shift={shift} onClose={onClose} />;
    case 'tickets':
      return (
        <TicketsDialog shift={shift} {...(dialog.ticket && { ticket: dialog.ticket })} onClose={onClose} />
      );
    case 'refund':
      return <RefundDialog sale={dialog.sale} shift={shift} onClose={onClose} />;
    case 'find-receipt':
      return <FindReceiptDialog shift={shift} onClose={onClose} />;
    case 'void':
      return <VoidDialog shift={shift} onClose={onClose} />;
    case 'reprint':
      return <ReprintDialog shift={shift} onClose={onClose} />;
    case 'cash':
      return <CashDialog shift={shift} onClose={onClose} />;
    case 'shift-report':
      return <ShiftReportDialog shift={shift} onClose={onClose} />;
  }
}
