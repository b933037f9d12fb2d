import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../shared/contract/define.ts';
import type { refundComplete } from '../../../shared/contract/refund.ts';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { type Choice, isTyped, useChoice } from '../../ui/choice.ts';
import type { KeyBindings } from '../../ui/keys.ts';
import type { Chosen, ChosenNow } from './chosen.ts';
import { allPicks, firstPicks, leftQty, type Picks, picked, stepped, within } from './coming-back.ts';
import { type Reason, reasonOfKey } from './Reasons.tsx';
import type { ScanQueue } from './scan-queue.ts';
import { useScannedGoods } from './use-scanned-goods.ts';

/** What a refund says beside its shift and sale; its memo is the form's. */
export type RefundLines = InputOf<typeof refundComplete>['lines'];

export interface RefundChoice {
  lines: Choice<SaleLineView>;
  picks: Picks;
  reason: Reason | undefined;
  /** What the person has to know or do first. */
  hint: string | undefined;
  /** Nothing of the receipt can come back any more. */
  isOver: boolean;
  setReason(reason: Reason): void;
  /** One piece more or less of the chosen line. */
  step(by: 1 | -1): void;
  /** So many thousandths of the chosen line. */
  setQty(quantity: number): void;
  keys: KeyBindings;
  /** What is chosen, or nothing and a hint what is missing. */
  wished(): RefundLines | undefined;
}

/** What a person chooses of a receipt by keys, scans and touches. */
export function useRefundChoice(sale: SaleView, scans: ScanQueue): RefundChoice {
  const { t } = useTranslation();
  const [hint, setHint] = useState<string>();
  const [chosen, now] = useChosen(sale);
  const lines = useChoice(sale.lines, lineNumber);
  const picks = within(sale, chosen.picks);
  const isOver = sale.lines.every((line) => leftQty(line) === 0);

  function change(next: (before: Chosen) => Partial<Chosen>): void {
    setHint(undefined);
    const before = now.get();
    now.set({ ...before, ...next(before) });
  }

  /** Changes how much of the chosen line comes back. */
  function changeLine(next: (before: Picks, line: SaleLineView) => Picks): void {
    const line = lines.item;
    if (line) change((before) => ({ picks: next(before.picks, line) }));
  }

  useScannedGoods(scans, sale, now, (found, sentence) => {
    if (found) lines.choose(found);
    setHint(sentence);
    if (sentence) beepUnknown();
  });

  const step = (by: 1 | -1) => changeLine((before, line) => stepped(before, line, by));
  const setReason = (reason: Reason) => change(() => ({ reason }));
  return {
    lines,
    picks,
    reason: chosen.reason,
    hint: isOver ? t('refund.nothingLeft') : hint,
    isOver,
    setReason,
    step,
    setQty: (quantity) => changeLine((before, line) => picked(before, line, quantity)),
    keys: {
      ...lines.keys,
      '+': unlessTyped(() => step(1)),
      '-': unlessTyped(() => step(-1)),
      '*': unlessTyped(() => change(() => ({ picks: allPicks(sale) }))),
      1: unlessTyped(() => setReason(reasonOfKey('1'))),
      2: unlessTyped(() => setReason(reasonOfKey('2'))),
      3: unlessTyped(() => setReason(reasonOfKey('3'))),
    },
    wished() {
      const { reason } = chosen;
      const wanted = Object.entries(picks).map(([line, qty]) => ({ line: Number(line), qty }));
      if (wanted.length === 0) setHint(t('refund.pickFirst'));
      else if (!reason) setHint(t('refund.reasonFirst'));
      if (wanted.length === 0 || !reason) return undefined;
      setHint(undefined);
      return wanted.map((wish) => {
        const batch = chosen.batches[wish.line];
        return { ...wish, reason, ...(batch !== undefined && { batch }) };
      });
    },
  };
}

/** What is chosen, as it was painted last, and as it is: a scan's answer does not wait for the screen. */
function useChosen(sale: SaleView): [Chosen, ChosenNow] {
  const [chosen, paint] = useState<Chosen>(() => ({
    picks: firstPicks(sale),
    reason: undefined,
    batches: {},
  }));
  const latest = useRef(chosen);
  const [now] = useState<ChosenNow>(() => ({
    get: () => latest.current,
    set(next) {
      latest.current = next;
      paint(next);
    },
  }));
  return [chosen, now];
}

/** In a field the key is text. */
function unlessTyped(act: () => void): (event: KeyboardEvent) => unknown {
  return (event) => (isTyped(event) ? false : act());
}

function lineNumber(line: SaleLineView): number {
  return line.line;
}
