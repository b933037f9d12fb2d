import { booksBalances, commandOutcome, type StoredOutcome } from '../../../shared/contract/system.ts';
import { answers } from '../context.ts';

export const outcome = answers(commandOutcome, (ctx, { id }): StoredOutcome => {
  const stored = ctx.sql.value<string>('SELECT outcome FROM journal WHERE id = ?', id);
  if (stored === undefined) return { known: false };
  const parsed = JSON.parse(stored) as { ok: unknown } | { rejected: string; details: unknown };
  return 'ok' in parsed
    ? { known: true, outcome: 'ok', value: parsed.ok }
    : { known: true, outcome: 'rejected', name: parsed.rejected, details: parsed.details };
});

/** Every money account by its code: both columns have the same sum, or the books are broken. */
export const balances = answers(booksBalances, (ctx) => {
  const accounts = ctx.sql.all<{ code: string; debitsRupiah: number; creditsRupiah: number }>(
    `SELECT code, sum(debits) AS debitsRupiah, sum(credits) AS creditsRupiah FROM account WHERE ledger = 0
     GROUP BY code ORDER BY code`,
  );
  return {
    accounts,
    debitsRupiah: accounts.reduce((sum, account) => sum + account.debitsRupiah, 0),
    creditsRupiah: accounts.reduce((sum, account) => sum + account.creditsRupiah, 0),
  };
});
