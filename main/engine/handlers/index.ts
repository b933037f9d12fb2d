import type { Handler } from '../context.ts';
import * as agreement from './agreement.ts';
import * as buyer from './buyer.ts';
import * as cash from './cash.ts';
import * as center from './center.ts';
import * as clearing from './clearing.ts';
import * as count from './count.ts';
import * as dispute from './dispute.ts';
import * as due from './due.ts';
import * as goods from './goods.ts';
import * as importing from './import.ts';
import * as intake from './intake.ts';
import * as journal from './journal.ts';
import * as people from './people.ts';
import * as printing from './printing.ts';
import * as product from './product.ts';
import * as promotion from './promotion.ts';
import * as quickKeys from './quick-keys.ts';
import * as refund from './refund.ts';
import * as report from './report.ts';
import * as reversal from './reversal.ts';
import * as run from './run.ts';
import * as sale from './sale.ts';
import * as saleBook from './sale-book.ts';
import * as settlement from './settlement.ts';
import * as shift from './shift.ts';
import * as statement from './statement.ts';
import * as system from './system.ts';
import * as ticket from './ticket.ts';
import * as unresolved from './unresolved.ts';
import * as vendor from './vendor.ts';
import * as vendorMoney from './vendor-money.ts';

/** Every command and query handler by the name of its contract entry. */
export const handlers: ReadonlyMap<string, Handler> = new Map(
  [
    center,
    people,
    vendor,
    agreement,
    statement,
    product,
    promotion,
    quickKeys,
    importing,
    intake,
    goods,
    count,
    shift,
    cash,
    sale,
    saleBook,
    ticket,
    unresolved,
    refund,
    buyer,
    clearing,
    vendorMoney,
    settlement,
    dispute,
    due,
    run,
    printing,
    report,
    journal,
    reversal,
    system,
  ]
    .flatMap((area) => Object.values(area))
    .filter((value): value is Handler => typeof value === 'object' && 'run' in value)
    .map((handler) => [handler.entry.name, handler]),
);
