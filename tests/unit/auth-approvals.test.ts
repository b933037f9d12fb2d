/**
 * Proves that an approval is good for one use, within two minutes, for exactly the command, action and figures it
 * was given for, and that a rolled-back command gives it back; and that its figures are the whole input, however deep
 * and in whatever order, but for PINs and personal text.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPROVAL_VALID_MS, consumeApproval, grantApproval } from '../../main/engine/auth/approvals.ts';
import { canonicalFigures } from '../../main/engine/auth/figures.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authApprove, pinSet, userCreate } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { PERSON } from '../support/full-shop.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';
import { openShop, PINS } from '../support/shop.ts';
import { inFolder, openDatabase } from './seal-support.ts';

const START = Date.UTC(2025, 10, 21, 3);
const wanted = {
  commandId: '019aa3c5-7b00-7000-8000-000000000001',
  action: 'sale.discount',
  figures: '{"discountRupiah":25000}',
};

function withDatabase(work: (db: Database) => void): Promise<void> {
  return inFolder((dir) => {
    const db = openDatabase(dir);
    work(db);
    db.close();
  });
}

it('is good once, and names the approver', () =>
  withDatabase((db) => {
    const token = grantApproval(db, { ...wanted, approver: 3, at: START });
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(consumeApproval(db, token, { ...wanted, at: START + 1 })).toBe(3);
    expect(consumeApproval(db, token, { ...wanted, at: START + 1 })).toBeUndefined();
  }));

it('is for nothing else: another command, action, figures or token, nor for what lies in the database', () =>
  withDatabase((db) => {
    const token = grantApproval(db, { ...wanted, approver: 3, at: START });
    grantApproval(db, { ...wanted, figures: '{"discountRupiah":25001}', approver: 4, at: START });
    const refused = (changed: Partial<typeof wanted>, given = token) =>
      expect(consumeApproval(db, given, { ...wanted, ...changed, at: START })).toBeUndefined();
    refused({ commandId: '019aa3c5-7b00-7000-8000-000000000002' });
    refused({ action: 'sale.void' });
    refused({ figures: '{"discountRupiah":25001}' });
    refused({ figures: '{"discountRupiah": 25000}' });
    refused({}, (token.startsWith('A') ? 'B' : 'A') + token.slice(1));
    refused({}, '');
    refused({}, `${token} `);
    const hashes = db.prepare('SELECT token_hash FROM approval').pluck().all() as Buffer[];
    expect(hashes).toHaveLength(2);
    for (const hash of hashes) refused({}, hash.toString('base64url'));
    // None of these tries has used it up.
    expect(consumeApproval(db, token, { ...wanted, at: START })).toBe(3);
  }));

it('is over after two minutes', () =>
  withDatabase((db) => {
    const grant = () => grantApproval(db, { ...wanted, approver: 3, at: START });
    const [first, second, third] = [grant(), grant(), grant()];
    expect(consumeApproval(db, first, { ...wanted, at: START + APPROVAL_VALID_MS })).toBe(3);
    expect(consumeApproval(db, second, { ...wanted, at: START + APPROVAL_VALID_MS + 1 })).toBeUndefined();
    expect(consumeApproval(db, third, { ...wanted, at: START - APPROVAL_VALID_MS - 1 })).toBeUndefined();
    grantApproval(db, { ...wanted, approver: 3, at: START + APPROVAL_VALID_MS + 1 });
    expect(db.prepare('SELECT count(*) FROM approval').pluck().get()).toBe(1);
  }));

it('is given back when the command it was used in comes to nothing', () =>
  withDatabase((db) => {
    const token = grantApproval(db, { ...wanted, approver: 3, at: START });
    const command = db.transaction(() => {
      expect(consumeApproval(db, token, { ...wanted, at: START })).toBe(3);
      throw new Error('disk full');
    });
    expect(command).toThrow('disk full');
    expect(consumeApproval(db, token, { ...wanted, at: START })).toBe(3);
  }));

type Path = (string | number)[];

/** Every place of a value that is no record and no list. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function withLeaf(
  value: unknown,
  path: Path,
  change: (holder: Record<string, unknown>, key: string) => void,
) {
  const copy = structuredClone(value);
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as never)[key], copy);
  change(holder as Record<string, unknown>, String(path.at(-1)));
  return copy;
}

/** The same value, its keys sorted by what `orderOf` says of each, at every depth. */
function reordered(value: unknown, orderOf: (key: string) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, orderOf));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([left], [right]) => orderOf(left) - orderOf(right));
  return Object.fromEntries(entries.map(([key, inner]) => [key, reordered(inner, orderOf)]));
}

const sale = {
  shift: 7,
  lines: [
    { product: 3, qty: 2000, priceRupiah: 18_000, discounts: [{ amountRupiah: 5_000, bearer: 'center' }] },
    { product: 4, qty: 755, priceRupiah: 28_500, price: 'override', batch: 12 },
  ],
  totalRupiah: 52_518,
  tenders: [
    { kind: 'cash', amountRupiah: 30_000 },
    { kind: 'transfer', amountRupiah: 22_518, reference: '4711' },
  ],
};

