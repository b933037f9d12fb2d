import { centerCreate } from '../../shared/contract/center.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authSignIn, userCreate } from '../../shared/contract/people.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import type { TestClient, TestEngine } from './engine.ts';

/** PINs that pass the rule and that no digest or number contains by chance in a short test. */
export const PINS = { admin: '739184', manager: '582047', cashier: '914726' } as const;

export interface Shop {
  admin: TestClient;
  manager: TestClient;
  cashier: TestClient;
  drawer: number;
  safe: number;
  vendor: number;
  /** 18.000 rupiah, barcode 8991001. */
  product: number;
  shift: number;
}

/** A center with three people, one vendor at 15 %, one product with 100 pieces on the shelf, one open drawer. */
export async function openShop(engine: TestEngine): Promise<Shop> {
  const admin = engine.client('office');
  const manager = engine.client('office');
  const cashier = engine.client('till');
  const center = await admin.must(centerCreate, {
    name: 'Pusat Oleh-Oleh Contoh',
    admin: { username: 'ratna', name: 'Ratna Dewi', pin: PINS.admin },
  });
  await signIn(admin, 'ratna', PINS.admin);
  await admin.must(userCreate, {
    username: 'budi',
    name: 'Budi Santoso',
    role: 'manager',
    pin: PINS.manager,
  });
  await admin.must(userCreate, { username: 'siti', name: 'Siti Aminah', role: 'cashier', pin: PINS.cashier });
  await signIn(manager, 'budi', PINS.manager);
  await signIn(cashier, 'siti', PINS.cashier);
  const { vendor } = await manager.must(vendorCreate, { code: 'KRP', name: 'Kerupuk Bu Rini' });
  await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 1500 } });
  const { product } = await manager.must(productCreate, {
    vendor,
    name: 'Kerupuk ikan 250 g',
    barcodes: ['8991001'],
    priceRupiah: 18_000,
  });
  await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 100_000 }] });
  const { shift } = await cashier.must(shiftOpen, {
    drawer: center.drawer,
    floatRupiah: 200_000,
    floatFrom: 'opening',
  });
  return { admin, manager, cashier, drawer: center.drawer, safe: center.safe, vendor, product, shift };
}

/** Signs a client in; answers the session's token. */
export async function signIn(client: TestClient, username: string, pin: string): Promise<string> {
  const { token } = await client.must(authSignIn, { username, pin });
  client.setSession(token);
  return token;
}
