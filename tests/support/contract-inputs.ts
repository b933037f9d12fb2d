/** A valid input for every entry of the contract, every optional field filled in, for a shop of full-shop.ts. */
import { createHash } from 'node:crypto';
import { businessDayAt } from '../../shared/domain/calendar.ts';
import { newCommandId, type TestEngine } from './engine.ts';
import { type FullShop, PERSON } from './full-shop.ts';
import { STATIC_QRIS } from './full-shop-sale.ts';
import { PINS } from './shop.ts';

const SHEET = Buffer.from('kode;nama;penitip;harga\n8994001;Dodol;KRP;9000\n', 'utf8');
const SHEET_HASH = createHash('sha256').update(SHEET).digest('hex');

/** Something new each time, where the books want a code that is not taken. */
let counter = 0;
function fresh(prefix: string): string {
  counter += 1;
  return `${prefix}${counter}`;
}

/** A basket with every field of a line and of a sale. */
function everyLine({ product, salePromotion, vendor }: FullShop) {
  return {
    lines: [
      {
        product,
        qty: 2000,
        priceRupiah: 18_000,
        price: 'current',
        batch: 1,
        discounts: [{ amountRupiah: 1000, rateBps: 500, bearer: 'vendor' }],
        promotion: salePromotion,
      },
      { unknownCode: 'TANPA-3', name: 'Kripik', vendor, qty: 2000, priceRupiah: 9_000 },
    ],
    discount: { amountRupiah: 400, rateBps: 100, bearer: 'center' },
    visit: 'N 7012 UA',
  };
}

/** What lies in a drawer, down to the smallest note that a count has, note by note. */
function countedIn({ engine }: TestEngine, drawer: number) {
  const sql = "SELECT debits - credits FROM account WHERE code = 'cash' AND owner = ?";
  const held = engine.books.prepare(sql).pluck().get(String(drawer)) as number;
  // However much other tests have brought: no count takes more pieces than this.
  let rest = Math.min(Math.max(held, 0), 1_000_000_000);
  const countedRupiah = rest - (rest % 50);
  const values = [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50];
  const denominations = values.map((valueRupiah) => {
    const pieces = Math.floor(rest / valueRupiah);
    rest -= pieces * valueRupiah;
    return { valueRupiah, pieces };
  });
  return { countedRupiah, denominations: denominations.filter(({ pieces }) => pieces > 0) };
}

