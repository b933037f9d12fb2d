import { type ReactNode, useRef, useState } from 'react';
import type { CenterView } from '../../../shared/contract/center.ts';
import { qrisShow } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { newCommandId } from '../../engine/client.ts';
import type { OutboxEntry } from '../../engine/outbox.ts';
import type { Problem } from '../../engine/problem.ts';
import { useCommand } from '../../engine/use-command.ts';
import { basket, basketInput, type TakenPart, totalRupiah } from '../../stores/basket.ts';
import { moves } from '../../stores/moves.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { useBounce } from '../../ui/bounce.ts';
import {
  MAX_PARTS,
  oddChangeOf,
  type Payment,
  paymentOf,
  readPart,
  tendersOf,
  unseenQris,
} from './payment.ts';
import { endedPromotion, type PriceChange, priceChangeOf } from './price-change.ts';
import { useSale } from './use-sale.tsx';

/** What stands in front of the amount field: an exact part that is being taken, or a QRIS code, by its place. */
export type Step = { kind: 'debit' | 'transfer'; amountRupiah: number } | { kind: 'qris'; index: number };

/** Why a part was not added, or the sale not finished. */
export type PartHint = 'too-much' | 'too-many' | 'code-awaited';

export interface Paying {
  payment: Payment;
  typed: string;
  setTyped(typed: string): void;
  step: Step | undefined;
  closeStep(): void;
  /** Begins an exact part of what is typed, or of all that is left. */
  begin(kind: TakenPart['kind']): void;
  partHint: PartHint | undefined;
  /** The change that was asked about, rupiah: the next Enter pays. */
  oddChangeRupiah: number | undefined;
  /** The part is there; the sale is finished at once when nothing is left. */
  add(part: TakenPart): void;
  /** The payment of a shown code was seen, or counts without. */
  settleQris(index: number, reference: string | undefined): void;
  openQris(index: number): void;
  /** Before the end a QRIS payment has to be seen. */
  isAwaited: boolean;
  drop(index: number): void;
  /** Enter: finishes, or does what has to come first. */
  finish(): void;
  newPrice: PriceChange | undefined;
  takeNewPrice(): void;
  keepOldPrice(): void;
  problem: Problem | undefined;
  busy: boolean;
  /** The code of a QRIS part is being made. */
  showing: boolean;
  approval: ReactNode;
}

