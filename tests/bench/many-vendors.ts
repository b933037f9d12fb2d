import { type BootOptions, boot, type RunningEngine } from '../../main/engine/boot.ts';
import { createDoor } from '../../main/engine/door.ts';
import { centerCreate } from '../../shared/contract/center.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import type { BusinessDay } from '../../shared/domain/calendar.ts';
import { FRAME_VERSION, type Outcome } from '../../shared/wire/frame.ts';
import { CHEAP_PIN, newCommandId } from '../support/engine.ts';
import type { SoldProduct } from './sold-lines.ts';

const VENDORS = 500;
const PRODUCTS_OF_A_VENDOR = 2;
const PRICE_RUPIAH = 18_000;

/** A shop of 500 vendors with two products each and an open drawer, signed in as its administrator. */
export interface ManyVendors {
  readonly running: RunningEngine;
  readonly vendors: number;
  readonly products: readonly SoldProduct[];
  readonly session: string;
  readonly place: { readonly drawer: number; readonly shift: number; readonly day: BusinessDay };
  /** Gives a command or asks a query at the door; throws on anything but ok, and on what answers later. */
  call<E extends Entry>(entry: E, input: InputOf<E>): OutputOf<E>;
}

export async function openManyVendors(dir: string, options: Partial<BootOptions> = {}): Promise<ManyVendors> {
  const running = await boot({ pinCost: CHEAP_PIN, ...options, dir });
  const { books } = running.engine;
  const door = createDoor(running.engine);
  let session: string | undefined;

  function handle(entry: Entry, input: unknown): Outcome | Promise<Outcome> {
    const frame = {
      v: FRAME_VERSION,
      kind: 'call',
      callId: 1,
      name: entry.name,
      input,
      device: 'bench',
    } as const;
    const commandId = entry.kind === 'command' ? { commandId: newCommandId() } : {};
    return door.handle({ ...frame, ...commandId, ...(session !== undefined && { session }) }, 'page');
  }
  const call: ManyVendors['call'] = (entry, input) => {
    const outcome = handle(entry, input);
    if (outcome instanceof Promise) throw new Error(`${entry.name} answers later`);
    return okValue(entry, outcome);
  };

  okValue(
    centerCreate,
    await handle(centerCreate, { name: 'Bench', admin: { username: 'bench', name: 'Bench', pin: '739184' } }),
  );
  session = okValue(authSignIn, await handle(authSignIn, { username: 'bench', pin: '739184' })).token;
  books.pragma('synchronous = OFF');
  call(agreementSet, { terms: { model: 'percent', rateBps: 1500 } });
  const products: SoldProduct[] = [];
  for (let v = 1; v <= VENDORS; v += 1) {
    const { vendor } = call(vendorCreate, { code: `V${v}`, name: `Penitip ${v}` });
    for (let p = 1; p <= PRODUCTS_OF_A_VENDOR; p += 1) {
      const { product } = call(productCreate, {
        vendor,
        name: `Produk ${v}-${p}`,
        priceRupiah: PRICE_RUPIAH,
      });
      products.push({ product, vendor });
    }
    const lines = products
      .slice(-PRODUCTS_OF_A_VENDOR)
      .map(({ product }) => ({ product, qty: 9_000_000_000 }));
    call(intakeConfirm, { vendor, lines });
  }
  const { shift, day } = call(shiftOpen, { drawer: 1, floatRupiah: 1_000_000, floatFrom: 'opening' });
  books.pragma('synchronous = FULL');
  const place = { drawer: 1, shift, day: day as BusinessDay };
  return { running, vendors: VENDORS, products, session, place, call };
}

function okValue<E extends Entry>(entry: E, outcome: Outcome): OutputOf<E> {
  if (outcome.outcome !== 'ok') throw new Error(`${entry.name}: ${JSON.stringify(outcome)}`);
  return outcome.value as OutputOf<E>;
}
