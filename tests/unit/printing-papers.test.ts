/**
 * Proves that papers are made of what was committed: every document of a shop that has lived through everything is
 * laid out, encoded and read back at every usual width; a document printed later keeps the names, prices and operator
 * of its day; the drawer opens only for cash of its own; and the picture of a paper is of the very bytes that arrive
 * at the printer.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encode } from '../../main/engine/printing/escpos.ts';
import type { PrintMaterial } from '../../main/engine/printing/material.ts';
import { copyMaterial, materialOf } from '../../main/engine/printing/material-of.ts';
import { previewOf } from '../../main/engine/printing/preview.ts';
import { centerChange, operatorSet } from '../../shared/contract/center.ts';
import { documentReprint, labelPrint, type PaperKind, paperKinds } from '../../shared/contract/printing.ts';
import { priceSet, productChange } from '../../shared/contract/product.ts';
import { refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import { qrisSeen, qrisShow, saleComplete, saleHold } from '../../shared/contract/sale.ts';
import { cashOut, shiftReport } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine, openFullShop } from '../support/full-shop.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { readPaper } from '../support/paper.ts';
import { picturesOf, readCode } from '../support/paper-codes.ts';
import { printerAt } from '../support/paper-wishes.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { accepted, withYes } from '../support/till.ts';

/** Where each paper's documents are, by the number that a command answered for them. */
const documentsOf: Readonly<Record<PaperKind, string>> = {
  receipt: 'SELECT seq FROM sale',
  'refund-slip': 'SELECT seq FROM refund',
  'cash-slip': 'SELECT seq FROM cash_move',
  'qris-slip': "SELECT seq FROM ticket WHERE kind = 'qris'",
  'ticket-slip': "SELECT seq FROM ticket WHERE kind = 'held'",
  'shift-report': 'SELECT seq FROM shift_report',
  'shift-slip': 'SELECT seq FROM shift_close',
  'payout-slip': 'SELECT id FROM payout',
  label: 'SELECT seq FROM label_print',
};

function printed({ lines, profile }: PrintMaterial) {
  const paper = readPaper(encode(lines, profile, { kick: false, cut: true }));
  return {
    lines: paper.lines,
    text: paper.lines.map(({ text }) => text.trim().replace(/ {2,}/g, '  ')),
    codes: picturesOf(paper).map((picture) => readCode(picture, profile.dots)?.text),
  };
}

let engine: TestEngine;
afterEach(() => engine.stop());

describe.each([
  [32, 58],
  [42, 80],
  [48, 80],
] as const)(
  'every document of a shop that has lived through everything, at %d columns',
  (columns, paperMm) => {
    it('has its paper, whole and marked as a copy', { timeout: 60_000 }, async () => {
      engine = await startEngine();
      const shop = await openFullShop(engine);
      await printerAt(engine, shop, { paperMm, columns, profile: 'epson' });
      const { sql, books } = engine.engine;
      for (const kind of paperKinds) {
        const documents = books.prepare(documentsOf[kind]).pluck().all() as number[];
        expect(documents.length, kind).toBeGreaterThan(0);
        for (const document of documents) {
          const material = copyMaterial(sql, kind, document, shop.drawer);
          if (!material) throw new Error(`no paper of ${kind} ${document}`);
          expect(material).toMatchObject({ kick: false, profile: { columns } });
          const { lines, text } = printed(material);
          for (const line of lines)
            expect(line.text.length * (line.wide ? 2 : 1)).toBeLessThanOrEqual(columns);
          expect(text.includes('*** SALINAN ***')).toBe(
            !['label', 'qris-slip', 'ticket-slip'].includes(kind),
          );
        }
      }
    });
  },
);

