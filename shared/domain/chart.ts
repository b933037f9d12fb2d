/**
 * The chart of accounts: every account the books can ever have, money and goods alike. A transfer debits one
 * account and credits another of the same ledger; the floor of an account is the rule SQLite itself keeps.
 *
 * Money is one ledger, in whole rupiah. Goods have a ledger for each product, in thousandths of its unit.
 */

/** The names of SQLite CHECKs, which come back as rejections; their order is the stored number. */
export const floors = ['none', 'drawer_short', 'stock_not_negative', 'payout_exceeds_approved'] as const;
export type Floor = (typeof floors)[number];

interface AccountKind {
  readonly ledger: 'money' | 'goods';
  /** Whose account it is; '' when there is only one. */
  readonly owner: '' | 'drawer' | 'vendor' | 'category' | 'batch' | 'batch@place';
  readonly floor: Floor;
}

function money(owner: AccountKind['owner'] = '', floor: Floor = 'none'): AccountKind & { ledger: 'money' } {
  return { ledger: 'money', owner, floor };
}

function goods(owner: AccountKind['owner'] = '', floor: Floor = 'none'): AccountKind & { ledger: 'goods' } {
  return { ledger: 'goods', owner, floor };
}

export const chart = {
  // What the center holds. The safe is a drawer with a shift of its own.
  cash: money('drawer', 'drawer_short'),
  bank: money(),
  'qris-clearing': money(),
  'card-clearing': money(),
  /** Holds a document together while it is posted; 0 at every commit. */
  clearing: money(),
  // What others have with the center. A vendor's account is signed and has no floor: refunds may come after payout.
  vendor: money('vendor'),
  'payout-due': money('vendor', 'payout_exceeds_approved'),
  'buyer-due': money(),
  unresolved: money(),
  // What the center earns and spends.
  commission: money(),
  'own-goods-sales': money(),
  'own-goods-purchases': money(),
  'vendor-fees': money(),
  'other-income': money(),
  tax: money(),
  rounding: money(),
  'over-short': money(),
  'goods-loss': money(),
  goodwill: money(),
  expense: money('category'),
  'bad-debt': money(),
  opening: money(),
  // Goods of one product.
  'at-vendor': goods(),
  sold: goods(),
  lost: goods(),
  found: goods(),
  /** Owner '' is the product's no-batch shelf, where oversold pieces come from. */
  shelf: goods('batch', 'stock_not_negative'),
  'return-shelf': goods('batch', 'stock_not_negative'),
  place: goods('batch@place', 'stock_not_negative'),
} as const satisfies Record<string, AccountKind>;

export type AccountCode = keyof typeof chart;

/** Points at one account. The ledger is 0 for money, the product's id for goods. */
export interface AccountReference {
  readonly ledger: number;
  readonly code: AccountCode;
  readonly owner: string;
}

export const MONEY_LEDGER = 0;

type MoneyCode = {
  [Code in AccountCode]: (typeof chart)[Code]['ledger'] extends 'money' ? Code : never;
}[AccountCode];
type GoodsCode = Exclude<AccountCode, MoneyCode>;

/** An account of the money ledger; `owner` is the drawer, vendor or category where the chart asks for one. */
export function moneyAccount(code: MoneyCode, owner: number | string = ''): AccountReference {
  return { ledger: MONEY_LEDGER, code, owner: String(owner) };
}

/** An account of a product's goods ledger; `batch` 0 or left out is the no-batch shelf. */
export function goodsAccount(product: number, code: GoodsCode, batch = 0): AccountReference {
  return { ledger: product, code, owner: batch === 0 ? '' : String(batch) };
}

/** The number a floor is stored as. */
export function floorNumber(code: AccountCode): number {
  return floors.indexOf(chart[code].floor);
}
