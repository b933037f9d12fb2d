import type { Language } from './calendar.ts';
import type { CashDirection, CashKind } from './cash-slip.ts';
import type { CashMove } from './shift-figures.ts';
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
  readonly refundTitle: string;
  readonly voidTitle: string;
  readonly ofReceipt: string;
  readonly refundTotal: string;
  readonly cashBack: string;
  readonly owed: string;
  readonly buyer: string;
  readonly memo: string;
  readonly cashTitles: { readonly [direction in CashDirection]: string };
  readonly cashKinds: { readonly [kind in CashKind]: string };
  readonly cashFrom: string;
  readonly cashTo: string;
  readonly giver: string;
  readonly taker: string;
  readonly qrisTitle: string;
  readonly bill: string;
  readonly payTo: string;
  readonly notProof: string;
  readonly qrisOnScreen: string;
  readonly ticketTitle: string;
  readonly ticketName: string;
  readonly ticketHint: string;
  readonly expires: string;
  readonly reportTitle: string;
  readonly reportHint: string;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly shiftOpened: string;
  readonly shiftTitle: string;
  readonly drawer: string;
  readonly float: string;
  readonly sales: string;
  readonly refunds: string;
  readonly denominations: string;
  readonly cashMoves: { readonly [move in CashMove]: string };
  readonly expectedCash: string;
  readonly countedCash: string;
  readonly difference: string;
  readonly testPage: string;
  readonly printer: string;
  readonly columns: string;
  readonly dots: string;
  readonly testPageHint: string;
  readonly testCodesHint: string;
  readonly noCodesHint: string;
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
    refundTitle: 'RETUR PENJUALAN',
    voidTitle: 'PEMBATALAN NOTA',
    ofReceipt: 'Nota asal',
    refundTotal: 'TOTAL RETUR',
    cashBack: 'Dikembalikan tunai',
    owed: 'Masih harus dibayar',
    buyer: 'Pembeli',
    memo: 'Catatan',
    cashTitles: { in: 'KAS MASUK', out: 'KAS KELUAR', drop: 'SETORAN KE BRANKAS' },
    cashKinds: {
      'other-income': 'Pendapatan lain',
      bank: 'Bank',
      opening: 'Modal pemilik',
      expense: 'Biaya',
      safe: 'Brankas',
    },
    cashFrom: 'Dari',
    cashTo: 'Untuk',
    giver: 'Penyetor',
    taker: 'Penerima',
    qrisTitle: 'BAYAR DENGAN QRIS',
    bill: 'No. tagihan',
    payTo: 'Kepada',
    notProof: 'BUKAN BUKTI BAYAR',
    qrisOnScreen: 'Pindai kode QRIS di layar kasir.',
    ticketTitle: 'BELANJAAN DITAHAN',
    ticketName: 'Atas nama',
    ticketHint: 'Tunjukkan kertas ini di kasir. Belum dibayar.',
    expires: 'Exp.',
    reportTitle: 'LAPORAN SEMENTARA (X)',
    reportHint: 'Sif masih buka, angka masih bisa berubah.',
    askedBy: 'Diminta oleh',
    approvedBy: 'Disetujui oleh',
    shiftOpened: 'Sif dibuka',
    shiftTitle: 'LAPORAN TUTUP KASIR',
    drawer: 'Laci',
    float: 'Kas awal',
    sales: 'Penjualan',
    refunds: 'Retur',
    denominations: 'Rincian uang',
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
    dots: 'Titik',
    testPageHint: 'Baris angka harus pas selebar kertas dan tidak turun ke baris berikutnya.',
    testCodesHint: 'Kedua kode harus utuh, di tengah, dan terbaca pemindai.',
    noCodesHint: 'Printer ini diatur tanpa gambar kode.',
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
    refundTitle: 'REFUND',
    voidTitle: 'SALE TAKEN BACK',
    ofReceipt: 'Of receipt',
    refundTotal: 'REFUND TOTAL',
    cashBack: 'Paid back in cash',
    owed: 'Still to be paid',
    buyer: 'Buyer',
    memo: 'Note',
    cashTitles: { in: 'CASH IN', out: 'CASH OUT', drop: 'DROP TO THE SAFE' },
    cashKinds: {
      'other-income': 'Other income',
      bank: 'Bank',
      opening: "Owner's money",
      expense: 'Expense',
      safe: 'Safe',
    },
    cashFrom: 'From',
    cashTo: 'For',
    giver: 'Given by',
    taker: 'Received by',
    qrisTitle: 'PAY BY QRIS',
    bill: 'Bill no.',
    payTo: 'To',
    notProof: 'NOT A PROOF OF PAYMENT',
    qrisOnScreen: 'Scan the QRIS code on the till screen.',
    ticketTitle: 'HELD SALE',
    ticketName: 'Name',
    ticketHint: 'Show this paper at the till. Not paid yet.',
    expires: 'Exp.',
    reportTitle: 'INTERIM REPORT (X)',
    reportHint: 'The shift is still open, figures may still change.',
    askedBy: 'Asked for by',
    approvedBy: 'Approved by',
    shiftOpened: 'Shift opened',
    shiftTitle: 'DRAWER CLOSING REPORT',
    drawer: 'Drawer',
    float: 'Opening float',
    sales: 'Sales',
    refunds: 'Refunds',
    denominations: 'Notes and coins',
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
    dots: 'Dots',
    testPageHint: 'The line of digits must fill the paper exactly and not run on to the next line.',
    testCodesHint: 'Both codes must be whole, centered, and read by a scanner.',
    noCodesHint: 'This printer is set up without pictures of codes.',
  },
};