export function validInputs(engine: TestEngine, shop: FullShop): Record<string, () => unknown> {
  const { drawer, vendor, product, shift, settlement } = shop;
  const prepared = engine.engine.books.prepare('SELECT prepared FROM import LIMIT 1').pluck().get() as string;
  const pin = PINS.cashier;
  const today = businessDayAt(engine.engine.now(), 420);
  const nothing = () => ({});
  return {
    'adjustment.post': () => ({ vendor: shop.runVendor, amountRupiah: -500, memo: 'salah hitung' }),
    'agreement.list': () => ({ vendor, limit: 5 }),
    'agreement.set': () => ({
      vendor,
      category: 'Kue basah',
      terms: { model: 'percent', rateBps: 1250 },
      from: '2099-01-01',
      discountBearer: 'vendor',
      loss: { bearer: 'allowance', allowanceBps: 300 },
      decree: 'SK 2/2099',
    }),
    'auth.approve': () => ({
      commandId: newCommandId(),
      action: 'settlement.approve',
      figures: { settlement, amountRupiah: 1000 },
      username: 'ratna',
      pin: PINS.admin,
    }),
    'auth.me': nothing,
    'auth.signIn': () => ({ username: 'siti', pin }),
    'auth.signOut': nothing,
    'backup.take': () => ({ into: `${engine.dir}/backups` }),
    'barcode.add': () => ({ product, barcode: fresh('897') }),
    'blob.put': () => ({
      sha256: SHEET_HASH,
      bytes: SHEET.length,
      offset: 0,
      chunk: SHEET.toString('base64'),
    }),
    'books.balances': nothing,
    'books.copy': nothing,
    'buyer.due': () => ({ limit: 5 }),
    'buyer.pay': () => ({
      refund: shop.refund,
      amountRupiah: 100,
      how: 'cash',
      drawer: shop.safe,
      memo: 'tidak punya rekening',
    }),
    'cash.drop': () => ({ shift, amountRupiah: 1000 }),
    'cash.in': () => ({ shift, amountRupiah: 1000, kind: 'safe', memo: 'uang kecil' }),
    'cash.list': () => ({ shift, limit: 5 }),
    'cash.out': () => ({
      shift,
      amountRupiah: 1000,
      kind: 'expense',
      category: 'listrik',
      memo: 'token',
    }),
    'center.change': () => ({
      name: 'Pusat Oleh-Oleh Contoh',
      address: 'Jalan Raya 1',
      phone: '0335123456',
      receiptFooter: 'Terima kasih',
      cashRounding: { stepRupiah: 100, mode: 'down' },
      twoPersonSettlement: true,
      varianceLimitRupiah: 50_000,
      commissionLabel: 'Potongan',
      qrisStatic: STATIC_QRIS,
      qrisShownSuffices: false,
      holdUnmatchedQris: false,
      qrisReleaseDays: 7,
      returnWindowDays: 0,
      minimumPayoutRupiah: 0,
      payoutFeeRupiah: 0,
      stampFromRupiah: 5_000_000,
      stampDutyRupiah: 10_000,
      cashierDiscountBps: 0,
      pkp: false,
    }),
    'center.create': () => ({
      name: 'Pusat Lain',
      address: 'Jalan Raya 1',
      phone: '0335123456',
      operator: 'Koperasi',
      receiptFooter: 'Terima kasih',
      utcOffsetMinutes: 420,
      cashRounding: { stepRupiah: 100, mode: 'down' },
      twoPersonSettlement: true,
      varianceLimitRupiah: 1000,
      admin: { username: 'lain', name: 'Orang Lain', pin },
    }),
    'center.front': nothing,
    'center.get': nothing,
    'clearing.match': () => ({
      kind: 'debit',
      tenders: [{ sale: shop.cardSale, tender: 1 }],
      feeRupiah: 126,
      memo: 'rekening koran',
    }),
    'clearing.open': () => ({ limit: 5 }),
    'clock.confirm': nothing,
    'command.outcome': () => ({ id: newCommandId() }),
    'count.due': () => ({ limit: 5 }),
    'count.post': () => ({
      lines: [{ product: shop.ownProduct, countedQty: 5000, batch: shop.ownBatch }],
      note: 'hitung rak',
    }),
    'count.request': () => ({ products: [product, shop.countedProduct] }),
    'debt.writeOff': () => ({ vendor: shop.owingVendor, amountRupiah: 1000, memo: 'pindah kota' }),
    'dispute.close': () => ({ dispute: shop.dispute, memo: 'selesai' }),
    'dispute.list': () => ({ vendor: shop.settledVendor, limit: 5 }),
    'dispute.open': () => ({ vendor: shop.settledVendor, sale: shop.heldSale, line: 1, memo: 'belum cocok' }),
    'document.reprint': () => ({ document: shop.cardSale, drawer }),
    'document.reverse': () => ({ document: shop.move, memo: 'salah catat' }),
    'drawer.create': () => ({ code: fresh('D'), name: 'Laci' }),
    'drawer.list': nothing,
    'drawer.state': () => ({ drawer }),
    'fee.charge': () => ({ vendor: shop.runVendor, name: 'Label', amountRupiah: 1500, memo: '30 lembar' }),
    'fee.list': () => ({ vendor: shop.runVendor }),
    'fee.recur': () => ({
      vendor: shop.runVendor,
      name: 'Sewa rak',
      amountRupiah: 5000,
      cycle: { kind: 'two-weekly', anchor: '2026-11-23' },
      from: '2099-01-01',
    }),
    'fee.stop': () => ({ fee: shop.recurringFee, until: '2099-12-31' }),
    'group.create': () => ({ name: fresh('Kelompok ') }),
    'group.list': nothing,
    'hold.release': () => ({ sale: shop.heldSale, memo: 'bukti dari bank' }),
    'import.apply': () => ({ prepared }),
    'import.read': () => ({ blob: SHEET_HASH, vendor }),
    'intake.confirm': () => ({
      vendor,
      lines: [{ product, qty: 1000, expires: '2099-12-31', priceRupiah: 18_000, netPriceRupiah: 15_000 }],
      note: 'pagi',
    }),
    'intake.list': () => ({ limit: 10 }),
    'journal.get': () => ({ seq: shop.move }),
    'journal.list': () => ({ limit: 10, before: 5 }),
    'journal.search': () => ({
      name: 'cash.out',
      actor: 'siti',
      fromDay: '2026-01-01',
      toDay: '2099-12-31',
      number: 'KM-261121-000042',
      outcome: 'ok',
      limit: 5,
      before: 500,
    }),
    'label.print': () => ({ product, batch: 1, copies: 2, drawer }),
    'operator.list': nothing,
    'operator.set': () => ({ name: 'Koperasi', from: '2099-01-01', decree: 'SK 1/2099' }),
    'payout.bankList': () => ({ payouts: [shop.bankPayout], reason: 'unggah ke bank' }),
    'payout.confirm': () => ({ payout: shop.bankPayout }),
    'payout.list': () => ({ run: shop.run, how: 'bank', limit: 5 }),
    'person.reveal': () => ({ vendor: shop.netVendor, field: 'nik', reason: 'diminta penitip' }),
    'pin.set': () => ({ user: shop.goneUser, pin }),
    'price.list': () => ({ product: shop.renamedProduct, limit: 5 }),
    'price.set': () => ({
      product: shop.oversoldProduct,
      priceRupiah: 9_500,
      netPriceRupiah: 8_000,
      costRupiah: 6_000,
    }),
    'print.dismiss': () => ({ ...shop.waitingJob }),
    'print.jobs': nothing,
    'print.preview': () => ({ of: 'document', document: shop.cardSale, drawer }),
    'print.resend': () => ({ ...shop.waitingJob }),
    'print.test': () => ({ drawer }),
    'printer.set': () => ({
      drawer,
      address: { kind: 'tcp', host: '127.0.0.1', port: 9, closesAfterJob: true },
      paperMm: 80,
      profile: 'custom',
      columns: 42,
      answersStatus: false,
      custom: { dots: 512, codePage: 16, cut: false, kickPin: 5, raster: true },
      kick: false,
      fallback: shop.secondDrawer,
    }),
    'product.byCode': () => ({ code: '8991001' }),
    'product.change': () => ({
      product: shop.renamedProduct,
      name: 'Emping manis',
      category: 'Camilan',
      unit: 'bks',
      active: true,
      discountable: true,
    }),
    'product.create': () => ({
      vendor,
      name: 'Abon',
      barcodes: [fresh('899'), fresh('899')],
      category: 'Lauk',
      unit: 'pak',
      priceRupiah: 15_000,
      netPriceRupiah: 12_000,
      costRupiah: 9_000,
      own: true,
    }),
    'product.list': () => ({ vendor, limit: 5, after: 0 }),
    'product.many': () => ({ products: [shop.ownProduct, product] }),
    'product.search': () => ({ text: 'kerupuk', limit: 5 }),
    'promotion.create': () => ({
      name: 'Lebaran',
      from: '2026-01-01',
      to: '2026-12-31',
      rateBps: 1_000,
      bearers: { sharedBps: 5_000, centerBps: 2_500, vendorBps: 2_500 },
      vendor,
      category: 'Kerupuk',
      product,
    }),
    'promotion.end': () => ({ promotion: shop.runningPromotion }),
    'promotion.list': () => ({ limit: 5 }),
    'purchase.confirm': () => ({
      vendor: shop.goodsVendor,
      lines: [{ product: shop.ownProduct, qty: 2000, unitCostRupiah: 100, expires: '2099-12-31' }],
      paid: 'cash',
      drawer: shop.safe,
      note: 'beli putus',
    }),
    'qris.seen': () => ({ ticket: shop.shownTicket, reference: '8899' }),
    'qris.show': () => ({ basket: everyLine(shop), amountRupiah: 20_000, drawer, paper: true }),
    'quick-keys': nothing,
    'quick-keys.set': () => ({ products: [shop.ownProduct, product] }),
    'recovery.issue': nothing,
    'refund.complete': () => ({
      shift,
      sale: shop.refundedSale,
      lines: [{ line: 1, qty: 500, reason: 'resaleable', batch: 1 }],
      memo: 'masih baik',
    }),
    'refund.get': () => ({ refund: shop.refund }),
    'report.liabilities': nothing,
    'report.sales': () => ({
      fromDay: '2026-01-01',
      toDay: '2099-12-31',
      by: 'vendor',
      vendor,
      limit: 5,
    }),
    'return.confirm': () => ({
      vendor: shop.goodsVendor,
      lines: [{ product: shop.ownProduct, qty: 1000, batch: shop.ownBatch, shelf: 'shelf' }],
      note: 'retur',
    }),
    'run.get': () => ({ run: shop.run }),
    'run.list': () => ({ limit: 5 }),
    'run.part': () => ({ run: shop.run, part: 1, vendors: 50 }),
    'run.start': () => ({ kind: 'prepare', cutoffDay: '2026-01-01', group: shop.runGroup }),
    'run.stop': () => ({ run: shop.run }),
    'safe.count': () => countedIn(engine, shop.safe),
    'sale.byNumber': () => ({ number: shop.cardSaleNumber }),
    'sale.complete': () => ({
      shift,
      ...everyLine(shop),
      totalRupiah: 49_000,
      tenders: [
        { kind: 'qris', amountRupiah: 31_000, reference: '8899', ticket: shop.seenTicket },
        { kind: 'cash', amountRupiah: 18_000 },
      ],
    }),
    'sale.discard': () => ({ ticket: shop.heldTicket, memo: 'pembeli pergi' }),
    'sale.get': () => ({ sale: shift + 1 }),
    'sale.hold': () => ({ basket: everyLine(shop), name: 'Bu Rini', drawer, paper: true }),
    'sale.list': () => ({ day: '2026-11-21', shift, limit: 5 }),
    'sale.recall': () => ({ ticket: shop.heldTicket }),
    'sale.void': () => ({ shift, sale: shop.lastSale, memo: 'salah ketik' }),
    'settlement.approve': () => ({
      settlement: shop.settledDraft,
      amountRupiah: 1000,
      overrideMinimum: true,
    }),
    'settlement.cancel': () => ({ settlement: shop.settledDraft, memo: 'belum waktunya' }),
    'settlement.due': () => ({ limit: 5 }),
    'settlement.get': () => ({ settlement: shop.settledDraft }),
    'settlement.list': () => ({ vendor, limit: 5 }),
    'settlement.pay': () => ({
      settlement: shop.approvedSettlement,
      how: 'cash',
      drawer: shop.safe,
      amountRupiah: 1000,
    }),
    'settlement.prepare': () => ({ vendor: shop.netVendor, cutoffDay: today, payableOnly: true }),
    'shift.close': () => ({ shift, ...countedIn(engine, drawer) }),
    'shift.current': nothing,
    'shift.list': () => ({ before: 1_000_000, limit: 5 }),
    'shift.open': () => ({ drawer: shop.secondDrawer, floatRupiah: 0, floatFrom: 'safe' }),
    'shift.report': () => ({ shift }),
    'shift.summary': () => ({ shift }),
    'stock.batches': () => ({ product }),
    'stock.list': () => ({ vendor: shop.goodsVendor, expiresWithinDays: 365, limit: 5, after: 0 }),
    'system.status': nothing,
    'ticket.byCode': () => ({ code: shop.heldCode }),
    'ticket.get': () => ({ ticket: shop.heldTicket }),
    'ticket.list': () => ({ limit: 5 }),
    'unresolved.list': () => ({ limit: 5 }),
    'unresolved.resolve': () => ({ sale: shop.unknownSale, line: 1, product, memo: 'label lepas' }),
    'user.change': () => ({ user: shop.goneUser, role: 'cashier', active: false }),
    'user.create': () => ({ username: fresh('orang'), name: 'Nama Orang', role: 'cashier', pin }),
    'user.list': nothing,
    'vendor.balance': () => ({ vendor: shop.settledVendor }),
    'vendor.change': () => ({
      vendor: shop.netVendor,
      name: 'Dapur Wulan',
      bankCode: '014',
      group: shop.group,
      active: true,
      cycle: { kind: 'two-weekly', anchor: '2026-11-23' },
      person: { ...PERSON },
    }),
    'vendor.create': () => ({ code: fresh('V'), name: 'Dapur', person: { ...PERSON, bankCode: '014' } }),
    'vendor.get': () => ({ vendor: shop.netVendor }),
    'vendor.list': () => ({ limit: 5, after: 0 }),
    'vendor.search': () => ({ text: 'keripik', limit: 5 }),
    'vendor.payIn': () => ({
      vendor: shop.runVendor,
      amountRupiah: 1000,
      how: 'cash',
      drawer: shop.safe,
      memo: 'titip suami',
    }),
    'vendor.statement': () => ({ vendor, fromDay: '2026-01-01', toDay: '2026-12-31' }),
    'writeOff.confirm': () => ({
      reason: 'expired',
      lines: [{ product: shop.ownProduct, qty: 1000, batch: shop.ownBatch, shelf: 'shelf', vendorBps: 5000 }],
      note: 'lewat tanggal',
    }),
  };
}
