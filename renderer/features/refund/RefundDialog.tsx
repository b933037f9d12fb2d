import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerGet } from '../../../shared/contract/center.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { refundComplete, refundGet } from '../../../shared/contract/refund.ts';
import { type SaleView, saleGet } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { engine } from '../../engine/client.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useDialogScans } from '../../ui/use-dialog-scans.ts';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { netBack } from './coming-back.ts';
import { RefundDone } from './RefundDone.tsx';
import { RefundForm } from './RefundForm.tsx';
import { createScanQueue } from './scan-queue.ts';

type RefundResult = OutputOf<typeof refundComplete>;
type RefundView = OutputOf<typeof refundGet>;

/** What comes back of a receipt, why, and what the buyer gets. A scan chooses goods, a figure the reason. */
export function RefundDialog(props: { sale: number; shift: ShiftView; onClose: () => void }) {
  const { t } = useTranslation();
  const sale = useQuery(saleGet, { sale: props.sale }, ['sales']);
  const center = useQuery(centerGet, {}, ['center']).value;
  const earlier = useEarlier(sale.value);
  // Whoever says yes sees what it costs.
  const refund = useSupervised(refundComplete, ({ lines }) => {
    const picks = Object.fromEntries(lines.map(({ line, qty }) => [line, qty]));
    const worth = sale.value && moneyText(netBack(sale.value, picks));
    return (
      <p>
        {t('refund.worth')}: <strong>{worth}</strong>
      </p>
    );
  });
  const [done, setDone] = useState<RefundResult>();
  const [scans] = useState(createScanQueue);
  useDialogScans(scans.add, { active: !refund.approval && !done, onBegin: scans.begin });
  const title = sale.value ? t('refund.title', { number: sale.value.number }) : t('refund.titleShort');

  if (done)
    return (
      <RefundDone result={done} title={title} hasSlip={props.shift.hasPrinter} onClose={props.onClose} />
    );
  return (
    <Dialog
      title={title}
      size="62rem"
      scans="own"
      onClose={props.onClose}
      mustAnswer={refund.busy || refund.approval !== undefined}
    >
      <ProblemBox problem={sale.problem} />
      {sale.value && (
        <RefundForm
          sale={sale.value}
          earlier={earlier}
          cashStep={center?.cashRounding.stepRupiah}
          scans={scans}
          busy={refund.busy}
          problem={refund.approval ? undefined : refund.problem}
          onClose={props.onClose}
          onRefund={async (wish) => {
            const answer = await refund.run({ shift: props.shift.shift, sale: props.sale, ...wish });
            if (answer?.outcome === 'ok') setDone(answer.value);
            else sale.ask();
          }}
        />
      )}
      {refund.approval}
    </Dialog>
  );
}

/** The sale's earlier refunds, which a sum to hand out now builds on; undefined until all of them are known. */
function useEarlier(sale: SaleView | undefined): RefundView[] | undefined {
  const [known, setKnown] = useState<{ of: string; refunds: RefundView[] }>();
  const wanted = sale?.refunds.map(({ refund }) => refund).join(' ');
  useEffect(() => {
    if (wanted === undefined || wanted === '') return;
    let alive = true;
    const asked = wanted.split(' ').map((refund) => engine.call(refundGet, { refund: Number(refund) }));
    void Promise.all(asked).then((answers) => {
      const refunds = answers.flatMap((answer) => (answer.outcome === 'ok' ? [answer.value] : []));
      if (alive && refunds.length === answers.length) setKnown({ of: wanted, refunds });
    });
    return () => {
      alive = false;
    };
  }, [wanted]);
  if (wanted === '') return [];
  return known?.of === wanted ? known?.refunds : undefined;
}
