/**
 * Proves what of a vendor may change and that the rest stays: name, bank, group, cycle, whether goods still come; and
 * that a contact person's changed fields take the place of the old ones, masked and opened alike, in groups too.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vendorPersonFields, vendorSealedField } from '../../main/engine/store/person-fields.ts';
import { personReveal } from '../../shared/contract/people.ts';
import {
  agreementSet,
  groupCreate,
  groupList,
  vendorChange,
  vendorCreate,
  vendorGet,
  vendorList,
  vendorSearch,
} from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { PERSON } from '../support/full-shop.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { filesHolding } from './seal-support.ts';

let engine: TestEngine;
let shop: Shop;

beforeEach(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const get = (vendor: number) => shop.manager.must(vendorGet, { vendor });
const open = (vendor: number, field: string) =>
  shop.manager.ask(personReveal, { vendor, field, reason: 'diminta penitip' });
const rows = (sql: string) => engine.engine.books.prepare(sql).all() as Record<string, unknown>[];

describe('vendor.change', () => {
  it('changes what is given and nothing else, whichever it is', async () => {
    const { manager } = shop;
    const { vendor } = await manager.must(vendorCreate, {
      code: 'SMY',
      name: 'Dapur Wulan',
      person: { ...PERSON, bankCode: '014' },
    });
    const { group } = await manager.must(groupCreate, { name: 'Kelompok Tongas' });
    const changes = [
      { name: 'Dapur Wulandari' },
      { bankCode: '002' },
      { group },
      { active: false },
      { cycle: { kind: 'weekly', weekday: 5 } },
      { cycle: { kind: 'two-weekly', anchor: '2026-11-23' } },
      { cycle: { kind: 'monthly', day: 'last' } },
      { cycle: { kind: 'daily' } },
      { cycle: { kind: 'on-request' } },
      { bankCode: null },
      { group: null },
      { active: true },
    ] as const;
    for (const change of changes) {
      const before = await get(vendor);
      expect(await manager.must(vendorChange, { vendor, ...change })).toEqual({ vendor });
      const after = await get(vendor);
      expect(after).toEqual({ ...before, ...change });
      expect(after).not.toEqual(before);
      const listed = (await manager.must(vendorList, {})).vendors.find((row) => row.vendor === vendor);
      expect(after).toMatchObject(listed as object);
    }
    const kept = rows(`SELECT name, bank_code FROM vendor WHERE id = ${vendor}`);
    expect(kept).toEqual([{ name: 'Dapur Wulan', bank_code: '014' }]);
    expect(rows('SELECT seq FROM vendor_version')).toHaveLength(changes.length);
  });

  it('says no to a vendor or group that is not there, and to a day outside the calendar', async () => {
    const { manager, cashier, vendor } = shop;
    expect(await manager.ask(vendorChange, { vendor: 99, name: 'Lain' })).toMatchObject({
      name: 'vendor-unknown',
      details: { vendor: '99' },
    });
    expect(await manager.ask(vendorChange, { vendor, group: 7 })).toMatchObject({
      name: 'group-unknown',
      details: { group: 7 },
    });
    expect(
      await manager.ask(vendorChange, { vendor, cycle: { kind: 'two-weekly', anchor: '0001-01-01' } }),
    ).toMatchObject({ name: 'bad-input' });
    expect(await cashier.ask(vendorChange, { vendor, name: 'Lain' })).toMatchObject({ name: 'forbidden' });
  });
});

describe('a contact person', () => {
  it('has each field as it was last given, masked and opened', async () => {
    const { manager } = shop;
    const { vendor } = await manager.must(vendorCreate, {
      code: 'SMY',
      name: 'Dapur Wulan',
      person: { name: PERSON.name, nik: PERSON.nik, bankAccount: PERSON.bankAccount },
    });
    await manager.must(vendorChange, { vendor, person: { bankAccount: '1234509876', phone: PERSON.phone } });
    await manager.must(vendorChange, {
      vendor,
      person: { bankAccount: '555666777888', bankHolder: 'Sumiyati' },
    });
    expect((await get(vendor)).person).toEqual([
      { field: 'name', masked: '••••••••' },
      { field: 'phone', masked: '••••5430' },
      { field: 'nik', masked: '••••0003' },
      { field: 'bankAccount', masked: '••••7888' },
      { field: 'bankHolder', masked: '••••••••' },
    ]);
    const opened = await Promise.all(
      ['name', 'phone', 'nik', 'bankAccount', 'bankHolder'].map((field) => open(vendor, field)),
    );
    expect(opened).toMatchObject(
      [PERSON.name, PERSON.phone, PERSON.nik, '555666777888', 'Sumiyati'].map((text) => ({
        value: { text },
      })),
    );
    expect(rows('SELECT field, reason FROM reveal_log')).toHaveLength(5);
    // Each change was sealed under a key of its own, and lies nowhere in the plain.
    expect(rows(`SELECT person FROM vendor_person WHERE vendor = ${vendor}`)).toHaveLength(2);
    for (const text of ['1234509876', '555666777888']) expect(filesHolding(engine.dir, text)).toEqual([]);
  });

  it('may come later, and is each vendor’s own', async () => {
    const { manager, vendor } = shop;
    expect((await get(vendor)).person).toEqual([]);
    expect(await open(vendor, 'nik')).toMatchObject({ name: 'unknown-person' });
    expect(await open(99, 'nik')).toMatchObject({ name: 'vendor-unknown' });
    await manager.must(vendorChange, { vendor, person: {} });
    expect(rows('SELECT * FROM vendor_person')).toEqual([]);
    await manager.must(vendorChange, { vendor, person: { nik: PERSON.nik } });
    const other = await manager.must(vendorCreate, {
      code: 'LAIN',
      name: 'Lain',
      person: { nik: '3513204507860009' },
    });
    expect(await open(vendor, 'nik')).toMatchObject({ value: { text: PERSON.nik } });
    expect(await open(other.vendor, 'nik')).toMatchObject({ value: { text: '3513204507860009' } });
    expect(await open(vendor, 'npwp')).toMatchObject({ name: 'unknown-person' });
  });

  it('stays erased: what a field had taken the place of does not come back', async () => {
    const { manager, vendor } = shop;
    const { sql, books } = engine.engine;
    await manager.must(vendorChange, { vendor, person: { bankAccount: '1234509876' } });
    await manager.must(vendorChange, { vendor, person: { bankAccount: '555666777888' } });
    const { person } = vendorSealedField(sql, vendor, 'bankAccount') as { person: string };
    const before = books.prepare('SELECT * FROM person_field WHERE person = ?').get(person) as object;
    books
      .prepare('UPDATE person_field SET sealed = NULL, last4 = NULL, idx = NULL WHERE person = ?')
      .run(person);
    expect(vendorSealedField(sql, vendor, 'bankAccount')).toBeUndefined();
    expect(vendorPersonFields(sql, vendor)).toEqual([
      { field: 'bankAccount', person, sealed: null, last4: null, idx: null },
    ]);
    expect(await open(vendor, 'bankAccount')).toMatchObject({ name: 'unknown-person' });
    // Back again, for the replay at the end: erasing is no command yet.
    const { sealed, last4, idx } = before as Record<string, string>;
    books
      .prepare('UPDATE person_field SET sealed = ?, last4 = ?, idx = ? WHERE person = ?')
      .run(sealed, last4, idx, person);
  });
});

describe('groups', () => {
  it('have a name of their own and count their vendors as they are now', async () => {
    const { manager, vendor } = shop;
    const { group } = await manager.must(groupCreate, { name: 'Kelompok Tongas' });
    expect(await manager.ask(groupCreate, { name: 'KELOMPOK tongas' })).toMatchObject({
      name: 'group-name-taken',
      details: { name: 'KELOMPOK tongas' },
    });
    const { group: other } = await manager.must(groupCreate, { name: 'Asosiasi Bayuangga' });
    const counts = async () => (await manager.must(groupList, {})).groups;
    expect(await counts()).toEqual([
      { group: other, name: 'Asosiasi Bayuangga', vendors: 0 },
      { group, name: 'Kelompok Tongas', vendors: 0 },
    ]);
    await manager.must(vendorChange, { vendor, group });
    expect((await counts()).map(({ vendors }) => vendors)).toEqual([0, 1]);
    await manager.must(vendorChange, { vendor, group: other, name: 'Kerupuk' });
    expect((await counts()).map(({ vendors }) => vendors)).toEqual([1, 0]);
  });
});

it('says whose terms hold for the goods: the vendor’s own, else the center’s, else none', async () => {
  const { manager } = shop;
  const { vendor } = await manager.must(vendorCreate, { code: 'SMY', name: 'Dapur Wulan' });
  expect(await get(vendor)).toMatchObject({ terms: null, termsLevel: null, termsFrom: null });
  await manager.must(agreementSet, { terms: { model: 'margin', rateBps: 4000 } });
  const day = (await get(vendor)).termsFrom;
  expect(await get(vendor)).toMatchObject({
    terms: { model: 'margin', rateBps: 4000 },
    termsLevel: 'center',
  });
  await manager.must(agreementSet, { vendor, terms: { model: 'fixed', perUnitRupiah: 2_500 } });
  expect(await get(vendor)).toMatchObject({
    terms: { model: 'fixed', perUnitRupiah: 2_500 },
    termsLevel: 'vendor',
    termsFrom: day,
  });
  await manager.must(agreementSet, { vendor, category: 'Kue', terms: { model: 'none' } });
  expect(await get(vendor)).toMatchObject({ terms: { model: 'fixed', perUnitRupiah: 2_500 } });
});

describe('vendor.search', () => {
  const found = async (text: string, limit = 10) =>
    (await shop.cashier.must(vendorSearch, { text, limit })).vendors.map(({ code }) => code);

  it('finds by every word of name and code, for a cashier too, and tells nothing but name and code', async () => {
    const { manager, vendor } = shop;
    await manager.must(vendorCreate, { code: 'DW-02', name: 'Dapur Wulan' });
    await manager.must(vendorCreate, { code: 'DW-03', name: 'dapur Ani 100%', person: PERSON });
    expect(await found('dapur')).toEqual(['DW-03', 'DW-02']);
    expect(await found('wulan DAPUR')).toEqual(['DW-02']);
    expect(await found('dw-0')).toEqual(['DW-03', 'DW-02']);
    expect(await found('100%')).toEqual(['DW-03']);
    expect(await found('dapur', 1)).toEqual(['DW-03']);
    expect(await found('_')).toEqual([]);
    await manager.must(vendorChange, { vendor, name: 'Dapur Rini' });
    const answer = await shop.cashier.must(vendorSearch, { text: 'rini', limit: 10 });
    expect(answer).toEqual({ vendors: [{ vendor, code: 'KRP', name: 'Dapur Rini' }] });
    expect(await found('kerupuk')).toEqual([]);
  });
});
