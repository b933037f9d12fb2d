import type { Language } from './calendar.ts';
import type { CashMove } from './shift-slip.ts';
import type { StatementSectionName } from './statement.ts';
import type { TenderKind } from './tender.ts';

/** The words that stand on paper beside the figures, in one language. ASCII only. */
export interface PaperWords {
  readonly copy: string;
  readonly number: string;
  readonly date: string;
  readonly cashier: string;
  readonly phone: string;
  readonly operator: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly saleDiscount: string;
  readonly total: string;
  readonly rounding: string;
  readonly tenders: { readonly [kind in TenderKind]: string };
  readonly reference: string;
  readonly change: string;
  readonly payoutTitle: string;
  readonly vendor: string;
  readonly upTo: string;
  readonly opening: string;
  readonly sections: { readonly [section in StatementSectionName]: string };
  readonly closing: string;
  readonly paid: string;
  readonly carried: string;
  readonly inWords: string;
  readonly stampDuty: string;
  readonly center: string;
  readonly shiftTitle: string;
  readonly drawer: string;
  readonly float: string;
  readonly sales: string;
  readonly cashMoves: { readonly [move in CashMove]: string };
  readonly expectedCash: string;
  readonly countedCash: string;
  readonly difference: string;
  readonly testPage: string;
  readonly printer: string;
  readonly columns: string;
  readonly testPageHint: string;
}

export const PAPER_WORDS: { readonly [language in Language]: PaperWords } = {
  id: {
    copy: 'SALINAN',
    number: 'No.',
    date: 'Tanggal',
    cashier: 'Kasir',
    phone: 'Telp.',
    operator: 'Pengelola',
    subtotal: 'Subtotal',
    discount: 'Diskon',
    saleDiscount: 'Diskon transaksi',
    total: 'TOTAL',
    rounding: 'Pembulatan',
    tenders: { cash: 'Tunai', qris: 'QRIS', debit: 'Kartu debit', transfer: 'Transfer' },
    reference: 'Ref.',
    change: 'Kembalian',
    payoutTitle: 'KWITANSI PEMBAYARAN PENITIP',
    vendor: 'Penitip',
    upTo: 'Sampai dengan',
    opening: 'Saldo awal',
    sections: {
      shares: 'Hak penitip',
      reversals: 'Retur penjualan',
      fees: 'Biaya',
      adjustments: 'Penyesuaian',
      payouts: 'Sudah dibayar',
    },
    closing: 'Saldo',
    paid: 'DIBAYAR',
    carried: 'Sisa, terbawa ke periode berikut',
    inWords: 'Terbilang',
    stampDuty: 'METERAI',
    center: 'Pusat',
    shiftTitle: 'LAPORAN TUTUP KASIR',
    drawer: 'Laci',
    float: 'Kas awal',
    sales: 'Penjualan',
    cashMoves: {
      sales: 'Penjualan tunai',
      refunds: 'Retur tunai',
      in: 'Kas masuk',
      out: 'Kas keluar',
      drops: 'Setoran ke brankas',
      payouts: 'Bayar penitip',
      purchases: 'Beli putus',
      buyers: 'Utang ke pembeli',
      vendors: 'Dari penitip',
    },
    expectedCash: 'Kas seharusnya',
    countedCash: 'Kas dihitung',
    difference: 'SELISIH',
    testPage: 'HALAMAN UJI CETAK',
    printer: 'Printer',
    columns: 'Kolom',
    testPageHint: 'Baris angka harus pas selebar kertas dan tidak turun ke baris berikutnya.',
  },
  en: {
    copy: 'COPY',
    number: 'No.',
    date: 'Date',
    cashier: 'Cashier',
    phone: 'Phone',
    operator: 'Operator',
    subtotal: 'Subtotal',
    discount: 'Discount',
    saleDiscount: 'Sale discount',
    total: 'TOTAL',
    rounding: 'Rounding',
    tenders: { cash: 'Cash', qris: 'QRIS', debit: 'Debit card', transfer: 'Transfer' },
    reference: 'Ref.',
    change: 'Change',
    payoutTitle: 'VENDOR PAYOUT RECEIPT',
    vendor: 'Vendor',
    upTo: 'Up to',
    opening: 'Opening balance',
    sections: {
      shares: 'Vendor shares',
      reversals: 'Refunds',
      fees: 'Fees',
      adjustments: 'Adjustments',
      payouts: 'Paid before',
    },
    closing: 'Balance',
    paid: 'PAID',
    carried: 'Rest, carried to the next period',
    inWords: 'In words',
    stampDuty: 'STAMP DUTY',
    center: 'Center',
    shiftTitle: 'DRAWER CLOSING REPORT',
    drawer: 'Drawer',
    float: 'Opening float',
    sales: 'Sales',
    cashMoves: {
      sales: 'Cash sales',
      refunds: 'Cash refunds',
      in: 'Cash in',
      out: 'Cash out',
      drops: 'Drops to the safe',
      payouts: 'Vendor payouts',
      purchases: 'Goods bought',
      buyers: 'Owed to buyers',
      vendors: 'From vendors',
    },
    expectedCash: 'Expected cash',
    countedCash: 'Counted cash',
    difference: 'DIFFERENCE',
    testPage: 'PRINTER TEST PAGE',
    printer: 'Printer',
    columns: 'Columns',
    testPageHint: 'The line of digits must fill the paper exactly and not run on to the next line.',
  },
};
