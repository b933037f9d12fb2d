import { payoutBankList } from '../../../shared/contract/settlement.ts';
import { type BankListRow, bankListCsv, bareAccount } from '../../../shared/domain/bank-list.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import type { Engine } from '../engine.ts';
import { operates, refuse } from '../operate.ts';
import { openSealed, readPersonKey } from '../seal/person.ts';
import { vendorSealedField } from '../store/person-fields.ts';
import { vendorById } from '../store/rows.ts';

interface PayoutRow {
  number: string;
  vendor: number;
  how: 'cash' | 'bank';
  amount: number;
  /** Number of the reversal that took it back. */
  reversal: string | null;
}

const PAYOUT = `SELECT settlement_now.payout_number AS number, settlement_now.vendor, settlement_now.how,
    settlement_now.paid AS amount, reversal.number AS reversal
  FROM payout JOIN settlement_now ON settlement_now.id = payout.settlement
  LEFT JOIN reversal ON reversal.document IN (settlement_now.payout, settlement_now.approval)
  WHERE payout.id = ?`;

/** Opens a vendor's sealed field and keeps in the log that it was opened, within the transaction that is open. */
type Opener = (vendor: number, field: 'bankAccount' | 'bankHolder') => string | undefined;

/** A payout named twice is listed once: a bank would pay it twice. Who looked and why is on disk before it leaves. */
export const bankList = operates(payoutBankList, (engine, { payouts, reason }, caller) => {
  const actor = caller.user?.id ?? 0;
  engine.sql.run('BEGIN IMMEDIATE');
  try {
    const open = openerOf(engine, actor, reason);
    const rows = [...new Set(payouts)].map((payout) => bankRow(engine, payout, open));
    engine.sql.run('COMMIT');
    engine.log.info({ actor, rows: rows.length }, 'bank list made');
    const totalRupiah = rows.reduce((sum, { amount }) => sum + amount, 0);
    return { csv: bankListCsv(rows), rows: rows.length, totalRupiah };
  } catch (error) {
    if (engine.books.inTransaction) engine.sql.run('ROLLBACK');
    throw error;
  }
});

function openerOf(engine: Engine, actor: number, reason: string): Opener {
  return (vendor, field) => {
    const sealed = vendorSealedField(engine.sql, vendor, field);
    const key = sealed && readPersonKey(engine.books, engine.keys, sealed.person);
    if (!sealed || !key) return undefined;
    engine.sql.run(
      'INSERT INTO reveal_log (at, actor, person, field, reason) VALUES (?, ?, ?, ?, ?)',
      engine.now(),
      actor,
      sealed.person,
      field,
      reason,
    );
    return openSealed(key, sealed);
  };
}

function bankRow(engine: Engine, payout: number, open: Opener): BankListRow {
  const row = engine.sql.one<PayoutRow>(PAYOUT, payout);
  if (!row) return refuse('payout-unknown', { payout });
  if (row.how !== 'bank') refuse('not-a-bank-payout', { number: row.number });
  if (row.reversal !== null) refuse('already-reversed', { number: row.reversal });
  const vendor = vendorById(engine.sql, row.vendor);
  if (!vendor) throw new Error(`rule broken: payout ${row.number} has no vendor`);
  const account = bareAccount(open(vendor.id, 'bankAccount') ?? '');
  if (vendor.bank_code === null || account === '') {
    return refuse('bank-account-missing', { vendor: vendor.name });
  }
  return {
    bankCode: vendor.bank_code,
    account,
    name: open(vendor.id, 'bankHolder') ?? vendor.name,
    amount: rupiah(row.amount),
    reference: row.number,
  };
}
