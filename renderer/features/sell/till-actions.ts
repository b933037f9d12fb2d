import { basket } from '../../stores/basket.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import type { KeyBindings } from '../../ui/keys.ts';
import { removeLine, stepQty } from './line-actions.ts';
import { isLocked } from './locked.ts';
import type { Turns } from './turns.ts';

/** What a key, a click or a touch does at the till. Each takes its turn behind what was scanned before it. */
export interface TillActions {
  pay(): void;
  quantity(): void;
  discount(): void;
  clear(): void;
  /** Parks the basket; with an empty one the parked baskets are listed. */
  park(): void;
  menu(): void;
  /** One step more or less of the chosen line, thousandths. */
  step(stepQuantity: number): void;
  /** The line above (-1) or below (1). */
  move(lines: number): void;
  remove(): void;
}

export function actionsOf(turns: Turns): TillActions {
  const hasLines = () => basket.getState().lines.length > 0;
  const openOverLines = (name: 'pay' | 'quantity' | 'discount' | 'clear') => () =>
    turns.key(() => {
      if (hasLines() && !isLocked()) tillDialog.getState().open({ name });
    });
  return {
    pay: openOverLines('pay'),
    quantity: openOverLines('quantity'),
    discount: openOverLines('discount'),
    clear: openOverLines('clear'),
    park: () =>
      turns.key(() => {
        if (!isLocked()) tillDialog.getState().open({ name: hasLines() ? 'hold' : 'tickets' });
      }),
    menu: () => turns.key(() => tillDialog.getState().open({ name: 'menu' })),
    step: (stepQuantity) => turns.key(() => stepQty(basket.getState().selected, stepQuantity)),
    move: (lines) =>
      turns.key(() => {
        const { select, selected } = basket.getState();
        if (hasLines()) select(selected + lines);
      }),
    remove: () =>
      turns.key(() => {
        if (hasLines()) removeLine(basket.getState().selected);
      }),
  };
}

/** Keys that mean the chosen line only while nothing is typed and there is a line, or one on its way. */
export function lineKeys(actions: TillActions, isFree: () => boolean, stepQuantity: number): KeyBindings {
  const when = (action: () => void) => () => {
    if (!isFree()) return false;
    action();
    return true;
  };
  return {
    '+': when(() => actions.step(stepQuantity)),
    '-': when(() => actions.step(-stepQuantity)),
    ArrowUp: when(() => actions.move(-1)),
    ArrowDown: when(() => actions.move(1)),
    Delete: when(actions.remove),
  };
}
