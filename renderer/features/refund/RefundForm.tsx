import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { refundGet } from '../../../shared/contract/refund.ts';
import type { SaleView } from '../../../shared/contract/sale.ts';
import type { CashStep } from '../../../shared/domain/tender.ts';
import type { Problem } from '../../engine/problem.ts';
import { ChoiceList } from '../../ui/ChoiceList.tsx';
import { isPressed } from '../../ui/choice.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { backNow, netBack } from './coming-back.ts';
import { Reasons } from './Reasons.tsx';
import styles from './Refund.module.css';
import { RefundFigures } from './RefundFigures.tsx';
import { RefundLine } from './RefundLine.tsx';
import { RefundProblem } from './RefundProblem.tsx';
import { Stepper } from './Stepper.tsx';
import type { ScanQueue } from './scan-queue.ts';
import { type RefundChoice, type RefundLines, useRefundChoice } from './use-refund-choice.ts';

/** The lines at the left; why, and what the buyer gets, at the right. */
export function RefundForm(props: {
  sale: SaleView;
  earlier: OutputOf<typeof refundGet>[] | undefined;
  cashStep: number | undefined;
  scans: ScanQueue;
  busy: boolean;
  problem: Problem | undefined;
  onRefund: (wish: { lines: RefundLines; memo?: string }) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { sale, earlier, cashStep, busy } = props;
  const choice = useRefundChoice(sale, props.scans);
  const [memo, setMemo] = useState('');
  const quantity = useRef<HTMLInputElement>(null);
  const net = netBack(sale, choice.picks);
  const back =
    earlier && cashStep !== undefined ? backNow(sale, earlier, net, cashStep as CashStep) : undefined;

  async function refund(): Promise<void> {
    const lines = choice.wished();
    const typed = memo.trim();
    if (lines && !busy) await props.onRefund({ lines, ...(typed && { memo: typed }) });
  }

  useKeys({
    ...choice.keys,
    F4: () => quantity.current?.select(),
    Enter: (event) => (isPressed(event) || event.target === quantity.current ? false : void refund()),
  });

  return (
    <div className={styles.form}>
      <Lines sale={sale} choice={choice} quantity={quantity} />
      <div className={styles.right}>
        <Reasons reason={choice.reason} onReason={choice.setReason} />
        <TextInput
          label={t('refund.memo')}
          value={memo}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setMemo(event.currentTarget.value)}
        />
        <RefundFigures net={net} back={back} />
        {choice.hint && <WarningBox>{choice.hint}</WarningBox>}
        <RefundProblem problem={props.problem} />
        <WaitingBox busy={busy} />
        <Group justify="flex-end" wrap="nowrap">
          <Button
            variant="default"
            size="md"
            disabled={busy}
            onClick={props.onClose}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t('common.cancel')}
          </Button>
          <Button
            size="md"
            color="clay"
            loading={busy}
            disabled={choice.isOver}
            onClick={() => void refund()}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('refund.do')}
          </Button>
        </Group>
      </div>
    </div>
  );
}

function Lines(props: {
  sale: SaleView;
  choice: RefundChoice;
  quantity: React.RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation();
  const { sale, choice } = props;
  const { lines, picks } = choice;
  const place = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.left} ref={place}>
      <p className={styles.lead}>
        {t('refund.of', { at: formatMoment(sale.at), cashier: sale.cashier })} {t('refund.scanHint')}
      </p>
      <ChoiceList
        id="refund-lines"
        label={t('refund.lines')}
        items={sale.lines}
        keyOf={(line) => line.line}
        choice={lines}
        autoFocus
        row={(line) => <RefundLine line={line} quantity={picks[line.line] ?? 0} />}
      />
      <Stepper
        line={lines.item}
        fieldRef={props.quantity}
        quantity={lines.item ? (picks[lines.item.line] ?? 0) : 0}
        onStep={choice.step}
        onQuantity={choice.setQty}
        onLeave={() => place.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()}
      />
    </div>
  );
}
