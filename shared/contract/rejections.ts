/**
 * Every "no" that Titipan says, with the details its sentence needs. A rejection is a value, never an exception:
 * the screen has words for each name (renderer/app/locales), the journal keeps those a handler gave.
 */

/** States the type of a rejection's details; nothing is there at run time. */
function details<D extends object>(): D {
  return {} as D;
}

/** Said by the door before a command is tried. Not journaled: they leave the command's id unused. */
export const doorRejections = {
  'bad-input': details<{ field: string; problem: string }>(),
  'unknown-name': details<{ name: string }>(),
  'no-session': details<{}>(),
  forbidden: details<{ role: string }>(),
  'setup-needed': details<{}>(),
  'already-set-up': details<{}>(),
  'too-fast': details<{ waitMs: number }>(),
  busy: details<{}>(),
  'disk-full': details<{}>(),
  'clock-doubtful': details<{ lastAt: number; now: number }>(),
  'id-reused': details<{ id: string }>(),
  'approval-invalid': details<{}>(),
  stopping: details<{}>(),
} as const;

/** Said by a handler about the books as they are. Journaled: the same id gets the same answer for ever. */
export const handlerRejections = {
  // people
  'username-taken': details<{ username: string }>(),
  'pin-too-short': details<{}>(),
  'pin-too-simple': details<{}>(),
  'wrong-pin': details<{ waitMs: number }>(),
  'unknown-user': details<{ username: string }>(),
  'unknown-person': details<{}>(),
  'user-disabled': details<{ username: string }>(),
  'last-admin': details<{}>(),
  'not-your-pin': details<{}>(),
  /** A supervisor has to say yes to it: `why` says to what. */
  'approval-needed': details<{
    why:
      | 'discount'
      | 'price'
      | 'expired'
      | 'goodwill'
      | 'own-pin'
      | 'seen-ticket'
      | 'shift-report'
      | 'reprint';
  }>(),
  /** Two different people have to stand behind it. */
  'second-person-needed': details<{}>(),
  // center
  'pkp-not-available': details<{}>(),
  'vouchers-not-available': details<{}>(),
  'places-not-available': details<{}>(),
  'operator-not-rising': details<{ lastFrom: string }>(),
  'qris-unreadable': details<{ problem: string }>(),
  // vendors, agreements, products
  'vendor-code-taken': details<{ code: string }>(),
  'vendor-unknown': details<{ vendor: string }>(),
  'agreement-backdated': details<{ from: string; day: string }>(),
  'no-agreement': details<{ vendor: string }>(),
  'net-price-missing': details<{ product: string }>(),
  'cost-missing': details<{ product: string }>(),
  'vendor-inactive': details<{ vendor: string }>(),
  'group-unknown': details<{ group: number }>(),
  'group-name-taken': details<{ name: string }>(),
  'own-goods': details<{ product: string }>(),
  'not-own-goods': details<{ product: string }>(),
  'product-inactive': details<{ product: string }>(),
  'bearer-not-allowed': details<{ product: string }>(),
  'promotion-unknown': details<{ promotion: number }>(),
  'promotion-ended': details<{ name: string }>(),
  'promotion-not-for-line': details<{ name: string; product: string }>(),
  'product-unknown': details<{ product: string }>(),
  'barcode-taken': details<{ barcode: string; product: string }>(),
  // import
  'blob-unknown': details<{ sha256: string }>(),
  'blob-damaged': details<{}>(),
  'sheet-unreadable': details<{ problem: string }>(),
  'sheet-too-long': details<{ rows: number; most: number }>(),
  'sheet-not-ready': details<{}>(),
  // goods
  'wrong-vendor': details<{ product: string }>(),
  'already-expired': details<{ product: string; expires: string }>(),
  'stock-not-negative': details<{}>(),
  'only-expired-stock': details<{ product: string; expired: number }>(),
  'not-expired': details<{ product: string }>(),
  'batch-unknown': details<{ batch: number }>(),
  'stock-short': details<{ product: string; onHandQty: number }>(),
  'line-twice': details<{ product: string }>(),
  'unresolved-unknown': details<{ sale: number; line: number }>(),
  'already-resolved': details<{ sale: number; line: number }>(),
  'memo-missing': details<{}>(),
  // drawers
  'drawer-unknown': details<{ drawer: number }>(),
  'drawer-code-taken': details<{ code: string }>(),
  'drawer-busy': details<{ drawer: string; username: string }>(),
  'shift-already-open': details<{ drawer: string }>(),
  'shift-not-open': details<{}>(),
  'shift-too-long': details<{ openedAt: number }>(),
  'not-your-shift': details<{ username: string }>(),
  'drawer-short': details<{}>(),
  'drawer-is-safe': details<{ drawer: string }>(),
  'variance-needs-approval': details<{}>(),
  'denominations-differ': details<{ denominationsRupiah: number; countedRupiah: number }>(),
  // sale
  'price-changed': details<{ product: number; name: string; basketRupiah: number; currentRupiah: number }>(),
  'total-differs': details<{ expectedRupiah: number; totalRupiah: number }>(),
  'nothing-to-pay': details<{}>(),
  'tender-short': details<{ missingRupiah: number }>(),
  'tender-exceeds-total': details<{ excessRupiah: number }>(),
  'cash-not-due': details<{}>(),
  'discount-too-large': details<{ mostRupiah: number }>(),
  /** Typed as unknown, but the catalogue knows it. */
  'code-known': details<{ code: string; product: string }>(),
  'price-not-kept': details<{ product: string; currentRupiah: number }>(),
  'ticket-unknown': details<{ ticket: number }>(),
  'ticket-code-unknown': details<{ code: string }>(),
  'ticket-closed': details<{ how: string }>(),
  'ticket-not-qris': details<{ ticket: number }>(),
  'ticket-differs': details<{ ticketRupiah: number; tenderRupiah: number }>(),
  'qris-not-set-up': details<{}>(),
  'qris-amount': details<{ mostRupiah: number }>(),
  'qris-proof-needed': details<{}>(),
  'tender-unknown': details<{ sale: number; tender: number }>(),
  'already-matched': details<{ sale: number; tender: number }>(),
  'fee-too-large': details<{ mostRupiah: number }>(),
  'amount-too-large': details<{ mostRupiah: number }>(),
  'sale-unknown': details<{ sale: number }>(),
  'receipt-unknown': details<{ number: string }>(),
  'line-unknown': details<{ line: number }>(),
  'line-unresolved': details<{ line: number }>(),
  'more-than-sold': details<{ line: number; leftQty: number }>(),
  'not-last-sale': details<{ lastNumber: string }>(),
  'sale-refunded': details<{ number: string }>(),
  'refund-unknown': details<{ refund: number }>(),
  'more-than-due': details<{ dueRupiah: number }>(),
  // a vendor's money
  'fee-unknown': details<{ fee: number }>(),
  'fee-ended': details<{ until: string }>(),
  'more-than-owed': details<{ owedRupiah: number }>(),
  'dispute-unknown': details<{ dispute: number }>(),
  'dispute-closed': details<{}>(),
  'already-disputed': details<{}>(),
  'not-held': details<{ sale: number }>(),
  // settlement
  'settlement-open': details<{ settlement: number }>(),
  'nothing-to-settle': details<{}>(),
  'settlement-unknown': details<{ settlement: number }>(),
  'settlement-state': details<{ state: string }>(),
  'same-person': details<{}>(),
  'more-than-eligible': details<{ eligibleRupiah: number }>(),
  'payout-exceeds-approved': details<{}>(),
  'cutoff-not-rising': details<{ lastCutoffDay: string }>(),
  'cutoff-in-future': details<{ day: string }>(),
  'below-minimum': details<{ eligibleRupiah: number; minimumRupiah: number }>(),
  'payout-unknown': details<{ payout: number }>(),
  'payout-confirmed': details<{}>(),
  'not-a-bank-payout': details<{ number: string }>(),
  'bank-account-missing': details<{ vendor: string }>(),
  'run-unknown': details<{ run: number }>(),
  'run-ended': details<{}>(),
  'run-live': details<{ run: number }>(),
  // reversal
  'document-unknown': details<{ document: number }>(),
  'not-reversible': details<{ name: string }>(),
  'already-reversed': details<{ number: string }>(),
  'document-used': details<{ by: string }>(),
  // printing
  'job-unknown': details<{}>(),
  'job-state': details<{ state: string }>(),
  'no-printer': details<{}>(),
  // keys and backups
  'recovery-missing': details<{}>(),
  'backup-failed': details<{ problem: string }>(),
} as const;

export type DoorRejectionName = keyof typeof doorRejections;
export type HandlerRejectionName = keyof typeof handlerRejections;
export type RejectionName = DoorRejectionName | HandlerRejectionName;
export type RejectionDetails = typeof doorRejections & typeof handlerRejections;

export const rejectionNames = [
  ...Object.keys(doorRejections),
  ...Object.keys(handlerRejections),
] as RejectionName[];
