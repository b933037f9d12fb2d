/**
 * Proves what a center may change about itself (what is given, nothing else, with the version before kept), what it may
 * not (VAT, a QRIS code that no ticket could be made from), and who has run it on which day.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centerRow, operatorOn } from '../../main/engine/store/rows.ts';
import {
  centerChange,
  centerCreate,
  centerGet,
  operatorList,
  operatorSet,
} from '../../shared/contract/center.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { crc16, dynamicQris, parseQris, writeTags } from '../../shared/domain/qris.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const STATIC =
  '00020101021126620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304126D';
const NOON = Date.UTC(2026, 10, 21, 5);

let engine: TestEngine;
let shop: Shop;
let now: number;

beforeEach(async () => {
  now = NOON;
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const get = () => shop.admin.must(centerGet, {});
const versions = () =>
  engine.engine.books.prepare('SELECT * FROM center ORDER BY seq').all() as Record<string, unknown>[];

describe('center.change', () => {
  it('starts from defaults that are written out', async () => {
    expect(await get()).toEqual({
      created: true,
      name: 'Pusat Oleh-Oleh Contoh',
      address: null,
      phone: null,
      operator: null,
      receiptFooter: null,
      utcOffsetMinutes: 420,
      cashRounding: { stepRupiah: 100, mode: 'down' },
      twoPersonSettlement: true,
      varianceLimitRupiah: 50_000,
      settings: {
        commissionLabel: 'Potongan',
        qrisStatic: null,
        qrisShownSuffices: false,
        holdUnmatchedQris: false,
        qrisReleaseDays: 7,
        returnWindowDays: 0,
        minimumPayoutRupiah: 0,
        payoutFeeRupiah: 0,
        stampFromRupiah: 5_000_000,
        stampDutyRupiah: 10_000,
        cashierDiscountBps: 1000,
      },
      day: '2026-11-21',
    });
  });

  const given = {
    name: 'Pusat Tongas',
    address: 'Jalan Raya Tongas 7',
    phone: '0335-511222',
    receiptFooter: 'Terima kasih',
    cashRounding: { stepRupiah: 500, mode: 'nearest' },
    twoPersonSettlement: false,
    varianceLimitRupiah: 10_000,
    commissionLabel: 'Bagi hasil',
    qrisStatic: STATIC,
    qrisShownSuffices: true,
    holdUnmatchedQris: true,
    qrisReleaseDays: 3,
    returnWindowDays: 2,
    minimumPayoutRupiah: 25_000,
    payoutFeeRupiah: 2_500,
    stampFromRupiah: 5_000_001,
    stampDutyRupiah: 12_000,
    cashierDiscountBps: 500,
  } as const;

  it('changes what is given and nothing else, whichever it is', async () => {
    for (const field of Object.keys(given) as (keyof typeof given)[]) {
      const before = await get();
      await shop.admin.must(centerChange, { [field]: given[field] });
      const after = await get();
      const changed =
        field in before.settings
          ? { settings: { ...before.settings, [field]: given[field] } }
          : { [field]: given[field] };
      expect(after, field).toEqual({ ...before, ...changed });
      expect(after, field).not.toEqual(before);
    }
    expect(versions()).toHaveLength(Object.keys(given).length + 1);
  });

  it('keeps the version before, takes away what is null, and leaves what was never set to its default', async () => {
    const { admin } = shop;
    const { center } = await admin.must(centerChange, {
      address: 'Jalan Raya Tongas 7',
      qrisReleaseDays: 0,
      qrisStatic: STATIC,
    });
    await admin.must(centerChange, { address: null, qrisStatic: null });
    const [first, second, third, ...more] = versions();
    expect(more).toEqual([]);
    expect(second).toEqual({
      ...first,
      seq: center,
      address: 'Jalan Raya Tongas 7',
      qris_release_days: 0,
      qris_static: STATIC,
    });
    expect(third).toEqual({ ...second, seq: center + 1, address: null, qris_static: null });
    expect(third).toMatchObject({ stamp_from: null, commission_label: null, cashier_discount_bps: null });
    expect(await get()).toMatchObject({
      address: null,
      settings: { qrisReleaseDays: 0, qrisStatic: null, stampFromRupiah: 5_000_000 },
    });
  });

  it('counts from the next sale on', async () => {
    const { admin, cashier, shift, product } = shop;
    const sale = (totalRupiah: number) => ({
      shift,
      lines: [{ product, qty: 1_015, priceRupiah: 18_000 }],
      totalRupiah,
      tenders: [{ kind: 'cash' as const, amountRupiah: 20_000 }],
    });
    expect(await cashier.must(saleComplete, sale(18_270))).toMatchObject({
      cashDueRupiah: 18_200,
      roundingRupiah: -70,
    });
    await admin.must(centerChange, { cashRounding: { stepRupiah: 500, mode: 'up' } });
    expect(await cashier.must(saleComplete, sale(18_270))).toMatchObject({
      cashDueRupiah: 18_500,
      roundingRupiah: 230,
    });
  });

  it('is an administrator’s', async () => {
    expect(await shop.manager.ask(centerChange, { name: 'Lain' })).toMatchObject({ name: 'forbidden' });
  });

  it('cannot switch VAT on', async () => {
    expect(await shop.admin.ask(centerChange, { pkp: true, name: 'Lain' })).toMatchObject({
      name: 'pkp-not-available',
    });
    await shop.admin.must(centerChange, { pkp: false });
    expect(await get()).toMatchObject({ name: 'Pusat Oleh-Oleh Contoh' });
  });

  it('takes a printed QRIS code only, whole and in rupiah', async () => {
    const dynamic = dynamicQris(STATIC, { amountRupiah: 25_000 });
    const code = parseQris(STATIC);
    if (!dynamic.ok || !code.ok) throw new Error('the vector is no QRIS code');
    const inDollars = writeTags(
      code.tags.slice(0, -1).map(({ tag, value }) => ({ tag, value: tag === '53' ? '840' : value })),
    );
    const signed = (text: string) =>
      `${text}6304${crc16(`${text}6304`).toString(16).toUpperCase().padStart(4, '0')}`;
    const wrong: [text: string, problem: string][] = [
      ['', 'tag-missing'],
      ['bukan QRIS', 'bad-length'],
      [STATIC.replace('PUSAT', 'PISAT'), 'wrong-crc'],
      [`${STATIC} `, 'text-after-crc'],
      [dynamic.text, 'not-static'],
      [signed(inDollars), 'not-rupiah'],
    ];
    for (const [qrisStatic, problem] of wrong) {
      expect(await shop.admin.ask(centerChange, { qrisStatic }), qrisStatic).toMatchObject({
        name: 'qris-unreadable',
        details: { problem },
      });
    }
    await shop.admin.must(centerChange, { qrisStatic: STATIC });
    expect((await get()).settings.qrisStatic).toBe(STATIC);
  });
});

describe('operator.set', () => {
  it('follows one another, each from its day on', async () => {
    const { admin, manager } = shop;
    expect(await admin.must(operatorList, {})).toEqual({ operators: [] });
    await admin.must(operatorSet, { name: 'Dinas Koperasi', from: '2026-11-21', decree: 'SK 188/12/2026' });
    await admin.must(operatorSet, { name: 'Koperasi Maju', from: '2027-01-01' });
    expect(await manager.ask(operatorSet, { name: 'Lain' })).toMatchObject({ name: 'forbidden' });
    expect(await admin.ask(operatorSet, { name: 'Lain' })).toMatchObject({
      name: 'operator-not-rising',
      details: { lastFrom: '2027-01-01' },
    });
    // From the same day on: the name is put right, the earlier version stays in the books.
    await admin.must(operatorSet, { name: 'Koperasi Maju Jaya', from: '2027-01-01' });
    expect(await admin.must(operatorList, {})).toEqual({
      operators: [
        { name: 'Koperasi Maju Jaya', from: '2027-01-01', decree: null },
        { name: 'Koperasi Maju', from: '2027-01-01', decree: null },
        { name: 'Dinas Koperasi', from: '2026-11-21', decree: 'SK 188/12/2026' },
      ],
    });
    expect(await get()).toMatchObject({ operator: 'Dinas Koperasi' });
    const on = (day: string) => operatorOn(engine.engine.sql, day);
    expect(['2026-11-20', '2026-11-21', '2026-12-31', '2027-01-01', '2027-06-01'].map(on)).toEqual([
      null,
      'Dinas Koperasi',
      'Dinas Koperasi',
      'Koperasi Maju Jaya',
      'Koperasi Maju Jaya',
    ]);
  });

  it('is today’s unless a day is named, and never from before the center was made', async () => {
    const { admin } = shop;
    expect(await admin.ask(operatorSet, { name: 'Dinas', from: '2026-11-20' })).toMatchObject({
      name: 'operator-not-rising',
      details: { lastFrom: '2026-11-21' },
    });
    await admin.must(operatorSet, { name: 'Dinas' });
    expect(await admin.must(operatorList, {})).toEqual({
      operators: [{ name: 'Dinas', from: '2026-11-21', decree: null }],
    });
  });
});

it('has been run by whoever it was made with since its first day, whatever else has changed', async () => {
  const other = await startEngine({ now: () => now });
  const admin = other.client('office');
  await admin.must(centerCreate, {
    name: 'Pusat Lain',
    operator: 'Dinas Koperasi',
    admin: { username: 'ratna', name: 'Ratna Dewi', pin: PINS.admin },
  });
  const { token } = await admin.must(authSignIn, { username: 'ratna', pin: PINS.admin });
  admin.setSession(token);
  await admin.must(centerChange, { name: 'Pusat Tongas' });
  await admin.must(operatorSet, { name: 'BUMD', from: '2027-01-01' });
  expect(await admin.must(operatorList, {})).toEqual({
    operators: [
      { name: 'BUMD', from: '2027-01-01', decree: null },
      { name: 'Dinas Koperasi', from: '2026-11-21', decree: null },
    ],
  });
  expect(await admin.must(centerGet, {})).toMatchObject({ name: 'Pusat Tongas', operator: 'Dinas Koperasi' });
  expect(centerRow(other.engine.sql)).toMatchObject({ operator: 'Dinas Koperasi' });
  await expectWholeBooks(other);
  await other.stop();
});
