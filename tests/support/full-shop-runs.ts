import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { type RunView, runGet, runStart, runStop } from '../../shared/contract/run.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { payoutList } from '../../shared/contract/settlement.ts';
import { groupCreate, vendorChange } from '../../shared/contract/vendor.ts';
import {
  adjustmentPost,
  debtWriteOff,
  feeCharge,
  feeRecur,
  feeStop,
  vendorPayIn,
} from '../../shared/contract/vendor-money.ts';
import type { Answer } from '../../shared/wire/client.ts';
import { newCommandId, type TestClient } from './engine.ts';
import { PINS, type Shop } from './shop.ts';
import { goodsAt } from './till.ts';

/** Distinctive, fictitious personal data of the vendor who is paid by a run, typed long after she was made. */
export const BANK_PERSON = { bankAccount: '0012345678901', bankHolder: 'Sri Rejeki' } as const;

export interface RunsOfFullShop {
  /** A group of one vendor, settled and paid by runs. */
  runGroup: number;
  runVendor: number;
  /** The run that prepared its settlement. */
  run: number;
  /** Paid to its bank account by a run. */
  bankPayout: number;
  /** A fee of that vendor that falls due each month. */
  recurringFee: number;
}

/** Lets the engine work between questions until a run has ended. */
export async function endOfRun(client: TestClient, run: number): Promise<RunView> {
  for (let turn = 0; turn < 10_000; turn += 1) {
    const view = await client.must(runGet, { run });
    if (view.state !== 'running') return view;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`run ${run} does not end`);
}

/** Starts a run and waits until it has ended. */
export async function runToEnd(client: TestClient, input: InputOf<typeof runStart>): Promise<RunView> {
  const { run } = await client.must(runStart, input);
  return endOfRun(client, run);
}

/** The manager writes off a debt with the administrator standing beside. */
export async function writeOffWithYes(
  manager: TestClient,
  input: InputOf<typeof debtWriteOff>,
): Promise<Answer<typeof debtWriteOff>> {
  const commandId = newCommandId();
  const beside = { username: 'ratna', pin: PINS.admin };
  const asked = { commandId, action: 'debt.writeOff', figures: input, ...beside };
  const { approval } = await manager.must(authApprove, asked);
  return manager.ask(debtWriteOff, input, { commandId, approval });
}

/** A vendor's money in every way besides sales, and a settlement prepared, approved and paid by runs. */
export async function settleByRuns(shop: Shop, shift: number): Promise<RunsOfFullShop> {
  const { admin, manager, cashier } = shop;
  const { vendor, product } = await goodsAt(shop, 18_000, { terms: { model: 'percent', rateBps: 1500 } });
  const { group } = await manager.must(groupCreate, { name: 'Paguyuban Pesisir' });
  await manager.must(vendorChange, {
    vendor,
    group,
    bankCode: '014',
    person: { ...BANK_PERSON },
  });
  await cashier.must(saleComplete, {
    shift,
    lines: [{ product, qty: 2_000, priceRupiah: 18_000 }],
    totalRupiah: 36_000,
    tenders: [{ kind: 'cash', amountRupiah: 36_000 }],
  });
  const fees = await moveMoney(manager, vendor);
  await oweAndGiveUp(shop);
  const { run } = await runToEnd(manager, { kind: 'prepare', group });
  await runToEnd(admin, { kind: 'approve', of: run });
  const paid = await runToEnd(manager, { kind: 'pay-bank', of: run });
  const { payouts } = await manager.must(payoutList, { run: paid.run });
  const stopped = await manager.must(runStart, { kind: 'prepare', group });
  await manager.must(runStop, { run: stopped.run });
  return { runGroup: group, runVendor: vendor, run, bankPayout: payouts[0]?.payout as number, ...fees };
}

async function moveMoney(manager: TestClient, vendor: number): Promise<{ recurringFee: number }> {
  await manager.must(feeCharge, { vendor, name: 'Label', amountRupiah: 1_500, memo: '30 lembar' });
  const rent: Omit<InputOf<typeof feeRecur>, 'name'> = {
    vendor,
    amountRupiah: 5_000,
    cycle: { kind: 'monthly', day: 'last' },
  };
  const ended: OutputOf<typeof feeRecur> = await manager.must(feeRecur, { ...rent, name: 'Sewa rak' });
  await manager.must(feeStop, { fee: ended.fee });
  const { fee } = await manager.must(feeRecur, { ...rent, name: 'Listrik' });
  await manager.must(adjustmentPost, { vendor, amountRupiah: -700, memo: 'salah hitung bulan lalu' });
  await manager.must(adjustmentPost, { vendor, amountRupiah: 900, memo: 'salah harga' });
  return { recurringFee: fee };
}

/** Another vendor owes for labels, brings a part of it and never comes again. */
async function oweAndGiveUp(shop: Shop): Promise<void> {
  const { manager } = shop;
  const { vendor } = await goodsAt(shop, 9_000, { terms: { model: 'none' } });
  await manager.must(feeCharge, { vendor, name: 'Label', amountRupiah: 10_000 });
  await manager.must(vendorPayIn, { vendor, amountRupiah: 4_000, how: 'cash', memo: 'titip suami' });
  const input = { vendor, amountRupiah: 6_000, memo: 'tidak datang lagi' };
  const answer = await writeOffWithYes(manager, input);
  if (answer.outcome !== 'ok') throw new Error(JSON.stringify(answer));
}
