/** What the office is refused: people, terms, the catalogue, goods. */
import { centerChange, operatorSet } from '../../shared/contract/center.ts';
import { countPost, returnConfirm, unresolvedResolve } from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import { authSignIn, personReveal, pinSet, userChange, userCreate } from '../../shared/contract/people.ts';
import {
  barcodeAdd,
  blobPut,
  importApply,
  importRead,
  priceSet,
  productChange,
  promotionEnd,
} from '../../shared/contract/product.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { agreementSet, groupCreate, vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { debtWriteOff, feeCharge } from '../../shared/contract/vendor-money.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import {
  basket,
  blob,
  HEAD,
  line,
  memo,
  NOWHERE,
  type Provocations,
  pin,
  ring,
  rings,
  says,
  sold,
  unknown,
} from './situations.ts';

export const people: Provocations = [
  ['username-taken', says('ratna', userCreate, { username: 'budi', name: 'B', role: 'cashier', pin })],
  ['pin-too-short', says('ratna', pinSet, { user: 3, pin: '123' })],
  ['pin-too-simple', says('ratna', pinSet, { user: 3, pin: '123456' })],
  ['unknown-user', says('ratna', pinSet, { user: NOWHERE, pin })],
  ['not-your-pin', says('siti', pinSet, { user: 2, pin })],
  ['approval-needed', says('dewi', pinSet, { user: 4, pin })],
  ['last-admin', says('ratna', userChange, { user: 1, role: 'manager' })],
  ['unknown-person', says('budi', personReveal, { vendor: 2, field: 'nik', reason: memo })],
  [
    'user-disabled',
    async (s) => {
      const input = { username: 'tono', name: 'Tono', role: 'cashier' as const, pin: '582049' };
      const { user } = await s.must({ as: 'ratna', entry: userCreate, input });
      await s.must({ as: 'ratna', entry: pinSet, input: { user, pin } });
      await s.must({ as: 'ratna', entry: userChange, input: { user, active: false } });
      return s.give({ as: 'ratna', entry: authSignIn, input: { username: 'tono', pin } });
    },
  ],
  ['wrong-pin', says('ratna', authSignIn, { username: 'dewi', pin })],
  ['second-person-needed', says('budi', debtWriteOff, { vendor: 1, amountRupiah: 1, memo })],
  ['pkp-not-available', says('ratna', centerChange, { pkp: true })],
  ['operator-not-rising', says('ratna', operatorSet, { name: 'D', from: '2020-01-01' })],
  ['qris-unreadable', says('ratna', centerChange, { qrisStatic: STATIC_QRIS.slice(1) })],
];

export const catalogue: Provocations = [
  ['vendor-code-taken', says('budi', vendorCreate, { code: 'V1', name: 'V' })],
  ['vendor-unknown', says('budi', feeCharge, { vendor: NOWHERE, name: 'L', amountRupiah: 1 })],
  ['agreement-backdated', says('budi', agreementSet, { terms: { model: 'none' }, from: '2020-01-01' })],
  [
    'bearer-not-allowed',
    says('budi', agreementSet, { vendor: 2, terms: { model: 'net-price' }, discountBearer: 'vendor' }),
  ],
  ['own-goods', says('budi', agreementSet, { product: 8, terms: { model: 'none' } })],
  ['wrong-vendor', says('budi', agreementSet, { vendor: 1, product: 3, terms: { model: 'none' } })],
  [
    'no-agreement',
    (s) =>
      ring(
        s,
        basket(s, [], {
          lines: [{ product: 9, qty: 1_000, priceRupiah: 5_000 }],
          totalRupiah: 5_000,
          tenders: [{ kind: 'cash', amountRupiah: 5_000 }],
        }),
      ),
  ],
  [
    'net-price-missing',
    async (s) => {
      await s.must({ as: 'budi', entry: agreementSet, input: { product: 4, terms: { model: 'net-price' } } });
      return ring(s, basket(s, [4]));
    },
  ],
  [
    'cost-missing',
    async (s) => {
      await s.must({
        as: 'budi',
        entry: agreementSet,
        input: { product: 4, terms: { model: 'margin', rateBps: 1 } },
      });
      const answer = await ring(s, basket(s, [4]));
      await s.must({ as: 'budi', entry: agreementSet, input: { product: 4, terms: { model: 'none' } } });
      return answer;
    },
  ],
  ['group-unknown', says('budi', vendorChange, { vendor: 1, group: NOWHERE })],
  ['group-name-taken', says('budi', groupCreate, { name: 'Tongas' })],
  ['product-unknown', says('budi', priceSet, { product: NOWHERE, priceRupiah: 1 })],
  ['barcode-taken', says('budi', barcodeAdd, { product: 1, barcode: '8990002' })],
  ['promotion-unknown', says('budi', promotionEnd, { promotion: NOWHERE })],
  ['promotion-not-for-line', rings([3], { lines: line(3, { promotion: 1 }) })],
  [
    'promotion-ended',
    async (s) => {
      await s.must({ as: 'budi', entry: promotionEnd, input: { promotion: 1 } });
      return ring(s, basket(s, [1], { lines: line(1, { promotion: 1 }) }));
    },
  ],
  ['blob-unknown', says('budi', importRead, { blob: '0'.repeat(64) })],
  ['blob-damaged', says('budi', blobPut, { sha256: '0'.repeat(64), bytes: 3, offset: 0, chunk: 'AAAA' })],
  [
    'sheet-unreadable',
    async (s) =>
      s.give({
        as: 'budi',
        entry: importRead,
        input: { blob: await blob(s, '\u0000\u0001 tidak ada kolom') },
      }),
  ],
  [
    'sheet-too-long',
    async (s) => {
      const rows = Array.from({ length: 5_001 }, (_, n) => `77${n};Barang;V1;1000\n`).join('');
      return s.give({ as: 'budi', entry: importRead, input: { blob: await blob(s, HEAD + rows) } });
    },
  ],
  [
    'sheet-not-ready',
    async (s) => {
      const sheet = await blob(s, `${HEAD}8997001;Dodol;V1;9000\n`);
      const { prepared } = await s.must({ as: 'budi', entry: importRead, input: { blob: sheet } });
      await s.must({ as: 'budi', entry: importApply, input: { prepared: prepared as string } });
      return s.give({ as: 'budi', entry: importApply, input: { prepared: sheet } });
    },
  ],
];

