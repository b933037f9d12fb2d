/** A shop for tests of settling: a clock that can be turned to another day, sales by the share they bring a vendor. */
import { centerChange, clockConfirm } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementGet, settlementPrepare } from '../../shared/contract/settlement.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { vendorBalance } from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine } from './engine.ts';
import { openShop, PINS, type Shop } from './shop.ts';
import { type Goods, goodsAt, owed } from './till.ts';

const DAY_MS = 86_400_000;
/** 10.00 in western Indonesia. */
const OPENED_AT = Date.UTC(2026, 10, 2, 3);

export interface SettlingShop extends Shop {
  engine: TestEngine;
  /** The center's date. */
  today(): string;
  /** Closes the till, lets days pass, opens it again: everybody signs in anew. */
  nextDay(days?: number): Promise<void>;
  /** A vendor all of whose sales are its own share, with a product of this price. */
  vendorWith(priceRupiah: number): Promise<Goods>;
  /** Sells pieces in cash; answers the sale. */
  sell(goods: Goods, priceRupiah: number, pieces?: number): Promise<number>;
  /** Prepared by the manager; answers the settlement. */
  prepare(vendor: number, cutoffDay?: string): Promise<number>;
  /** Approved by the administrator. */
  approve(settlement: number, amountRupiah: number): Promise<{ feesRupiah: number }>;
  view(settlement: number): ReturnType<typeof viewOf>;
  balance(vendor: number): ReturnType<typeof balanceOf>;
  change(settings: InputOf<typeof centerChange>): Promise<unknown>;
  /** What the vendor's account holds. */
  owed(vendor: number): number;
}

function viewOf(shop: Shop, settlement: number) {
  return shop.manager.must(settlementGet, { settlement });
}

function balanceOf(shop: Shop, vendor: number) {
  return shop.manager.must(vendorBalance, { vendor });
}

export async function openSettlingShop(): Promise<SettlingShop> {
  let now = OPENED_AT;
  const engine = await startEngine({ now: () => now });
  const shop: Shop = await openShop(engine);
  const signAllIn = async () => {
    for (const [client, username, pin] of [
      [shop.admin, 'ratna', PINS.admin],
      [shop.manager, 'budi', PINS.manager],
      [shop.cashier, 'siti', PINS.cashier],
    ] as const) {
      client.setSession((await client.must(authSignIn, { username, pin })).token);
    }
  };
  const settling: SettlingShop = {
    ...shop,
    engine,
    today: () => new Date(now + 7 * 3_600_000).toISOString().slice(0, 10),
    async nextDay(days = 1) {
      const counted = -owed(engine, 'cash', shop.drawer);
      await shop.cashier.must(shiftClose, { shift: settling.shift, countedRupiah: counted });
      now += days * DAY_MS;
      await signAllIn();
      await shop.manager.must(clockConfirm, {});
      // Payouts of a random life may have left the safe with less than a float.
      const inSafe = -owed(engine, 'cash', shop.safe);
      const opened = await shop.cashier.must(shiftOpen, {
        drawer: shop.drawer,
        floatRupiah: Math.min(200_000, inSafe),
        floatFrom: 'safe',
      });
      settling.shift = opened.shift;
    },
    vendorWith: (priceRupiah) => goodsAt(shop, priceRupiah, { terms: { model: 'none' } }),
    async sell({ product }, priceRupiah, pieces = 1) {
      const totalRupiah = priceRupiah * pieces;
      const { sale } = await shop.cashier.must(saleComplete, {
        shift: settling.shift,
        lines: [{ product, qty: pieces * 1000, priceRupiah }],
        totalRupiah,
        tenders: [{ kind: 'cash', amountRupiah: totalRupiah + 1_000 }],
      });
      return sale;
    },
    async prepare(vendor, cutoffDay) {
      const input = { vendor, ...(cutoffDay !== undefined && { cutoffDay }) };
      return (await shop.manager.must(settlementPrepare, input)).settlement;
    },
    approve: (settlement, amountRupiah) => shop.admin.must(settlementApprove, { settlement, amountRupiah }),
    view: (settlement) => viewOf(shop, settlement),
    balance: (vendor) => balanceOf(shop, vendor),
    change: (settings) => shop.admin.must(centerChange, settings),
    owed: (vendor) => owed(engine, 'vendor', vendor),
  };
  return settling;
}
