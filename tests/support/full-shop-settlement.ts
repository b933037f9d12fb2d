import { centerChange } from '../../shared/contract/center.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { disputeClose, disputeOpen, feeRecur, holdRelease } from '../../shared/contract/vendor-money.ts';
import type { Shop } from './shop.ts';
import { goodsAt } from './till.ts';
import { seenQris } from './worked-sale.ts';

export interface SettlementsOfFullShop {
  /** At 12,5 %: one settlement was cancelled, one paid in cash and confirmed, a draft is open. */
  settledVendor: number;
  settledDraft: number;
  settledPayout: number;
  /** Paid by QRIS and not matched: its line is held. */
  heldSale: number;
  /** Its only line is contested. */
  disputedSale: number;
  dispute: number;
}

/** One of each document of a settlement, with a line of each kind that is kept out of one, in an open shift. */
export async function settleAllWays(shop: Shop): Promise<SettlementsOfFullShop> {
  const { admin, manager, cashier, shift } = shop;
  const goods = await goodsAt(shop, 24_000, { terms: { model: 'percent', rateBps: 1250 } });
  const { vendor } = goods;
  const lines = [{ product: goods.product, qty: 1_000, priceRupiah: 24_000 }];
  const sell = async (qris: boolean) => {
    const cash = { kind: 'cash' as const, amountRupiah: 24_000 };
    const tenders = [qris ? await seenQris(shop, 24_000, lines) : cash];
    return (await cashier.must(saleComplete, { shift, lines, totalRupiah: 24_000, tenders })).sale;
  };
  await manager.must(feeRecur, {
    vendor,
    name: 'Sewa rak',
    amountRupiah: 1_000,
    cycle: { kind: 'monthly', day: 'last' },
  });
  await sell(false);
  const cancelled = await manager.must(settlementPrepare, { vendor });
  await manager.must(settlementCancel, { settlement: cancelled.settlement, memo: 'salah penitip' });
  await admin.must(centerChange, { payoutFeeRupiah: 500, holdUnmatchedQris: true });
  const { settlement } = await manager.must(settlementPrepare, { vendor });
  const { eligibleRupiah } = await manager.must(settlementGet, { settlement });
  await admin.must(settlementApprove, { settlement, amountRupiah: eligibleRupiah });
  const paid = await manager.must(settlementPay, { settlement, drawer: shop.drawer });
  await manager.must(payoutConfirm, { payout: paid.payout });

  const released = await sell(true);
  await manager.must(holdRelease, { sale: released, memo: 'bukti dari bank' });
  const heldSale = await sell(true);
  const disputedSale = await sell(false);
  const contest = { vendor, line: 1, memo: 'jumlah tidak cocok' };
  const settled = await manager.must(disputeOpen, { ...contest, sale: released });
  await manager.must(disputeClose, { dispute: settled.dispute, memo: 'sudah dihitung bersama' });
  const { dispute } = await manager.must(disputeOpen, { ...contest, sale: disputedSale });
  const draft = await manager.must(settlementPrepare, { vendor });
  await admin.must(centerChange, { payoutFeeRupiah: 0, holdUnmatchedQris: false });
  return {
    settledVendor: vendor,
    settledDraft: draft.settlement,
    settledPayout: paid.payout,
    heldSale,
    disputedSale,
    dispute,
  };
}
