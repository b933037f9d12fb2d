import { engine } from '../engine/client.ts';
import { kept } from '../engine/kept.ts';
import { createMoves } from '../engine/moves.ts';
import { basket, totalRupiah } from './basket.ts';

/** The till's basket on its way to a ticket, or from one. */
export const moves = createMoves(
  engine,
  {
    moving: () => basket.getState().moving,
    begin: (moving) => basket.setState({ moving }),
    stay: () => basket.setState({ moving: undefined }),
    leave: () => basket.getState().clear(),
    take(shown) {
      const { moving, taken } = basket.getState();
      if (moving?.kind !== 'qris') return;
      const { ticket, code, payload } = shown;
      const qris = { ticket, code, payload, seen: false, basketRupiah: totalRupiah(basket.getState()) };
      const part = { kind: 'qris' as const, amountRupiah: moving.input.amountRupiah, qris };
      basket.setState({ moving: undefined, taken: [...taken, part] });
    },
  },
  kept,
);
