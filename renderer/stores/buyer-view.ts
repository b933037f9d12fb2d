import { create } from 'zustand';

/** A QRIS code that stands before the buyer. */
export interface BuyerQris {
  amountRupiah: number;
  code: string;
  payload: string;
}

interface BuyerViewState {
  qris: BuyerQris | null;
  showQris(qris: BuyerQris | null): void;
}

/** What a buyer is shown now beside the basket and the change: for the second window. */
export const buyerView = create<BuyerViewState>((set) => ({
  qris: null,
  showQris: (qris) => set({ qris }),
}));
