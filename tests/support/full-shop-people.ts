import { centerChange, operatorSet } from '../../shared/contract/center.ts';
import { pinSet, userChange, userCreate } from '../../shared/contract/people.ts';
import { agreementSet, groupCreate, vendorChange } from '../../shared/contract/vendor.ts';
import { PINS, type Shop } from './shop.ts';

/** Name of a fictitious cashier who has gone. */
export const GONE_NAME = 'Lastri Handayani';

export interface PeopleOfFullShop {
  /** A cashier who has gone: disabled, with a PIN of her own. */
  goneUser: number;
  /** The association of the vendor on net-price terms. */
  group: number;
}

/** A person changed and gone, a vendor changed and put into a group, an operator, and terms at further levels. */
export async function changePeople(
  { admin, manager, vendor }: Shop,
  changed: { netVendor: number; phone: string },
): Promise<PeopleOfFullShop> {
  await admin.must(centerChange, { receiptFooter: 'Terima kasih sudah mampir' });
  await admin.must(operatorSet, { name: 'Koperasi Tongas Jaya', decree: 'SK 188/12' });
  const { user } = await admin.must(userCreate, {
    username: 'lastri',
    name: GONE_NAME,
    role: 'cashier',
    pin: PINS.manager,
  });
  await admin.must(pinSet, { user, pin: PINS.cashier });
  await admin.must(userChange, { user, role: 'manager', active: false });
  const { group } = await manager.must(groupCreate, { name: 'Kelompok Cemara' });
  await manager.must(vendorChange, {
    vendor: changed.netVendor,
    group,
    cycle: { kind: 'weekly', weekday: 5 },
    person: { phone: changed.phone },
  });
  const loss = { bearer: 'shared', vendorBps: 5_000 } as const;
  await manager.must(agreementSet, { terms: { model: 'percent', rateBps: 2_000 }, decree: 'SK 188/12' });
  await manager.must(agreementSet, {
    category: 'Kue basah',
    terms: { model: 'none' },
    discountBearer: 'center',
  });
  await manager.must(agreementSet, {
    vendor,
    category: 'Kue basah',
    terms: { model: 'fixed', perUnitRupiah: 500 },
    loss,
  });
  return { goneUser: user, group };
}