describe('a document of today', () => {
  let shop: Shop;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 21, 3, 5);
    engine = await startEngine({ now: () => now });
    shop = await openShop(engine);
    // The device has to be there: a printer that is switched off must not become an ordinary file.
    writeFileSync(`${engine.dir}/paper.prn`, '');
    await printerAt(engine, shop);
    await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
  });

  const sell = (pieces = 1) =>
    shop.cashier.must(saleComplete, oneLine(shop.shift, shop.product, pieces, 18_000));
  function wishOf(seq: number): PrintMaterial {
    const material = materialOf(engine.engine.sql, seq, 0, shop.drawer);
    if (!material) throw new Error(`no wish of ${seq}`);
    return material;
  }
  const copyOf = (kind: PaperKind, document: number) => {
    const material = copyMaterial(engine.engine.sql, kind, document, shop.drawer);
    if (!material) throw new Error(`no paper of ${kind} ${document}`);
    return printed(material);
  };
  /** Another day: other names, another price, another operator. */
  async function anotherDay() {
    now += 2 * 86_400_000;
    await signIn(shop.manager, 'budi', PINS.manager);
    await signIn(shop.admin, 'ratna', PINS.admin);
    await shop.manager.must(productChange, { product: shop.product, name: 'Nama lain', unit: 'bks' });
    await shop.manager.must(priceSet, { product: shop.product, priceRupiah: 99_000 });
    await shop.admin.must(operatorSet, { name: 'Pengelola lain' });
  }

  it('keeps on its copies what it said on its day', async () => {
    const { cashier, manager, shift, drawer, product } = shop;
    const { sale, number } = await sell(3);
    const back = { line: 1, qty: 1000, reason: 'resaleable' as const };
    const { refund } = await cashier.must(refundComplete, { shift, sale, lines: [back], memo: 'Bocor' });
    const basket = { lines: [{ product, qty: 2000, priceRupiah: 18_000 }] };
    const { ticket, code } = await cashier.must(saleHold, { basket, name: 'Bus 7', drawer, paper: true });
    const { labels, barcode } = await manager.must(labelPrint, { product, copies: 2, drawer });
    const documents = [
      ['receipt', sale],
      ['refund-slip', refund],
      ['ticket-slip', ticket],
      ['label', labels],
    ] as const;
    const before = documents.map(([kind, document]) => copyOf(kind, document));
    await anotherDay();
    expect(documents.map(([kind, document]) => copyOf(kind, document))).toEqual(before);

    const [, ofRefund, ofTicket, ofLabel] = before;
    expect(ofRefund?.text).toEqual(
      expect.arrayContaining([`Nota asal: ${number}`, 'Kerupuk ikan 250 g', '1  18.000']),
    );
    expect(ofRefund?.text).toEqual(expect.arrayContaining(['TOTAL RETUR  Rp18.000', 'Catatan: Bocor']));
    expect(ofTicket?.text).toEqual(expect.arrayContaining(['Atas nama: Bus 7', '2 x 18.000  36.000']));
    expect(ofTicket?.codes).toEqual([code]);
    expect(ofLabel?.text.filter((text) => text === 'Rp18.000')).toHaveLength(2);
    expect(ofLabel?.codes).toEqual([barcode, barcode]);
    // What is printed from now on says what is so now.
    const after = await manager.must(labelPrint, { product, copies: 1, drawer });
    expect(printed(wishOf(after.labels)).text).toEqual(expect.arrayContaining(['Nama lain', 'Rp99.000/bks']));
  });

  it('is a copy, and opens no drawer, only where a command of its own prints it once more', async () => {
    const { sale } = await sell();
    expect(wishOf(sale).kick).toBe(true);
    expect(printed(wishOf(sale)).text).not.toContain('*** SALINAN ***');
    await shop.cashier.must(documentReprint, { document: sale, drawer: shop.drawer });
    const copy = wishOf(engine.engine.journal.head().seq);
    expect(copy.kick).toBe(false);
    expect(printed(copy)).toEqual(copyOf('receipt', sale));
    expect(printed(copy).text).toContain('*** SALINAN ***');
  });

  it('opens the drawer for cash that goes out or back, and for nothing else', async () => {
    const { cashier, manager, shift, drawer, product } = shop;
    const paidOut = { shift, amountRupiah: 5_000, kind: 'expense' as const, memo: 'Parkir' };
    const { move } = await cashier.must(cashOut, paidOut);
    expect(wishOf(move).kick).toBe(true);
    const { sale } = await sell();
    const taken = await cashier.must(saleVoid, { shift, sale });
    expect(wishOf(taken.refund)).toMatchObject({ kick: true, kind: 'receipt' });

    const basket = { lines: [{ product, qty: 1000, priceRupiah: 18_000 }] };
    const shown = await cashier.must(qrisShow, { basket, amountRupiah: 18_000, drawer, paper: true });
    expect(wishOf(shown.ticket).kick).toBe(false);
    expect(printed(wishOf(shown.ticket)).codes).toEqual([shown.payload]);
    await cashier.must(qrisSeen, { ticket: shown.ticket, reference: '8899' });
    const tenders = [{ kind: 'qris' as const, amountRupiah: 18_000, ticket: shown.ticket }];
    const paid = await cashier.must(saleComplete, { ...oneLine(shift, product, 1, 18_000), tenders });
    expect(wishOf(paid.sale).kick).toBe(false);
    const owed = await cashier.must(saleVoid, { shift, sale: paid.sale });
    expect(wishOf(owed.refund).kick).toBe(false);
    expect(printed(wishOf(owed.refund)).text).toEqual(
      expect.arrayContaining(['Masih harus dibayar', '(QRIS)  Rp18.000']),
    );
    const { labels } = await manager.must(labelPrint, { product, copies: 1, drawer });
    expect(wishOf(labels)).toMatchObject({ kick: false, kind: 'label' });
  });

  it('keeps the figures of an X report while the shift goes on', async () => {
    await sell(2);
    const { report } = accepted(await withYes(shop, shiftReport, { shift: shop.shift }));
    const before = printed(wishOf(report)).text;
    expect(before).toEqual(expect.arrayContaining(['Penjualan (1)  Rp36.000', 'Kas seharusnya  Rp236.000']));
    expect(before).toEqual(expect.arrayContaining(['Diminta oleh: siti', 'Disetujui oleh: budi']));
    await sell(1);
    expect(printed(wishOf(report)).text).toEqual(before);
  });

  describe('as a picture', () => {
    const bytesAtPrinter = () => readFileSync(`${engine.dir}/paper.prn`);
    async function untilPrinted(seq: number) {
      const state = 'SELECT state FROM print_job WHERE wish_seq = ?';
      await expect.poll(() => engine.engine.sql.value(state, seq), { timeout: 10_000 }).toBe('sent');
    }

    it('is of the very bytes that arrive at the printer', async () => {
      await printerAt(engine, shop, { kick: false });
      const { sale } = await sell();
      await untilPrinted(sale);
      const job = previewOf(engine.engine.sql, { of: 'job', seq: sale, n: 0 }, now);
      expect(job).toEqual({ bytes: bytesAtPrinter(), columns: 32, dots: 384, kind: 'receipt' });

      writeFileSync(`${engine.dir}/paper.prn`, '');
      const copy = previewOf(engine.engine.sql, { of: 'document', document: sale, drawer: shop.drawer }, now);
      await shop.cashier.must(documentReprint, { document: sale, drawer: shop.drawer });
      await untilPrinted(engine.engine.journal.head().seq);
      expect(copy).toEqual({ bytes: bytesAtPrinter(), columns: 32, dots: 384, kind: 'receipt' });
    });

    it('shows a test page, and says why there is no picture', async () => {
      const { sql } = engine.engine;
      const page = previewOf(sql, { of: 'test-page', drawer: shop.drawer }, now);
      expect(page).toMatchObject({ columns: 32, dots: 384, kind: 'test-page' });
      const { sale } = await sell();
      const none = shop.safe;
      expect(previewOf(sql, { of: 'test-page', drawer: none }, now)).toBe('no-printer');
      expect(previewOf(sql, { of: 'document', document: sale, drawer: none }, now)).toBe('no-printer');
      expect(previewOf(sql, { of: 'document', document: 1, drawer: shop.drawer }, now)).toBe(
        'document-unknown',
      );
      expect(previewOf(sql, { of: 'job', seq: sale, n: 1 }, now)).toBe('job-unknown');
    });
  });
});
