/**
 * The books added up a second time by plain SQL over the rows, sharing no code with the engine. Each rule is a query
 * that gives no row when it holds; a row it gives says where it does not. What was reversed is left out of sums over
 * documents; that it was taken back whole is a rule of its own. The rules stand beside what they are about, in
 * independent-*.ts. Whatever the engine stores and a rule can know is proven to be known by independent-books.test.ts.
 */
import type { Books } from '../../main/engine/store/open.ts';
import { broken } from './independent-broken.ts';
import { drawerRules } from './independent-drawers.ts';
import { goodsRules } from './independent-goods.ts';
import { ledgerRules } from './independent-ledger.ts';
import { refundRules } from './independent-refunds.ts';
import type { Rules } from './independent-rows.ts';
import { saleRules, tenderRules } from './independent-sales.ts';
import { settlementRules } from './independent-settlements.ts';
import { vendorRules } from './independent-vendors.ts';
import { wordRules } from './independent-words.ts';

const rules: Rules = {
  ...ledgerRules,
  ...saleRules,
  ...tenderRules,
  ...refundRules,
  ...goodsRules,
  ...drawerRules,
  ...vendorRules,
  ...settlementRules,
  ...wordRules,
};

export const ruleNames = Object.keys(rules);

/** The rules that do not hold, each with the rows that say so. */
export function brokenRules(books: Books): string[] {
  return broken(books, rules);
}
