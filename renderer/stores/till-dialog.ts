import { create } from 'zustand';
import type { ProductView } from '../../shared/contract/product.ts';

/** What stands in front of the till. One at a time; when it goes the till is ready for the next scan. */
export type TillDialog =
  | { name: 'pay' }
  | { name: 'quantity' }
  | { name: 'discount' }
  | { name: 'clear' }
  | { name: 'menu' }
  | { name: 'visit' }
  /** A code nobody knows: which vendor's, at what price. */
  | { name: 'unknown'; code: string }
  /** Only expired pieces are on the book. */
  | { name: 'expired'; product: ProductView; batch?: number }
  | { name: 'hold' }
  | { name: 'tickets' }
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
