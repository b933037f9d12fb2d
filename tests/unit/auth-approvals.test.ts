/**
 * Proves that an approval is good for one use, within two minutes, for exactly the command, action and figures it
 * was given for, and that a rolled-back command gives it back.
 */
import type { Database } from 'better-sqlite3';
import { expect, it } from 'vitest';
import { APPROVAL_VALID_MS, consumeApproval, grantApproval } from '../../main/engine/auth/approvals.ts';
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