export const goods: Provocations = [
  [
    'already-expired',
    says('budi', intakeConfirm, { vendor: 1, lines: [{ product: 1, qty: 1, expires: '2020-01-01' }] }),
  ],
  [
    'places-not-available',
    says('budi', intakeConfirm, { vendor: 1, lines: [{ product: 1, qty: 1 }], place: 'Pameran' }),
  ],
  [
    'not-own-goods',
    says('budi', purchaseConfirm, {
      vendor: 1,
      lines: [{ product: 1, qty: 1, unitCostRupiah: 1 }],
      paid: 'bank',
    }),
  ],
  [
    'vendor-inactive',
    async (s) => {
      await s.must({ as: 'budi', entry: vendorChange, input: { vendor: 6, active: false } });
      return s.give({
        as: 'budi',
        entry: intakeConfirm,
        input: { vendor: 6, lines: [{ product: 9, qty: 1 }] },
      });
    },
  ],
  [
    'product-inactive',
    async (s) => {
      await s.must({ as: 'budi', entry: productChange, input: { product: 7, active: false } });
      return s.give({
        as: 'budi',
        entry: intakeConfirm,
        input: { vendor: 1, lines: [{ product: 7, qty: 1 }] },
      });
    },
  ],
  ['stock-short', says('budi', returnConfirm, { vendor: 1, lines: [{ product: 1, qty: 9_000_000 }] })],
  [
    'batch-unknown',
    says('budi', returnConfirm, { vendor: 1, lines: [{ product: 1, qty: 1, batch: NOWHERE }] }),
  ],
  [
    'line-twice',
    says('budi', countPost, {
      lines: [
        { product: 1, countedQty: 1 },
        { product: 1, countedQty: 1 },
      ],
    }),
  ],
  ['unresolved-unknown', says('budi', unresolvedResolve, { sale: NOWHERE, line: 1, memo })],
  [
    'memo-missing',
    async (s) => s.give({ as: 'budi', entry: unresolvedResolve, input: { sale: await unknown(s), line: 1 } }),
  ],
  [
    'already-resolved',
    async (s) => {
      const input = { sale: await unknown(s), line: 1, memo };
      await s.must({ as: 'budi', entry: unresolvedResolve, input });
      return s.give({ as: 'budi', entry: unresolvedResolve, input });
    },
  ],
  [
    'stock-not-negative',
    async (s) => {
      const batch = { vendor: 2, lines: [{ product: 3, qty: 1_000 }] };
      const { intake, batches } = await s.must({ as: 'budi', entry: intakeConfirm, input: batch });
      await sold(s, [3], { lines: line(3, { batch: batches[0] }) });
      return s.give({ as: 'budi', entry: documentReverse, input: { document: intake, memo } });
    },
  ],
];
