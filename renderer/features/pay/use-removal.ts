import { type ReactNode, useState } from 'react';
import { saleDiscard } from '../../../shared/contract/sale.ts';
import type { Problem } from '../../engine/problem.ts';
import { basket, type TakenPart } from '../../stores/basket.ts';
import { useSupervised } from '../../ui/use-supervised.tsx';

/** A ticket that is no more has nothing to throw away. */
const GONE = ['ticket-closed', 'ticket-unknown'];

export interface Removal {
  remove(index: number): void;
  /** A shown code was asked for: it goes with the next press, because the buyer may have paid it already. */
  isDoubted: boolean;
  problem: Problem | undefined;
  /** A payment that was seen goes only with a supervisor's yes. */
  approval: ReactNode;
}

/** Takes a part out of a payment. A QRIS code is thrown away with it. */
export function useRemoval(taken: readonly TakenPart[], onRemoved: (index: number) => void): Removal {
  const discard = useSupervised(saleDiscard);
  const [doubted, setDoubted] = useState<number>();

  async function remove(index: number): Promise<void> {
    const part = taken[index];
    if (!part || discard.busy || basket.getState().moving) return;
    if (!part.qris) return onRemoved(index);
    if (!part.qris.seen && doubted !== index) return setDoubted(index);
    setDoubted(undefined);
    const answer = await discard.run({ ticket: part.qris.ticket });
    const isGone = answer?.outcome === 'rejected' && GONE.includes(answer.name);
    if (isGone) discard.clear();
    if (isGone || answer?.outcome === 'ok') onRemoved(index);
  }

  return {
    remove: (index) => void remove(index),
    isDoubted: doubted !== undefined,
    problem: discard.problem,
    approval: discard.approval,
  };
}
