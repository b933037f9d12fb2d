import { useRef, useState } from 'react';
import type { ProductView } from '../../../shared/contract/product.ts';
import { type BasketView, saleHold, saleRecall, type TicketView } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import type { Problem } from '../../engine/problem.ts';
import { useCommand } from '../../engine/use-command.ts';
import { basket, basketInput, totalRupiah } from '../../stores/basket.ts';
import { moves } from '../../stores/moves.ts';
import { till } from '../../stores/till.ts';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { type RecallChange, recalled, takenOf } from './recalled.ts';

/** An open ticket with all that is needed to have its basket at the till. */
export interface OpenTicket {
  ticket: TicketView;
  basket: BasketView;
  products: readonly ProductView[];
}

type Coming = Parameters<ReturnType<typeof basket.getState>['callBack']>[0];

export interface Recall {
  /**
   * Takes a parked basket to this till; one that is there already is parked first. Answers what is otherwise now, or
   * undefined when it stayed where it was.
   */
  recall(open: OpenTicket): Promise<RecallChange[] | undefined>;
  /** Fills the till with the basket of a QRIS ticket, which stays open until it is paid. */
  goOn(open: OpenTicket): Promise<RecallChange[] | undefined>;
  busy: boolean;
  problem: Problem | undefined;
  approval: React.ReactNode;
}

export function useRecall(shift: ShiftView): Recall {
  const hold = useCommand(saleHold, moves.hold);
  const coming = useRef<Coming>(undefined);
  const back = useSupervised(saleRecall, undefined, (input, options) =>
    // In one write with its move, before the ticket is closed: whatever is killed, the basket lies in one place.
    moves.recall(
      input,
      options,
      (moving) => coming.current && basket.getState().callBack({ ...coming.current, moving }),
    ),
  );
  const [busy, setBusy] = useState(false);

  /** False when the basket in hand could not be parked. */
  async function park(): Promise<boolean> {
    const content = basket.getState();
    if (content.moving) return false;
    if (content.lines.length === 0) return true;
    const answer = await hold.run({ basket: basketInput(content), drawer: shift.drawer });
    return answer?.outcome === 'ok';
  }

  async function once(task: () => Promise<RecallChange[] | undefined>): Promise<RecallChange[] | undefined> {
    if (busy) return undefined;
    setBusy(true);
    const changes = await task();
    setBusy(false);
    return changes;
  }

  return {
    recall: ({ ticket, basket: held, products }) =>
      once(async () => {
        if (!(await park())) return undefined;
        const { content, changes } = recalled(held, products);
        coming.current = content;
        const answer = await back.run({ ticket: ticket.ticket });
        if (answer?.outcome !== 'ok') return undefined;
        till.getState().forgetLast();
        return changes;
      }),
    goOn: ({ ticket, basket: held, products }) =>
      once(async () => {
        if (!(await park())) return undefined;
        const { content, changes } = recalled(held, products);
        basket.getState().callBack({ ...content, taken: takenOf(ticket, totalRupiah(content)) });
        till.getState().forgetLast();
        return changes;
      }),
    busy: busy || hold.busy || back.busy,
    problem: hold.problem ?? back.problem,
    approval: back.approval,
  };
}
