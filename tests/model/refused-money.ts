/** What is refused about vendors' money, settlements, runs and documents taken back. */
import { centerChange } from '../../shared/contract/center.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { runStart, runStop } from '../../shared/contract/run.ts';
import {
  payoutBankList,
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import {
  debtWriteOff,
  disputeClose,
  disputeOpen,
  feeCharge,
  feeRecur,
  feeStop,
  holdRelease,
} from '../../shared/contract/vendor-money.ts';
import { approved, draft, memo, NOWHERE, type Provocations, paid, qris, says, sold } from './situations.ts';

export const money: Provocations = [
  ['fee-unknown', says('budi', feeStop, { fee: NOWHERE })],
  [
    'fee-ended',
    async (s) => {
      const input = {
        vendor: 2,
        name: 'Label',
        amountRupiah: 100,
        cycle: { kind: 'weekly' as const, weekday: 1 },
      };
      const { fee } = await s.must({ as: 'budi', entry: feeRecur, input });
      await s.must({ as: 'budi', entry: feeStop, input: { fee } });
      return s.give({ as: 'budi', entry: feeStop, input: { fee } });
    },
  ],
  [
    'more-than-owed',
    async (s) => {
      await s.must({ as: 'budi', entry: feeCharge, input: { vendor: 6, name: 'Denda', amountRupiah: 700 } });
      const input = { vendor: 6, amountRupiah: 500, memo };
      await s.must({ as: 'budi', entry: debtWriteOff, input, approver: 'ratna' });
      return s.give({ as: 'budi', entry: debtWriteOff, input, approver: 'ratna' });
    },
  ],
  ['dispute-unknown', says('budi', disputeClose, { dispute: NOWHERE, memo })],
  [
    'already-disputed',
    async (s) => {
      const input = { vendor: 1, sale: await sold(s, [1]), line: 1, memo };
      await s.must({ as: 'budi', entry: disputeOpen, input });
      return s.give({ as: 'budi', entry: disputeOpen, input });
    },
  ],
  [
    'dispute-closed',
    async (s) => {
      const dispute = s.value('SELECT max(seq) FROM dispute') as number;
      await s.must({ as: 'budi', entry: disputeClose, input: { dispute, memo } });
      return s.give({ as: 'budi', entry: disputeClose, input: { dispute, memo } });
    },
  ],
  [
    'not-held',
    async (s) => {
      await s.must({ as: 'ratna', entry: centerChange, input: { holdUnmatchedQris: true } });
      const sale = await sold(s, [1], { tenders: [await qris(s, true)] });
      await s.must({ as: 'budi', entry: holdRelease, input: { sale, memo } });
      return s.give({ as: 'budi', entry: holdRelease, input: { sale, memo } });
    },
  ],
  ['nothing-to-settle', says('budi', settlementPrepare, { vendor: 3 })],
  ['cutoff-in-future', says('budi', settlementPrepare, { vendor: 3, cutoffDay: '2030-01-01' })],
  ['settlement-unknown', says('budi', settlementCancel, { settlement: NOWHERE, memo })],
  [
    'settlement-open',
    async (s) => {
      await draft(s, 1, 1);
      return s.give({ as: 'budi', entry: settlementPrepare, input: { vendor: 1 } });
    },
  ],
  [
    'settlement-state',
    async (s) => {
      const settlement = s.value("SELECT max(id) FROM settlement_now WHERE state = 'draft'") as number;
      await s.must({ as: 'budi', entry: settlementCancel, input: { settlement, memo } });
      return s.give({ as: 'budi', entry: settlementCancel, input: { settlement, memo } });
    },
  ],
  [
    'same-person',
    async (s) => {
      const input = await draft(s, 1, 1);
      const answer = await s.give({ as: 'budi', entry: settlementApprove, input });
      await s.must({ as: 'ratna', entry: settlementApprove, input });
      return answer;
    },
  ],
  [
    'payout-exceeds-approved',
    (s) => {
      const settlement = s.value("SELECT max(id) FROM settlement_now WHERE state = 'approved'") as number;
      return s.give({ as: 'budi', entry: settlementPay, input: { settlement, amountRupiah: 90_000_000 } });
    },
  ],
  [
    'not-a-bank-payout',
    async (s) => {
      const settlement = s.value("SELECT max(id) FROM settlement_now WHERE state = 'approved'") as number;
      const { payout } = await s.must({ as: 'budi', entry: settlementPay, input: { settlement } });
      return s.give({ as: 'budi', entry: payoutBankList, input: { payouts: [payout], reason: memo } });
    },
  ],
  ['payout-unknown', says('budi', payoutConfirm, { payout: NOWHERE })],
  [
    'payout-confirmed',
    async (s) => {
      const payout = await paid(s, 'bank');
      await s.must({ as: 'budi', entry: payoutConfirm, input: { payout } });
      return s.give({ as: 'budi', entry: payoutConfirm, input: { payout } });
    },
  ],
  [
    'bank-account-missing',
    async (s) => {
      const { settlement } = await approved(s, 2, 3);
      return s.give({ as: 'budi', entry: settlementPay, input: { settlement, how: 'bank' } });
    },
  ],
  [
    'more-than-eligible',
    async (s) => {
      const { settlement, amountRupiah } = await draft(s, 4, 5);
      return s.give({
        as: 'ratna',
        entry: settlementApprove,
        input: { settlement, amountRupiah: amountRupiah + 1 },
      });
    },
  ],
  [
    'below-minimum',
    async (s) => {
      await s.must({ as: 'ratna', entry: centerChange, input: { minimumPayoutRupiah: 90_000_000 } });
      const settlement = s.value("SELECT max(id) FROM settlement_now WHERE state = 'draft'") as number;
      const answer = await s.give({
        as: 'ratna',
        entry: settlementApprove,
        input: { settlement, amountRupiah: 1_000 },
      });
      await s.must({ as: 'ratna', entry: centerChange, input: { minimumPayoutRupiah: 0 } });
      return answer;
    },
  ],
  ['cutoff-not-rising', says('budi', settlementPrepare, { vendor: 1, cutoffDay: '2020-01-01' })],
  ['run-unknown', says('budi', runStop, { run: NOWHERE })],
  [
    'run-live',
    async (s) => {
      await s.must({ as: 'budi', entry: runStart, input: { kind: 'prepare' } });
      return s.give({ as: 'budi', entry: runStart, input: { kind: 'prepare' } });
    },
  ],
  [
    'run-ended',
    async (s) => {
      await s.runsEnded();
      const { run } = await s.must({ as: 'budi', entry: runStart, input: { kind: 'prepare' } });
      await s.must({ as: 'budi', entry: runStop, input: { run } });
      return s.give({ as: 'budi', entry: runStop, input: { run } });
    },
  ],
  ['document-unknown', says('budi', documentReverse, { document: NOWHERE, memo })],
  [
    'not-reversible',
    async (s) =>
      s.give({ as: 'budi', entry: documentReverse, input: { document: await sold(s, [1]), memo } }),
  ],
  [
    'already-reversed',
    async (s) => {
      const { intake } = await s.must({
        as: 'budi',
        entry: intakeConfirm,
        input: { vendor: 1, lines: [{ product: 1, qty: 1 }] },
      });
      await s.must({ as: 'budi', entry: documentReverse, input: { document: intake, memo } });
      return s.give({ as: 'budi', entry: documentReverse, input: { document: intake, memo } });
    },
  ],
  [
    'document-used',
    async (s) => {
      const document = s.value('SELECT payout FROM payout_confirmation LIMIT 1') as number;
      return s.give({ as: 'budi', entry: documentReverse, input: { document, memo } });
    },
  ],
];
