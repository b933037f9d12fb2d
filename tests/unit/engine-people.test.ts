/**
 * Proves who may change whom: the last administrator stays, a disabled user is out at once and hears so only after the
 * right PIN, an own PIN needs the old one, and whoever got hold of the old PIN is out with the new one.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centerFront } from '../../shared/contract/center.ts';
import {
  authApprove,
  authMe,
  authSignIn,
  pinSet,
  userChange,
  userCreate,
  userList,
} from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPrepare } from '../../shared/contract/settlement.ts';
import { newCommandId, startEngine, type TestClient, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const NEW_PIN = '403728';

let engine: TestEngine;
let shop: Shop;
const user = { ratna: 1, budi: 2, siti: 3 };

beforeEach(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const me = (client: TestClient) => client.ask(authMe, {});
const signedOut = { outcome: 'rejected', name: 'no-session' };

describe('user.change', () => {
  it('gives another role, which counts from the next call on', async () => {
    const { admin, cashier } = shop;
    expect(await cashier.ask(userList, {})).toMatchObject({ name: 'forbidden' });
    expect(await admin.must(userChange, { user: user.siti, role: 'manager' })).toEqual({ user: user.siti });
    expect(await cashier.must(userList, {})).toEqual({
      users: [
        { user: user.budi, username: 'budi', role: 'manager', active: true },
        { user: user.ratna, username: 'ratna', role: 'admin', active: true },
        { user: user.siti, username: 'siti', role: 'manager', active: true },
      ],
    });
    await admin.must(userChange, { user: user.siti, role: 'cashier' });
    expect(await cashier.ask(userList, {})).toMatchObject({ name: 'forbidden' });
    expect(await me(cashier)).toMatchObject({ value: { role: 'cashier', active: true } });
  });

  it('knows its people, and is an administrator’s', async () => {
    expect(await shop.admin.ask(userChange, { user: 99, active: false })).toMatchObject({
      name: 'unknown-user',
      details: { username: '99' },
    });
    expect(await shop.manager.ask(userChange, { user: user.siti, active: false })).toMatchObject({
      name: 'forbidden',
    });
  });

  it('leaves one administrator who can sign in', async () => {
    const { admin } = shop;
    const lastAdmin = { outcome: 'rejected', name: 'last-admin' };
    expect(await admin.ask(userChange, { user: user.ratna, active: false })).toMatchObject(lastAdmin);
    expect(await admin.ask(userChange, { user: user.ratna, role: 'manager' })).toMatchObject(lastAdmin);
    await admin.must(userChange, { user: user.budi, role: 'admin', active: false });
    expect(await admin.ask(userChange, { user: user.ratna, role: 'cashier' })).toMatchObject(lastAdmin);
    await admin.must(userChange, { user: user.budi, active: true });
    await admin.must(userChange, { user: user.ratna, role: 'manager' });
    expect(await admin.ask(userChange, { user: user.ratna, role: 'admin' })).toMatchObject({
      name: 'forbidden',
    });
  });
});

describe('a disabled user', () => {
  it('is out at once, on every device, and the sessions do not come back', async () => {
    const { admin, cashier } = shop;
    const second = engine.client('till-2');
    await signIn(second, 'siti', PINS.cashier);
    await admin.must(userChange, { user: user.siti, active: false });
    expect(await me(cashier)).toMatchObject(signedOut);
    await admin.must(userChange, { user: user.siti, active: true });
    expect(await me(cashier)).toMatchObject(signedOut);
    expect(await me(second)).toMatchObject(signedOut);
    await signIn(second, 'siti', PINS.cashier);
    expect(await me(second)).toMatchObject({ value: { username: 'siti', active: true } });
  });

  it('cannot finish what was begun, and sells nothing', async () => {
    const { admin, cashier, shift, product } = shop;
    await admin.must(userChange, { user: user.siti, active: false });
    const sale = {
      shift,
      lines: [{ product, qty: 1000, priceRupiah: 18_000 }],
      totalRupiah: 18_000,
      tenders: [{ kind: 'cash' as const, amountRupiah: 18_000 }],
    };
    expect(await cashier.ask(saleComplete, sale)).toMatchObject(signedOut);
  });

  it('hears so after the right PIN only, and is not offered for signing in', async () => {
    const { admin } = shop;
    await admin.must(userChange, { user: user.siti, active: false });
    const till = engine.client('till');
    expect(await till.ask(authSignIn, { username: 'siti', pin: NEW_PIN })).toMatchObject({
      name: 'wrong-pin',
    });
    expect(await till.ask(authSignIn, { username: 'siti', pin: PINS.cashier })).toMatchObject({
      name: 'user-disabled',
      details: { username: 'siti' },
    });
    const { users } = await till.must(centerFront, {});
    expect(users.map(({ username }) => username)).toEqual(['budi', 'ratna']);
    const all = (await admin.must(userList, {})).users;
    expect(all.find(({ username }) => username === 'siti')).toMatchObject({ active: false });
  });

  it('approves nothing more, neither anew nor with what was given a minute ago', async () => {
    const { admin, cashier, manager, shift, product, vendor } = shop;
    await cashier.must(saleComplete, {
      shift,
      lines: [{ product, qty: 1000, priceRupiah: 18_000 }],
      totalRupiah: 18_000,
      tenders: [{ kind: 'cash', amountRupiah: 18_000 }],
    });
    const { settlement, closingRupiah } = await admin.must(settlementPrepare, { vendor });
    const commandId = newCommandId();
    const figures = { settlement, amountRupiah: closingRupiah };
    const wanted = { commandId, action: 'settlement.approve', figures, username: 'budi', pin: PINS.manager };
    const { approval } = await admin.must(authApprove, wanted);
    await admin.must(userChange, { user: user.budi, active: false });
    expect(await admin.ask(settlementApprove, figures, { commandId, approval })).toMatchObject({
      name: 'approval-invalid',
    });
    expect(await admin.ask(authApprove, wanted)).toMatchObject({ name: 'user-disabled' });
    expect(await me(manager)).toMatchObject(signedOut);
    // Back, but of the office no more: the old yes is still none.
    await admin.must(userChange, { user: user.budi, active: true, role: 'cashier' });
    expect(await admin.ask(settlementApprove, figures, { commandId, approval })).toMatchObject({
      name: 'approval-invalid',
    });
  });
});

describe('pin.set', () => {
  /** The own PIN with the old one as approval. */
  async function ownPin(client: TestClient, who: number, username: string, oldPin: string, pin: string) {
    const commandId = newCommandId();
    const figures = { user: who, pin };
    const { approval } = await client.must(authApprove, {
      commandId,
      action: 'pin.set',
      figures,
      username,
      pin: oldPin,
    });
    return client.ask(pinSet, figures, { commandId, approval });
  }

  it('takes an administrator’s word for anybody else, and signs that person out', async () => {
    const { admin, cashier } = shop;
    expect(await admin.must(pinSet, { user: user.siti, pin: NEW_PIN })).toEqual({ user: user.siti });
    expect(await me(cashier)).toMatchObject(signedOut);
    expect(await cashier.ask(authSignIn, { username: 'siti', pin: PINS.cashier })).toMatchObject({
      name: 'wrong-pin',
    });
    await signIn(cashier, 'siti', NEW_PIN);
    expect(await me(admin)).toMatchObject({ outcome: 'ok' });
  });

  it('takes one’s own with the old PIN; this device stays signed in, every other does not', async () => {
    const { cashier } = shop;
    const second = engine.client('till-2');
    await signIn(second, 'siti', PINS.cashier);
    expect(await ownPin(cashier, user.siti, 'siti', PINS.cashier, NEW_PIN)).toMatchObject({ outcome: 'ok' });
    expect(await me(cashier)).toMatchObject({ outcome: 'ok' });
    expect(await me(second)).toMatchObject(signedOut);
    await signIn(second, 'siti', NEW_PIN);
    const approver = engine.engine.books
      .prepare("SELECT approver FROM journal WHERE name = 'pin.set' AND actor = ?")
      .pluck();
    expect(approver.get(user.siti)).toBe(user.siti);
  });

  it('asks an administrator for the old PIN as well, when it is the own', async () => {
    const { admin } = shop;
    expect(await admin.ask(pinSet, { user: user.ratna, pin: NEW_PIN })).toMatchObject({
      name: 'approval-needed',
      details: { why: 'own-pin' },
    });
    expect(await ownPin(admin, user.ratna, 'ratna', PINS.admin, NEW_PIN)).toMatchObject({ outcome: 'ok' });
  });

  it('is nobody’s over others but an administrator’s, and no supervisor stands in for the own PIN', async () => {
    const { admin, manager, cashier } = shop;
    expect(await manager.ask(pinSet, { user: user.siti, pin: NEW_PIN })).toMatchObject({
      name: 'not-your-pin',
    });
    expect(await cashier.ask(pinSet, { user: user.siti, pin: NEW_PIN })).toMatchObject({
      name: 'approval-needed',
    });
    expect(await admin.ask(pinSet, { user: 99, pin: NEW_PIN })).toMatchObject({ name: 'unknown-user' });
    expect(
      await cashier.ask(authApprove, {
        commandId: newCommandId(),
        action: 'pin.set',
        figures: { user: user.siti, pin: NEW_PIN },
        username: 'ratna',
        pin: PINS.admin,
      }),
    ).toMatchObject({ name: 'forbidden' });
    expect(await admin.ask(pinSet, { user: user.siti, pin: '123' })).toMatchObject({ name: 'pin-too-short' });
    expect(await admin.ask(pinSet, { user: user.siti, pin: '123456' })).toMatchObject({
      name: 'pin-too-simple',
    });
  });

  it('serves a new person like the old ones', async () => {
    const { admin } = shop;
    const made = await admin.must(userCreate, {
      username: 'dewi',
      name: 'Dewi Lestari',
      role: 'cashier',
      pin: PINS.cashier,
    });
    await admin.must(pinSet, { user: made.user, pin: NEW_PIN });
    const till = engine.client('till-3');
    await signIn(till, 'dewi', NEW_PIN);
    expect(await ownPin(till, made.user, 'dewi', NEW_PIN, PINS.cashier)).toMatchObject({ outcome: 'ok' });
  });
});
