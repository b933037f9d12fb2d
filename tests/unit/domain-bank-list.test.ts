/** Proves that a bank list keeps every digit and that no name in it is a formula, read back by a CSV reader of others. */
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { bankListCsv, bareAccount } from '../../shared/domain/bank-list.ts';
import { rupiah } from '../../shared/domain/money.ts';

it.each([
  ['=1+1', `'=1+1`],
  ['+62', `'+62`],
  ['-5', `'-5`],
  ['@SUM(A1)', `'@SUM(A1)`],
  [' =1+1', `' =1+1`],
  ['\t=1', `'\t=1`],
  ['＝1', `'＝1`],
  ["O'Neil, 'Bu' \"Sri\"", "O'Neil, 'Bu' \"Sri\""],
  ['Bu Rini = enak', 'Bu Rini = enak'],
  ['', ''],
])('writes the name %j so that a spreadsheet shows it as text', (name, shown) => {
  const row = { bankCode: '002', account: '007', name, amount: rupiah(1_000_000), reference: 'BP-1' };
  const csv = bankListCsv([row]);
  expect((parse(csv) as string[][])[1]).toEqual(['002', '007', shown, '1000000', 'BP-1']);
});

it.each([
  ['0012 3456.789-0', '001234567890'],
  ['００１２', '0012'],
  [' 12\u00a03–4/5 ', '12345'],
  ['-', ''],
])('takes the account %j as %j', (typed, bare) => {
  expect(bareAccount(typed)).toBe(bare);
});
