import { create } from 'zustand';
import type { GoodsLine } from './basket.ts';

/** What stands in front of the till. One at a time; when it goes the till is ready for the next scan. */
export type TillDialog =
  | { name: 'pay' }
  | { name: 'quantity' }
  | { name: 'discount' }
  | { name: 'clear' }
  | { name: 'menu' }
  | { name: 'visit' }
  /** A code nobody knows: which vendor's, at what price. */
  | { name: 'unknown'; code: string; qty: number }
  /** Only expired pieces are on the book; `line` is what was to be added. */
  | { name: 'expired'; line: GoodsLine }
  | { name: 'hold' }
  /** `ticket`: the one whose slip was scanned. */
  | { name: 'tickets'; ticket?: number }
  /** A receipt was scanned: what of it comes back. */
  | { name: 'refund'; sale: number }
  | { name: 'find-receipt' }
  | { name: 'void' }
  | { name: 'reprint' }
  | { name: 'cash' }
  | { name: 'shift-report' };

interface TillDialogState {
  dialog: TillDialog | null;
  open(dialog: TillDialog): void;
  close(): void;
}

export const tillDialog = create<TillDialogState>((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
