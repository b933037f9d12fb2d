/**
 * Proves that a vendor's own spreadsheet becomes products: Indonesian and English headers, amounts as people write
 * them, and for each thing that can be wrong with a cell whether it fails the row or only warns.
 */
import { describe, expect, test } from 'vitest';
import { type Cell, mapHeaders, readProductRow } from '../../shared/domain/product-sheet.ts';

const INDONESIAN = ['Kode', 'Nama', 'Penitip', 'Harga Jual', 'Harga Titip', 'Kategori', 'Satuan'];

const read = (cells: Cell[], defaultVendor?: string) =>
  readProductRow(cells, mapHeaders(INDONESIAN), 2, defaultVendor);

function problemNames(cells: Cell[]): string[] {
  const result = read(cells);
  return result.kind === 'failed' ? result.problems.map(({ name }) => name) : [`not failed: ${result.kind}`];
}

function warningNames(cells: Cell[]): string[] {
  const result = read(cells);
  return result.kind === 'product' ? result.warnings.map(({ name }) => name) : [`no product: ${result.kind}`];
}

describe('headers', () => {
  const everyField = { code: 0, name: 1, vendor: 2, price: 3, netPrice: 4, category: 5, unit: 6 };

  test.each([
    [INDONESIAN],
    [['barcode', 'NAME', 'vendor code', 'price', 'net price', 'category', 'unit']],
    [['SKU', ' nama  produk ', 'Kode_Penitip', 'harga', 'harga-titip', 'KATEGORI', 'satuan']],
    [['kode barang', 'Nama Barang', 'UMKM', 'Harga Jual (Rp)', 'Harga Titip (Rp)', 'jenis', 'uom']],
  ])('%j are all known', (headers) => {
    expect(mapHeaders(headers)).toMatchObject({ columns: everyField, unused: [], missing: [] });
  });

  test('the surer of two columns for the same thing wins, the other is named as unused', () => {
    const mapping = mapHeaders(['Kode', 'Barcode', 'Nama', 'Penitip', 'Harga', 'Harga Jual', 'Catatan', '']);
    expect(mapping.columns).toEqual({ code: 1, name: 2, vendor: 3, price: 5 });
    expect(mapping.unused).toEqual([0, 4, 6]);
  });

  test('says what no product can do without', () => {
    expect(mapHeaders(['kategori']).missing).toEqual(['name', 'vendor', 'price']);
    expect(mapHeaders([]).missing).toEqual(['name', 'vendor', 'price']);
  });
});

describe('a row', () => {
  test('becomes a product, leading zeros and all', () => {
    expect(read(['0012345', 'Keripik Tempe', 'P001', 'Rp 18.000', '15rb', 'Makanan', 'bks'])).toEqual({
      kind: 'product',
      product: {
        code: '0012345',
        name: 'Keripik Tempe',
        vendor: 'P001',
        price: 18_000,
        netPrice: 15_000,
        category: 'Makanan',
        unit: 'bks',
      },
      warnings: [],
    });
  });

  test('needs only name, vendor and price; numbers may be numbers', () => {
    expect(read([8991234567890, 'Kue\nPia ', 'P001', 18_000])).toMatchObject({
      kind: 'product',
      product: { code: '8991234567890', name: 'Kue Pia', price: 18_000, unit: 'pcs' },
      warnings: [],
    });
    expect(read([null, 'Kue', '', '1.500', undefined], 'P009')).toMatchObject({
      product: { code: undefined, vendor: 'P009', price: 1500, netPrice: undefined, category: undefined },
    });
  });

  test('with nothing in it is blank', () => {
    expect(read(['', null, '  ', undefined])).toEqual({ kind: 'blank' });
    expect(read([])).toEqual({ kind: 'blank' });
  });

  test.each<[string, Cell[], string[]]>([
    ['no name', ['1', '', 'P1', '1000'], ['name-missing']],
    ['a name too long', ['1', 'x'.repeat(81), 'P1', '1000'], ['name-too-long']],
    ['no vendor', ['1', 'Kue', '', '1000'], ['vendor-missing']],
    ['a vendor that is no code', ['1', 'Kue', 'Bu Ani!', '1000'], ['vendor-not-a-code']],
    ['no price', ['1', 'Kue', 'P1', ''], ['amount-missing']],
    ['a price that can be read two ways', ['1', 'Kue', 'P1', '1,500'], ['not-an-amount']],
    ['a price with a fraction', ['1', 'Kue', 'P1', 1500.5], ['not-an-amount']],
    ['a price of 0', ['1', 'Kue', 'P1', '0'], ['amount-not-positive']],
    ['a negative price', ['1', 'Kue', 'P1', '-1000'], ['amount-not-positive']],
    ['a net price that is none', ['1', 'Kue', 'P1', '1000', 'lima'], ['not-an-amount']],
    ['a negative net price', ['1', 'Kue', 'P1', '1000', '-1'], ['amount-not-positive']],
    [
      'everything wrong',
      ['1', '', '', 'x', 'y'],
      ['name-missing', 'vendor-missing', 'not-an-amount', 'not-an-amount'],
    ],
  ])('with %s fails', (_, cells, names) => {
    expect(problemNames(cells)).toEqual(names);
  });

  test.each<[string, Cell[], string[]]>([
    ['a barcode in scientific notation', ['8,99123E+12', 'Kue', 'P1', '1000'], ['barcode-damaged']],
    ['the same with a dot', ['8.99123e12', 'Kue', 'P1', '1000'], ['barcode-damaged']],
    ['a number too large for digits', [1e21, 'Kue', 'P1', '1000'], ['barcode-damaged']],
    ['a barcode with decimals', ['8991234567890.0', 'Kue', 'P1', '1000'], ['barcode-damaged']],
    ['a barcode of other signs', ['a b', 'Kue', 'P1', '1000'], ['barcode-not-a-code']],
    ['a price of no whole 500', ['1', 'Kue', 'P1', '1200'], ['price-not-multiple-of-500']],
    ['a price of 1.500', ['1', 'Kue', 'P1', '1.500'], []],
    ['a net price above the price', ['1', 'Kue', 'P1', '1000', '2000'], ['net-price-above-price']],
    ['a long category', ['1', 'Kue', 'P1', '1000', '', 'x'.repeat(41)], ['category-too-long']],
    ['a long unit', ['1', 'Kue', 'P1', '1000', '', '', 'x'.repeat(11)], ['unit-too-long']],
    ['nothing wrong', ['1', 'Kue', 'P1', '1000', '0'], []],
  ])('with %s is a product with warnings', (_, cells, names) => {
    expect(warningNames(cells)).toEqual(names);
  });

  test('leaves out what was damaged rather than keeping it wrong', () => {
    const result = read(['8,99123E+12', 'Kue', 'P1', '1000', '', 'x'.repeat(41), 'x'.repeat(11)]);
    expect(result).toMatchObject({ product: { code: undefined, category: undefined, unit: 'pcs' } });
  });

  test('names row, column and cell of a problem in the words of the sheet', () => {
    const result = read(['1', 'Kue', 'P1', '1,500']);
    expect(result).toMatchObject({
      kind: 'failed',
      problems: [{ row: 2, column: 'Harga Jual', name: 'not-an-amount', details: '1,500' }],
    });
  });
});
