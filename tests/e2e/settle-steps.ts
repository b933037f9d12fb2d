/** The vendor's money: prepared, approved by a second person, paid; and the books put away safely. */
import { expect } from 'vitest';
import { PINS } from './figures.ts';
import type { Person } from './keyboard.ts';

/** Prepared by the manager, approved in place by the administrator, paid in cash. */
export async function settle(person: Person): Promise<void> {
  await person.sees('Siapa dapat berapa');
  await person.shoot('19-vendors');
  await person.isAt('Saring nama atau kode');
  await person.type('BU-01');
  await person.press('Enter');
  await person.sees('Saldo sekarang');
  await person.shoot('20-vendor-book');
  await person.press('F8');
  expect(await person.read('vendor-receives')).toBe('Rp45.500');
  expect(await person.read('settlement-state')).toBe('Menunggu persetujuan');
  await person.shoot('21-settlement');
  await person.press('F8');
  await person.sees('Yang menyetujui');
  expect(await person.page.getByRole('option', { selected: true }).innerText()).toContain('ratna');
  await person.isAt('PIN penyetuju');
  await person.type(PINS.ratna);
  await person.shoot('22-approval');
  await person.press('Enter');
  await person.sees('Disetujui, belum dibayar');
  await person.press('F8');
  await person.sees('Sudah dibayar');
  expect(await person.read('vendor-receives')).toBe('Rp45.500');
  expect(await person.read('payout-number')).not.toBe('');
  await person.shoot('23-paid');
  await person.press('Alt+4');
  await expectBalance(person, 'BU-01', 'Rp0');
  await expectBalance(person, 'DW-02', 'Rp24.000');
}

async function expectBalance(person: Person, code: string, balance: string): Promise<void> {
  const row = person.page.getByRole('row').filter({ hasText: code });
  await row.getByRole('cell').last().filter({ hasText: balance }).waitFor();
  expect(await row.getByRole('cell').last().innerText()).toBe(balance);
}

/** A backup by the button that everybody has. Gives the folder it says it wrote. */
export async function takeBackup(person: Person): Promise<string> {
  await person.press('Alt+9');
  await person.tabTo('Cadangkan sekarang');
  await person.press('Enter');
  const said = await person.read(person.page.getByText('Selesai dan sudah diperiksa'));
  await person.shoot('24-settings');
  return said.slice(said.indexOf(': ') + 2);
}
