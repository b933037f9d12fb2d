/** What a center does before its first sale: first start, people, vendors, goods. And what it does at the end. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { handOver, until, writeReadable } from '../support/electron-runtime.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { CODES, PINS, SHEET, SRI } from './figures.ts';
import type { Person } from './keyboard.ts';

/** The first start: wizard, recovery code, printer, people. Ends as the administrator, in front of no vendors. */
export async function setUp(person: Person, printer: FakePrinter): Promise<{ recoveryCode: string }> {
  const { press, fill, tabTo } = person;
  await person.sees('Pusat dan administrator pertama');
  await person.isAt('Nama pusat');
  await person.shoot('01-wizard-center');
  await fill({
    'Nama pusat': 'Rest Area Tongas',
    Alamat: 'Jalan Raya Pantura 88',
    'Nama masuk': 'ratna',
    'Nama lengkap': 'Ratna Kusumawardani',
    PIN: PINS.ratna,
    'PIN sekali lagi': PINS.ratna,
  });
  await press('Enter');
  const recoveryCode = await person.read('recovery-code');
  expect(recoveryCode.length).toBeGreaterThan(20);
  await person.shoot('02-wizard-recovery');
  await person.isAt('Sudah saya catat');
  await press('Enter');
  await setPrinter(person, printer);
  await addPerson(person, 'siti', 'Siti Aminah', PINS.siti);
  await addPerson(person, 'bagus', 'Bagus Prasetyo', PINS.bagus);
  await person.shoot('04-wizard-people');
  await tabTo('Selesai, mulai bekerja');
  await press('Enter');
  await person.sees('Belum ada penitip');
  await person.shoot('05-vendors-empty');
  return { recoveryCode };
}

async function setPrinter(person: Person, printer: FakePrinter): Promise<void> {
  await person.sees('Printer struk');
  await person.isAt('Alamat printer');
  await person.fill({ 'Alamat printer': '127.0.0.1', Port: String(printer.port) });
  await person.press('Enter');
  await person.sees(/Halaman uji terkirim|Printer tidak memberi jawaban/);
  await person.shoot('03-wizard-printer');
  const [testPage] = printer.received();
  expect(readPaper(testPage ?? Buffer.alloc(0)).lines.length).toBeGreaterThan(3);
  await person.tabTo('Lanjut');
  await person.press('Enter');
}

async function addPerson(person: Person, username: string, name: string, pin: string): Promise<void> {
  await person.sees('Siapa saja yang bekerja di sini?');
  await person.isAt('Nama masuk');
  await person.fill({ 'Nama masuk': username, 'Nama lengkap': name, PIN: pin, 'PIN sekali lagi': pin });
  await person.press('Enter');
  await person.page.getByRole('listitem').filter({ hasText: username }).first().waitFor();
}

export async function signIn(person: Person, username: keyof typeof PINS): Promise<void> {
  await person.sees('Siapa yang bekerja?');
  const chosen = person.page.getByRole('button', { name: username, pressed: true });
  await until(`${username} is chosen`, async () => {
    if (await chosen.isVisible()) return true;
    await person.press(username.charAt(0));
    return false;
  });
  await person.isAt(`PIN ${username}`);
  await person.shoot(`06-sign-in-${username}`);
  await person.type(PINS[username]);
  await person.press('Enter');
  await person.page.getByRole('navigation').waitFor();
}

export async function signOut(person: Person): Promise<void> {
  await person.press('Alt+0');
  await person.sees('Siapa yang bekerja?');
}

/** Two vendors: one on a percentage with everything personal typed in, one on a price per piece. */
export async function addVendors(person: Person): Promise<void> {
  const { press, fill, tabTo } = person;
  await person.sees('Belum ada penitip');
  await press('F4');
  await person.isAt('Kode');
  await fill({ Kode: 'BU-01', Nama: 'Keripik Bu Sri', Potongan: '30' });
  await tabTo('Tambah orang yang dihubungi');
  await press('Enter');
  await person.isAt('Nama');
  // Its first field, the person's name, has the focus and bears the same label as the vendor's.
  await person.type(SRI.name);
  await press('Tab');
  await fill({
    Telepon: SRI.phone,
    NIK: SRI.nik,
    'Kode bank': SRI.bankCode,
    'Nomor rekening': SRI.bankAccount,
    'Atas nama': SRI.name,
  });
  await person.shoot('07-vendor-form');
  await press('Enter');
  await person.sees('BU-01 · Keripik Bu Sri');
  await person.shoot('08-vendor-page');

  await press('Alt+4');
  await person.isAt('Saring nama atau kode');
  await press('F4');
  await person.isAt('Kode');
  await fill({ Kode: 'DW-02', Nama: 'Dapur Wulan' });
  await tabTo('Potongan persen');
  await press('ArrowRight');
  await tabTo('Simpan penitip');
  await press('Enter');
  await person.sees('DW-02 · Dapur Wulan');
}

/** A spreadsheet with one bad row: the row is named with its trouble, the others become products. */
export async function importProducts(person: Person, folder: string): Promise<void> {
  const file = join(folder, 'daftar-barang.csv');
  writeReadable(file, SHEET);
  handOver(file);
  await person.press('Alt+5');
  await person.isAt('Cari nama, penitip, kode');
  await person.press('F4');
  await person.sees('Impor produk dari lembar kerja');
  await person.isAt('Pilih berkas CSV');
  const chooser = person.page.waitForEvent('filechooser');
  await person.press('Enter');
  await (await chooser).setFiles(file);
  const preview = await person.read('import-preview');
  expect(preview).toMatch(/Baris\s+4\s+Siap\s+3\s+Bermasalah\s+1/i);
  expect(preview).toMatch(/5\s+Harga\s+belum tahu\s+Ini bukan jumlah rupiah/);
  await person.shoot('09-import');
  await person.press('F8');
  await person.sees('3 produk baru');
  for (const name of ['Keripik usus', 'Terasi udang', 'Sambal cumi']) await person.sees(name);
  await person.shoot('10-products');
}

/** Two deliveries, the first with dates of expiry as they stand on the packages. */
export async function takeIn(person: Person): Promise<void> {
  await person.press('Alt+6');
  await chooseVendor(person, 'BU-01');
  await intakeLine(person, CODES.usus, '20', '31122099');
  await intakeLine(person, CODES.terasi, '10', '15-06-2099');
  await person.shoot('11-intake');
  await person.press('F8');
  await person.sees(/diterima: 30 barang/);
  await chooseVendor(person, 'DW-02');
  await intakeLine(person, CODES.sambal, '6', '');
  await person.press('F8');
  await person.sees(/diterima: 6 barang/);
}

async function chooseVendor(person: Person, code: string): Promise<void> {
  await person.sees('Terima titipan');
  await person.isAt('Penitip');
  await person.type(code);
  await person.page.getByRole('option', { name: code }).waitFor();
  await person.press('Enter');
  await person.isAt('Barang');
}

async function intakeLine(person: Person, code: string, quantity: string, expires: string): Promise<void> {
  const lines = await person.page.getByLabel(/^Jumlah /).count();
  await person.scan(code);
  await until('the line is there', async () => (await person.page.getByLabel(/^Jumlah /).count()) > lines);
  // By hand: a page that listens for scans takes what comes faster for one.
  await person.typeByHand(quantity);
  await person.press('Enter');
  await person.typeByHand(expires);
  await person.press('Enter');
}
