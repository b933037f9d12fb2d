import type { Language } from '../../../shared/domain/calendar.ts';

/** Between the till's page and the buyer's window; both are pages of ours, nothing else hears it. */
export const DISPLAY_CHANNEL = 'titipan.display';
/** The till says how it stands at least this often; a buyer's window that hears nothing for longer shows the welcome. */
export const REPEAT_MS = 4_000;
export const SILENCE_MS = 3 * REPEAT_MS;

export interface DisplayLine {
  name: string;
  /** `3 pcs × Rp25.000`, ready to read. */
  detail: string;
  amountRupiah: number;
}

/** What a buyer sees. Amounts in whole rupiah. */
export type Scene =
  | { name: 'welcome' }
  | {
      name: 'basket';
      lines: DisplayLine[];
      totalRupiah: number;
      /** What discounts and promotions take off. */
      savedRupiah: number;
      /** Of the total, what came in already. */
      takenRupiah: number;
    }
  | { name: 'qris'; amountRupiah: number; code: string; payload: string }
  | { name: 'done'; totalRupiah: number; changeRupiah: number };

export interface DisplayState {
  scene: Scene;
  center: string;
  language: Language;
}

/** `hello`: a buyer's window wants to know. `back`: the till's page was loaded again and knows of no such window yet. */
export type DisplayMessage = { kind: 'hello' | 'back' } | { kind: 'state'; state: DisplayState };
