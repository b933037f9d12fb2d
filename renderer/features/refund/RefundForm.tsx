import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf, OutputOf } from '../../../shared/contract/define.ts';
import type { refundComplete, refundGet } from '../../../shared/contract/refund.ts';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import type { CashStep } from '../../../shared/domain/tender.ts';
import type { Problem } from '../../engine/problem.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { ChoiceList } from '../../ui/ChoiceList.tsx';
import { isPressed, isTyped, useChoice } from '../../ui/choice.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import {
  allPicks,
  backNow,
  firstPicks,
  leftQty,
  netBack,
  type Picks,
  picked,
  stepped,
  within,
} from './coming-back.ts';
import { type Reason, Reasons, reasonOfKey } from './Reasons.tsx';
import styles from './Refund.module.css';
import { RefundFigures } from './RefundFigures.tsx';
import { RefundLine } from './RefundLine.tsx';
import { RefundProblem } from './RefundProblem.tsx';
import { Stepper } from './Stepper.tsx';
import type { ScanQueue } from './scan-queue.ts';
import { type Chosen, useScannedGoods } from './use-scanned-goods.ts';

type Wish = Pick<InputOf<typeof refundComplete>, 'lines' | 'memo'>;

export function RefundForm(props: {
  sale: SaleView;
  earlier: OutputOf<typeof refundGet>[] | undefined;
  cashStep: number | undefined;
  scans: ScanQueue;
  busy: boolean;
  problem: Problem | undefined;
  onRefund: (wish: Wish) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { sale, busy } = props;
  const [chosen, setChosen] = useState<Chosen>(() => ({
    picks: firstPicks(sale),
    reason: undefined,
    batches: {},
  }));
  const [memo, setMemo] = useState('');
  const [hint, setHint] = useState<string>();
  const choice = useChoice(sale.lines, lineNumber);
  const quantity = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { reason } = chosen;
  const picks = within(sale, chosen.picks);
  const line = choice.item;
  const net = netBack(sale, picks);
  const nothingLeft = sale.lines.some((sold) => leftQty(sold) > 0) ? undefined : t('refund.nothingLeft');
  const back =
    props.earlier && props.cashStep !== undefined
      ? backNow(sale, props.earlier, net, props.cashStep as CashStep)
      : undefined;

  const setPicks = (next: (before: Picks) => Picks) => {
    setHint(undefined);
    setChosen((before) => ({ ...before, picks: next(before.picks) }));
  };
  const setReason = (next: Reason) => {
    setHint(undefined);
    setChosen((before) => ({ ...before, reason: next }));
  };
  useScannedGoods(props.scans, sale, chosen, setChosen, (found, sentence) => {
    if (found) choice.choose(found);
    setHint(sentence);
    if (sentence) beepUnknown();
  });

  async function refund(): Promise<void> {
    const lines = Object.entries(picks).map(([number, quantity]) => ({
      line: Number(number),
      qty: quantity,
    }));
    if (lines.length === 0) return setHint(t('refund.pickFirst'));
    if (!reason) return setHint(t('refund.reasonFirst'));
    if (busy) return;
    setHint(undefined);
    await props.onRefund({
      lines: lines.map((wish) => {
        const batch = chosen.batches[wish.line];
        return { ...wish, reason, ...(batch !== undefined && { batch }) };
      }),
      ...(memo.trim() && { memo: memo.trim() }),
    });
  }

  const unlessTyped = (act: () => void) => (event: KeyboardEvent) => (isTyped(event) ? false : act());
  const byKey = (key: string) => unlessTyped(() => setReason(reasonOfKey(key)));
  useKeys({
    ...choice.keys,
    '+': unlessTyped(() => line && setPicks((before) => stepped(before, line, 1))),
    '-': unlessTyped(() => line && setPicks((before) => stepped(before, line, -1))),
    '*': unlessTyped(() => setPicks(() => allPicks(sale))),
    1: byKey('1'),
    2: byKey('2'),
    3: byKey('3'),
    F4: () => quantity.current?.select(),
    Enter: (event) => (isPressed(event) || event.target === quantity.current ? false : void refund()),
  });

  return (
    <div className={styles.form}>
      <div className={styles.left} ref={list}>
        <p className={styles.lead}>
          {t('refund.of', { at: formatMoment(sale.at), cashier: sale.cashier })} {t('refund.scanHint')}
        </p>
        <ChoiceList
          id="refund-lines"
          label={t('refund.lines')}
          items={sale.lines}
          keyOf={lineNumber}
          choice={choice}
          autoFocus
          row={(row) => <RefundLine line={row} quantity={picks[row.line] ?? 0} />}
        />
        <Stepper
          line={line}
          fieldRef={quantity}
          quantity={line ? (picks[line.line] ?? 0) : 0}
          onStep={(step) => line && setPicks((before) => stepped(before, line, step))}
          onQuantity={(typed) => line && setPicks((before) => picked(before, line, typed))}
          onLeave={() => list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()}
        />
      </div>
      <div className={styles.right}>
        <Reasons reason={reason} onReason={setReason} />
        <TextInput
          label={t('refund.memo')}
          value={memo}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setMemo(event.currentTarget.value)}
        />
        <RefundFigures net={net} back={back} />
        {(hint ?? nothingLeft) && <WarningBox>{nothingLeft ?? hint}</WarningBox>}
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
            disabled={nothingLeft !== undefined}
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

function lineNumber(line: SaleLineView): number {
  return line.line;
}
