/**
 * Proves that a session the engine no longer knows ends on the screen, too, whoever asked: a scan, a query or a sale.
 * What lay in the basket waits for its person. While a sale is on its way nothing is put away. The stores and the wire
 * are the real ones, the engine is scripted.
 */
import { beforeEach, expect, test, vi } from 'vitest';
import { productByCode } from '../../shared/contract/product.ts';
import type { CallFrame, Outcome } from '../../shared/wire/frame.ts';
import { portPair } from '../../shared/wire/port.ts';
import { createServer } from '../../shared/wire/server.ts';

/** A store of the page in memory. */
function memory() {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}
vi.stubGlobal('localStorage', memory());
vi.stubGlobal('sessionStorage', memory());
vi.stubGlobal('window', {});
const { engine } = await import('../../renderer/engine/client.ts');
const { startNotices } = await import('../../renderer/engine/notices.ts');
const { basket } = await import('../../renderer/stores/basket.ts');
const { session } = await import('../../renderer/stores/session.ts');
const { till } = await import('../../renderer/stores/till.ts');
startNotices();

const SITI = { user: 3, username: 'siti', role: 'cashier', active: true } as const;
const LINE = {
  product: 3,
  name: 'Sale',
  vendorCode: 'BU-01',
  unit: 'pcs',
  priceRupiah: 12_500,
  qty: 1_000,
  onHandQty: 9_000,
};
const NO_SESSION: Outcome = { outcome: 'rejected', name: 'no-session', details: {} };

let calls: CallFrame[];
let isKnown: boolean;

beforeEach(() => {
  calls = [];
  isKnown = false;
  till.setState({ sending: [] });
  const server = createServer({
    handle(call) {
      calls.push(call);
      return isKnown && call.name === 'auth.me' ? { outcome: 'ok', value: SITI } : NO_SESSION;
    },
  });
  const [near, far] = portPair();
  server.serve(far, 'page');
  engine.connect(near);
  // Nobody is here before: whoever is replaced would be signed out first.
  session.setState({ phase: 'out' });
  session.getState().started('a token', SITI);
  basket.getState().fill({ lines: [LINE] });
});

const askedWhoItIs = () => calls.filter(({ name }) => name === 'auth.me').length;
const settled = () => new Promise((done) => setTimeout(done, 20));

test('a scan that is refused for want of a session ends it, and the basket waits for its person', async () => {
  await engine.call(productByCode, { code: '8991001' });
  await vi.waitFor(() => expect(session.getState().phase).toBe('out'));
  expect(askedWhoItIs()).toBe(1);
  expect(basket.getState().lines).toEqual([]);
  session.getState().started('another token', SITI);
  expect(basket.getState().lines).toEqual([LINE]);
});

test('a session that still lives goes on: the refusal was meant for the one before', async () => {
  isKnown = true;
  await engine.call(productByCode, { code: '8991001' });
  await vi.waitFor(() => expect(askedWhoItIs()).toBe(1));
  await settled();
  expect(session.getState().phase).toBe('in');
  expect(basket.getState().lines).toEqual([LINE]);
});

test('while a sale is on its way its basket is put away by nobody; afterwards the session ends', async () => {
  till.setState({ sending: ['a sale'] });
  await engine.call(productByCode, { code: '8991001' });
  await engine.call(productByCode, { code: '8991001' });
  await settled();
  expect(askedWhoItIs()).toBe(0);
  expect(basket.getState().lines).toEqual([LINE]);
  till.setState({ sending: [] });
  await vi.waitFor(() => expect(session.getState().phase).toBe('out'));
  expect(askedWhoItIs()).toBe(1);
});