/** Everything that happens between F8 and the receipt. The sums are the domain's, the parts stay with the basket. */
export function usePaying(props: { shift: ShiftView; center: CenterView; onClose: () => void }): Paying {
  const { shift, center, onClose } = props;
  const content = basket();
  const [typed, setText] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [partHint, setPartHint] = useState<PartHint>();
  const [askedChangeRupiah, setAskedChange] = useState<number>();
  // Whoever comes back to a basket whose code was shown comes back to the code.
  const [step, setStep] = useState<Step | undefined>(() => firstStep(basket.getState().taken));
  const sale = useSale('pay');
  const show = useCommand(qrisShow, moves.show);
  const busy = sale.busy || show.busy;
  const finishing = useRef(false);
  const suffices = center.settings.qrisShownSuffices;
  const payment = paymentNow(typed);
  const unseen = unseenQris(content.taken);
  const isAwaited = unseen >= 0 && !suffices && payment.state !== 'over';
  const newPrice = priceChangeOf(problem, content);
  const oddChangeRupiah = oddChangeOf(payment);
  const isAsked = oddChangeRupiah !== undefined && oddChangeRupiah === askedChangeRupiah;
  const bounce = useBounce();

  /** By the basket as it is at this moment, not as it was painted last. */
  function paymentNow(amount: string): Payment {
    const { taken } = basket.getState();
    const total = totalRupiah(basket.getState());
    return paymentOf({ totalRupiah: total, taken, typed: amount, rounding: center.cashRounding });
  }

  function setTyped(next: string): void {
    setText(next);
    setPartHint(undefined);
    setAskedChange(undefined);
    bounce.clear();
  }

  function begin(kind: TakenPart['kind']): void {
    if (busy || payment.state !== 'open') return;
    if (content.taken.length >= MAX_PARTS) return setPartHint('too-many');
    const amountRupiah = readPart(typed, payment.leftRupiah);
    if (amountRupiah === undefined) return setPartHint('too-much');
    setProblem(undefined);
    setPartHint(undefined);
    if (kind === 'qris') void showQris(amountRupiah);
    else setStep({ kind, amountRupiah });
  }

  async function showQris(amountRupiah: number): Promise<void> {
    const input = { basket: basketInput(basket.getState()), amountRupiah, drawer: shift.drawer };
    const answer = await show.run(input);
    setPartHint(undefined);
    // Not decided yet: the till says so, and goes on asking. The wait may have been left with Esc before.
    const isHere = tillDialog.getState().dialog?.name === 'pay';
    if (answer && isHere && basket.getState().moving) onClose();
    if (answer?.outcome !== 'ok') return;
    // The code is a part of its own basket, wherever that lies by now.
    const { ticket } = answer.value;
    const index = basket.getState().taken.findIndex(({ qris }) => qris?.ticket === ticket);
    if (index < 0) return;
    setText('');
    setStep({ kind: 'qris', index });
  }

  /** Back at the amount field with the parts as they are now; the last one finishes the sale. */
  function goOn(taken: TakenPart[]): void {
    basket.getState().setTaken(taken);
    setText('');
    setStep(undefined);
    bounce.mark();
    if (paymentNow('').state === 'paid' && (suffices || unseenQris(taken) < 0)) void pay('');
  }

  function settleQris(index: number, reference: string | undefined): void {
    const { taken } = basket.getState();
    goOn(
      taken.map((part, at) =>
        at === index && part.qris && reference
          ? { ...part, reference, qris: { ...part.qris, seen: true } }
          : part,
      ),
    );
  }

  function finish(): void {
    // Enter pressed twice at a card's part must not take the rest as cash, nor a new price that nobody has read.
    if (bounce.isOn()) return;
    // Its ticket may hold the goods by now: paid in cash as well, they could be sold twice.
    if (basket.getState().moving) return setPartHint('code-awaited');
    if (newPrice) return takeNewPrice();
    if (isAwaited) setStep({ kind: 'qris', index: unseen });
    else if (oddChangeRupiah !== undefined && !isAsked) askAbout(oddChangeRupiah);
    else void pay(typed);
  }

  /** Nobody hands over so much: it was mistyped, and the second press has to come after reading. */
  function askAbout(changeRupiah: number): void {
    setAskedChange(changeRupiah);
    bounce.mark();
  }

  async function pay(amount: string): Promise<void> {
    const now = paymentNow(amount);
    if (now.state === 'over' || (now.state === 'open' && now.changeRupiah === undefined)) return;
    if (finishing.current || basket.getState().moving) return;
    if (totalRupiah(basket.getState()) === 0) {
      return setProblem({ kind: 'rejected', name: 'nothing-to-pay', details: {} });
    }
    finishing.current = true;
    setProblem(undefined);
    const answer = await sale.run(entryOf(shift, now));
    finishing.current = false;
    if (answer?.kind === 'refused') refused(answer.problem);
    // Unanswered it is a ticket of its own: either way this basket is no longer for sale.
    else if (answer) onClose();
  }

  /** Says why; a promotion that has ended meanwhile is gone from the basket, and the sums are those without it. */
  function refused(why: Problem): void {
    const isOver = endedPromotion(why);
    if (isOver) basket.getState().dropPromotion(isOver);
    setProblem(why);
    bounce.mark();
  }

  function takeNewPrice(): void {
    if (!newPrice) return;
    basket.getState().setPrice(newPrice.product, newPrice.currentRupiah);
    setProblem(undefined);
    bounce.mark();
  }

  function keepOldPrice(): void {
    if (!newPrice?.keepAs) return;
    const { product, basketRupiah, currentRupiah, keepAs } = newPrice;
    basket.getState().keepPrice(product, basketRupiah, keepAs, currentRupiah);
    void pay(typed);
  }

  return {
    payment,
    typed,
    setTyped,
    step,
    closeStep: () => setStep(undefined),
    begin,
    partHint,
    oddChangeRupiah: isAsked ? oddChangeRupiah : undefined,
    add: (part) => goOn([...basket.getState().taken, part]),
    settleQris,
    openQris: (index) => setStep({ kind: 'qris', index }),
    isAwaited,
    drop: (index) => {
      const { taken, setTaken } = basket.getState();
      setTaken(taken.filter((_, at) => at !== index));
    },
    finish,
    newPrice,
    takeNewPrice,
    keepOldPrice,
    problem: problem ?? show.problem,
    busy,
    showing: show.busy,
    approval: sale.approval,
  };
}

function firstStep(taken: readonly TakenPart[]): Step | undefined {
  const index = unseenQris(taken);
  return index < 0 ? undefined : { kind: 'qris', index };
}

/** The sale as it goes into the outbox: the input of the command and what becomes the basket again after a no. */
function entryOf(shift: ShiftView, payment: Payment): OutboxEntry {
  const { lines, discount, visit, taken } = basket.getState();
  const content = { lines, discount, visit, taken };
  const total = totalRupiah(content);
  const tenderedRupiah = payment.state === 'open' ? (payment.tenderedRupiah ?? 0) : 0;
  return {
    id: newCommandId(),
    input: {
      shift: shift.shift,
      ...basketInput(content),
      totalRupiah: total,
      tenders: tendersOf(taken, tenderedRupiah),
    },
    totalRupiah: total,
    tenderedRupiah,
    basket: content,
    at: Date.now(),
    state: 'sent',
  };
}
