/** What the door refuses before a command is tried, and what printers, backups and the calendar stand in the way of. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { centerCreate, centerGet, clockConfirm } from '../../shared/contract/center.ts';
import { authSignIn, recoveryIssue, userCreate } from '../../shared/contract/people.ts';
import { printDismiss, printerSet, printTest } from '../../shared/contract/printing.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { backupTake } from '../../shared/contract/system.ts';
import { feeCharge, feeStop } from '../../shared/contract/vendor-money.ts';
import { startEngine } from '../support/engine.ts';
import { basket, HOUR_MS, NOWHERE, type Provocations, pin, ring, says, sold } from './situations.ts';
import type { TwoBooks } from './two-books.ts';

export const door: Provocations = [
  [
    'setup-needed',
    async (s) => {
      const empty = await startEngine();
      const answer = await empty.client().ask(centerGet, {});
      s.hear(answer);
      await empty.stop();
      return answer;
    },
  ],
  [
    'already-set-up',
    says('ratna', centerCreate, { name: 'Lain', admin: { username: 'lain', name: 'L', pin } }),
  ],
  ['forbidden', says('siti', userCreate, { username: 'baru', name: 'B', role: 'admin', pin })],
  ['bad-input', says('budi', feeStop, { fee: -1 })],
  [
    'unknown-name',
    (s) => s.give({ as: 'budi', entry: { ...feeStop, name: 'fee.forget' } as never, input: {} as never }),
  ],
  [
    'approval-invalid',
    (s) => s.give({ as: 'budi', entry: feeStop, input: { fee: 1 } }, { approval: 'a'.repeat(43) }),
  ],
  [
    'id-reused',
    async (s) => {
      const commandId = '01930000-0000-7000-8000-000000000001';
      await s.give(
        { as: 'budi', entry: feeCharge, input: { vendor: 1, name: 'Label', amountRupiah: 1 } },
        { commandId },
      );
      return s.give(
        { as: 'budi', entry: feeCharge, input: { vendor: 1, name: 'Label', amountRupiah: 2 } },
        { commandId },
      );
    },
  ],
  [
    'clock-doubtful',
    async (s) => {
      const input = { vendor: 1, name: 'Label', amountRupiah: 1 };
      s.pass(2 * HOUR_MS);
      await s.must({ as: 'ratna', entry: feeCharge, input });
      s.pass(-HOUR_MS);
      const answer = await s.give({ as: 'budi', entry: feeCharge, input });
      s.pass(HOUR_MS);
      return answer;
    },
  ],
  [
    'too-fast',
    async (s) => {
      for (let n = 0; n < 20; n += 1) {
        const answer = await s.give({ as: 'siti', entry: authSignIn, input: { username: 'dewi', pin } });
        if (answer.outcome === 'rejected' && answer.name === 'too-fast') return answer;
      }
      return undefined;
    },
  ],
  ['busy', (s) => signInAtOnce(s)],
  ['disk-full', (s) => fillDisk(s)],
  [
    'no-session',
    (s) => {
      s.client('budi').setSession(undefined);
      const answer = s.give({ as: 'budi', entry: feeStop, input: { fee: 1 } });
      s.forgetSessions();
      return answer;
    },
  ],
  [
    'stopping',
    async (s) => {
      s.engine.engine.stopping = true;
      const answer = await s.give({ as: 'budi', entry: feeStop, input: { fee: 1 } });
      s.engine.engine.stopping = false;
      return answer;
    },
  ],
];

/** More people at once than there are turns for the slow hash. */
async function signInAtOnce(shop: TwoBooks): Promise<unknown> {
  // Each of them another on a device of its own, since whoever guesses has to wait.
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const client = shop.engine.client(`laci-${n}`);
      return client.ask(authSignIn, { username: `orang-${n}`, pin });
    }),
  );
  for (const answer of answers) shop.hear(answer);
  return answers.find((answer) => answer.outcome === 'rejected' && answer.name === 'busy');
}

/** SQLite itself says that no page is left; what was refused was not written, and the shop goes on afterwards. */
async function fillDisk(shop: TwoBooks): Promise<unknown> {
  const { books } = shop.engine.engine;
  books.pragma(`max_page_count = ${books.pragma('page_count', { simple: true })}`);
  let answer: unknown;
  for (let n = 0; n < 500; n += 1) {
    const said = await shop.give({
      as: 'budi',
      entry: feeCharge,
      input: { vendor: 1, name: 'Label', amountRupiah: 1 },
    });
    answer = said;
    if (said.outcome === 'rejected' && said.name === 'disk-full') break;
  }
  books.pragma('max_page_count = 1000000');
  await shop.must({ as: 'budi', entry: feeCharge, input: { vendor: 1, name: 'Label', amountRupiah: 1 } });
  return answer;
}

export const machine: Provocations = [
  ['job-unknown', says('budi', printDismiss, { seq: NOWHERE, n: 0 })],
  ['no-printer', says('budi', printTest, { drawer: 3 })],
  [
    'job-state',
    async (s) => {
      const address = { kind: 'file' as const, path: join(s.engine.dir, 'kertas.prn') };
      writeFileSync(address.path, '');
      const printer = { drawer: 1, address, paperMm: 58 as const, profile: 'simple58' as const };
      await s.must({ as: 'budi', entry: printerSet, input: printer });
      const seq = await sold(s, [1]);
      await s.until("SELECT 1 FROM print_job WHERE state = 'sent' AND wish_seq = ?", seq);
      return s.give({ as: 'budi', entry: printDismiss, input: { seq, n: 0 } });
    },
  ],
  ['recovery-missing', says('budi', backupTake, {})],
  [
    'backup-failed',
    async (s) => {
      await s.must({ as: 'ratna', entry: recoveryIssue, input: {} });
      return s.give({ as: 'budi', entry: backupTake, input: { into: '/dev/null/cadangan' } });
    },
  ],
  [
    'only-expired-stock',
    (s) => {
      // Product 6 has two batches, of today and of tomorrow; a night later the till is still of yesterday, so its
      // cashier sells under yesterday's date. The other day has come for whoever opens a till then.
      s.pass(40 * HOUR_MS);
      return sellTomorrow(s);
    },
  ],
  ['shift-too-long', (s) => ring(s, basket(s, [1]))],
];

async function sellTomorrow(shop: TwoBooks): Promise<unknown> {
  await shop.must({ as: 'ratna', entry: clockConfirm, input: {} });
  const { drawer } = await shop.must({
    as: 'ratna',
    entry: drawerCreate,
    input: { code: 'K9', name: 'Kasir 9' },
  });
  const opened = await shop.must({ as: 'ratna', entry: shiftOpen, input: { drawer, floatRupiah: 0 } });
  return shop.give({ as: 'ratna', entry: saleComplete, input: basket(shop, [6], { shift: opened.shift }) });
}

/** What only the door says, before a command is tried. */