describe('the figures of an approval', () => {
  it(
    'are the same in any order of keys at any depth',
    () => {
      const figures = canonicalFigures(saleComplete, sale);
      expect(JSON.parse(figures)).toEqual(sale);
      fc.assert(
        fc.property(fc.func<[string], number>(fc.double({ noNaN: true })), (orderOf) => {
          expect(canonicalFigures(saleComplete, reordered(sale, orderOf))).toBe(figures);
        }),
        seeded(),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  it('are others with any value changed, any field gone or new, and any two lines swapped', () => {
    const figures = canonicalFigures(saleComplete, sale);
    const places = leavesOf(sale);
    expect(places.length).toBeGreaterThan(15);
    const others = new Set<string>();
    for (const path of places) {
      const changes: ((holder: Record<string, unknown>, key: string) => void)[] = [
        (holder, key) => {
          holder[key] = typeof holder[key] === 'number' ? (holder[key] as number) + 1 : `${holder[key]}1`;
        },
        (holder, key) => {
          holder[key] = String(holder[key]) === holder[key] ? 1 : String(holder[key]);
        },
        (holder, key) => delete holder[key],
        (holder, key) => {
          holder[`${key}Too`] = holder[key];
        },
      ];
      for (const change of changes) others.add(canonicalFigures(saleComplete, withLeaf(sale, path, change)));
    }
    others.add(canonicalFigures(saleComplete, { ...sale, lines: sale.lines.toReversed() }));
    expect(others.size).toBe(places.length * 4 + 1);
    expect(others).not.toContain(figures);
  });

  it('hold no PIN and no personal text, and all the rest of such an input', () => {
    const person = { name: PERSON.name, nik: PERSON.nik, bankAccount: PERSON.bankAccount };
    const inputs = [
      [pinSet, { user: 3, pin: PINS.cashier }],
      [userCreate, { username: 'dewi', name: PERSON.name, role: 'manager', pin: PINS.manager }],
      [vendorCreate, { code: 'SMY', name: 'Dapur Wulan', person: { ...person, bankCode: '014' } }],
      [vendorChange, { vendor: 2, active: false, person }],
    ] as const;
    const secrets = [...Object.values(PINS), ...Object.values(PERSON)];
    for (const [entry, input] of inputs) {
      const figures = canonicalFigures(entry, input);
      for (const secret of secrets) expect(figures, entry.name).not.toContain(secret);
      expect(Object.keys(JSON.parse(figures)).sort()).toEqual(Object.keys(input).sort());
    }
    expect(canonicalFigures(pinSet, inputs[0][1])).toBe('{"pin":"","user":3}');
    expect(canonicalFigures(vendorChange, inputs[3][1])).not.toBe(
      canonicalFigures(vendorChange, { ...inputs[3][1], active: true }),
    );
  });
});

describe('at the till', () => {
  async function withShop(
    work: (engine: TestEngine, shop: Awaited<ReturnType<typeof openShop>>) => Promise<void>,
  ) {
    const engine = await startEngine();
    await work(engine, await openShop(engine));
    await engine.stop();
  }

  it('goes with the same input in another order, and with no other nested figure', () =>
    withShop(async (engine, { manager, vendor, product }) => {
      const commandId = newCommandId();
      const input = {
        vendor,
        lines: [
          { product, qty: 2_000, expires: '2099-12-31' },
          { product, qty: 5_000 },
        ],
      };
      const { approval } = await manager.must(authApprove, {
        commandId,
        action: intakeConfirm.name,
        figures: reordered(input, (key) => -key.length),
        username: 'ratna',
        pin: PINS.admin,
      });
      const refused = { outcome: 'rejected', name: 'approval-invalid' };
      const send = (changed: typeof input) => manager.ask(intakeConfirm, changed, { commandId, approval });
      const [first, second] = input.lines as [{ product: number; qty: number; expires: string }, never];
      expect(await send({ ...input, lines: [{ ...first, qty: 2_001 }, second] })).toMatchObject(refused);
      expect(await send({ ...input, lines: [second, first] })).toMatchObject(refused);
      expect(await send({ ...input, lines: [first] })).toMatchObject(refused);
      expect(await send(reordered(input, (key) => key.length) as typeof input)).toMatchObject({
        outcome: 'ok',
      });
      const row = engine.engine.books.prepare('SELECT actor, approver FROM journal WHERE id = ?');
      expect(row.get(commandId)).toEqual({ actor: 2, approver: 1 });
    }));

  it('keeps a digest in which PIN and personal text have no part', () =>
    withShop(async (engine, { admin, cashier, vendor }) => {
      const pins = ['403728', '662951'].map((pin) => ({ user: 3, pin }));
      const people = [PERSON.nik, '3513204507860004'].map((nik) => ({ vendor, person: { nik } }));
      const digestOf = async (
        client: typeof admin,
        action: string,
        figures: unknown,
        username: string,
        pin: string,
      ) => {
        const commandId = newCommandId();
        await client.must(authApprove, { commandId, action, figures, username, pin });
        const stored = engine.engine.books.prepare('SELECT figures_hash FROM approval WHERE command_id = ?');
        return (stored.pluck().get(commandId) as Buffer).toString('hex');
      };
      const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
      for (const figures of pins) {
        const digest = await digestOf(cashier, 'pin.set', figures, 'siti', PINS.cashier);
        expect(digest).toBe(sha256('{"pin":"","user":3}'));
      }
      for (const figures of people) {
        const digest = await digestOf(admin, 'vendor.change', figures, 'budi', PINS.manager);
        expect(digest).toBe(sha256(`{"person":{"nik":""},"vendor":${vendor}}`));
      }
    }));
});
