import { parseRupiah, type Rupiah } from './money.ts';

/** What a column of a product spreadsheet can mean. */
export const SHEET_FIELDS = ['code', 'name', 'vendor', 'price', 'netPrice', 'category', 'unit'] as const;

export type SheetField = (typeof SHEET_FIELDS)[number];

/** More columns than this are not looked at. */
export const MAX_SHEET_COLUMNS = 200;

export const MAX_PRODUCT_NAME_LENGTH = 80;
export const MAX_CATEGORY_LENGTH = 40;
export const MAX_UNIT_LENGTH = 10;
export const DEFAULT_UNIT = 'pcs';

/** Prices that are no multiple of this make change hard to give: worth a warning, never a refusal. */
export const PRICE_STEP = 500;

/**
 * Header names, lower case with single spaces, the surest first: a sheet with both `barcode` and `kode` takes the
 * former. Indonesian and English, and what people write in their own lists.
 */
const HEADER_NAMES: { readonly [field in SheetField]: readonly string[] } = {
  code: [
    'barcode',
    'kode barcode',
    'ean',
    'gtin',
    'kode produk',
    'kode barang',
    'product code',
    'kode',
    'sku',
    'plu',
  ],
  name: ['nama produk', 'nama barang', 'product name', 'nama', 'name', 'produk', 'product', 'barang', 'item'],
  vendor: [
    'kode penitip',
    'vendor code',
    'penitip',
    'vendor',
    'kode umkm',
    'umkm',
    'kode supplier',
    'supplier',
    'pemasok',
  ],
  price: ['harga jual', 'retail price', 'selling price', 'harga', 'price', 'harga jual rp', 'harga rp'],
  netPrice: ['harga titip', 'net price', 'harga setor', 'harga dasar', 'harga titip rp', 'consignment price'],
  category: ['kategori', 'category', 'kelompok', 'jenis'],
  unit: ['satuan', 'unit', 'uom'],
};

/** Which column holds what. Columns count from 0; `headers` keeps the sheet's own wording for messages. */
export interface SheetMapping {
  readonly columns: { readonly [field in SheetField]?: number };
  readonly headers: readonly string[];
  /** Columns nobody recognised, or that mean what a surer column already means. */
  readonly unused: readonly number[];
  /** Fields without which no row can become a product: name, vendor, price. */
  readonly missing: readonly SheetField[];
}

export type SheetProblemName =
  | 'name-missing'
  | 'name-too-long'
  | 'vendor-missing'
  | 'vendor-not-a-code'
  | 'amount-missing'
  | 'not-an-amount'
  | 'amount-not-positive'
  | 'barcode-damaged'
  | 'barcode-not-a-code'
  | 'category-too-long'
  | 'unit-too-long'
  | 'price-not-multiple-of-500'
  | 'net-price-above-price';

/** Something wrong with one cell. `row` as the caller counts, `column` in the sheet's own words, `details` the cell. */
export interface SheetProblem {
  readonly row: number;
  readonly column: string;
  readonly name: SheetProblemName;
  readonly details: string;
}

/** A row that can become a product. Code and names are text as in the sheet, leading zeros and all. */
export interface ProductRow {
  readonly code: string | undefined;
  readonly name: string;
  readonly vendor: string;
  /** Rupiah per unit, above 0. */
  readonly price: Rupiah;
  /** Harga titip in rupiah per unit, ≥ 0. */
  readonly netPrice: Rupiah | undefined;
  readonly category: string | undefined;
  readonly unit: string;
}

export type SheetRowResult =
  | { readonly kind: 'product'; readonly product: ProductRow; readonly warnings: readonly SheetProblem[] }
  | {
      readonly kind: 'failed';
      readonly problems: readonly SheetProblem[];
      readonly warnings: readonly SheetProblem[];
    }
  /** No cell holds anything: spreadsheets end in such rows. */
  | { readonly kind: 'blank' };

export type Cell = string | number | null | undefined;

/** Finds the columns of a product sheet by their headers, whatever their case, spacing and punctuation. */
export function mapHeaders(headers: readonly Cell[]): SheetMapping {
  const texts = headers.slice(0, MAX_SHEET_COLUMNS).map(cellText);
  const plain = texts.map((text) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim(),
  );
  const columns: { [field in SheetField]?: number } = {};
  for (const field of SHEET_FIELDS) {
    for (const name of HEADER_NAMES[field]) {
      const column = plain.indexOf(name);
      if (column < 0) continue;
      columns[field] = column;
      break;
    }
  }
  const used = new Set(Object.values(columns));
  return {
    columns,
    headers: texts,
    unused: texts.flatMap((text, column) => (text === '' || used.has(column) ? [] : [column])),
    missing: (['name', 'vendor', 'price'] as const).filter((field) => columns[field] === undefined),
  };
}

/**
 * Reads one row. `row` is the number shown to the person; `defaultVendor` stands in where the row names none.
 * Docs/domain rule: only name, vendor code and amounts can fail a row. Anything else that is wrong is left out and
 * reported as a warning: a barcode the spreadsheet turned into scientific notation has lost its digits for good.
 */
export function readProductRow(
  cells: readonly Cell[],
  mapping: SheetMapping,
  row: number,
  defaultVendor?: string,
): SheetRowResult {
  const reader = rowReader(cells, mapping, row);
  if (reader.isBlank()) return { kind: 'blank' };
  const name = readName(reader);
  const vendor = readVendor(reader, defaultVendor);
  const price = readPrice(reader);
  const netPrice = readNetPrice(reader, price);
  const code = readCode(reader);
  const category = readShortText(reader, 'category', MAX_CATEGORY_LENGTH, 'category-too-long');
  const unit = readShortText(reader, 'unit', MAX_UNIT_LENGTH, 'unit-too-long') ?? DEFAULT_UNIT;
  const { problems, warnings } = reader;
  if (name === undefined || vendor === undefined || price === undefined || problems.length > 0) {
    return { kind: 'failed', problems, warnings };
  }
  return { kind: 'product', product: { code, name, vendor, price, netPrice, category, unit }, warnings };
}

interface RowReader {
  readonly problems: SheetProblem[];
  readonly warnings: SheetProblem[];
  isBlank(): boolean;
  text(field: SheetField): string;
  fail(field: SheetField, name: SheetProblemName): undefined;
  warn(field: SheetField, name: SheetProblemName): undefined;
}

/** Longest piece of a cell repeated in a message. */
const MAX_DETAILS_LENGTH = 60;

function rowReader(cells: readonly Cell[], mapping: SheetMapping, row: number): RowReader {
  const text = (field: SheetField): string => {
    const column = mapping.columns[field];
    return column === undefined ? '' : cellText(cells[column]);
  };
  const problem = (field: SheetField, name: SheetProblemName): SheetProblem => {
    const column = mapping.columns[field];
    const header = column === undefined ? field : (mapping.headers[column] ?? field);
    return { row, column: header, name, details: text(field).slice(0, MAX_DETAILS_LENGTH) };
  };
  const problems: SheetProblem[] = [];
  const warnings: SheetProblem[] = [];
  return {
    problems,
    warnings,
    isBlank: () => SHEET_FIELDS.every((field) => text(field) === ''),
    text,
    fail: (field, name) => void problems.push(problem(field, name)),
    warn: (field, name) => void warnings.push(problem(field, name)),
  };
}

/** A cell as one line of text: control characters and runs of blanks become one space. */
function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return String(cell)
    .replace(/[\p{Control}\p{Separator}\ufeff]+/gu, ' ')
    .trim();
}

function readName(reader: RowReader): string | undefined {
  const name = reader.text('name');
  if (name === '') return reader.fail('name', 'name-missing');
  return name.length > MAX_PRODUCT_NAME_LENGTH ? reader.fail('name', 'name-too-long') : name;
}

/** Codes on labels and of vendors: letters, digits, dot, dash, slash, at most 40. */
const CODE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/;

function readVendor(reader: RowReader, defaultVendor: string | undefined): string | undefined {
  const vendor = reader.text('vendor');
  if (vendor === '') return defaultVendor ?? reader.fail('vendor', 'vendor-missing');
  return CODE_PATTERN.test(vendor) ? vendor : reader.fail('vendor', 'vendor-not-a-code');
}

function readPrice(reader: RowReader): Rupiah | undefined {
  const text = reader.text('price');
  if (text === '') return reader.fail('price', 'amount-missing');
  const price = parseRupiah(text);
  if (price === undefined) return reader.fail('price', 'not-an-amount');
  if (price <= 0) return reader.fail('price', 'amount-not-positive');
  if (price % PRICE_STEP !== 0) reader.warn('price', 'price-not-multiple-of-500');
  return price;
}

function readNetPrice(reader: RowReader, price: Rupiah | undefined): Rupiah | undefined {
  const text = reader.text('netPrice');
  if (text === '') return undefined;
  const netPrice = parseRupiah(text);
  if (netPrice === undefined) return reader.fail('netPrice', 'not-an-amount');
  if (netPrice < 0) return reader.fail('netPrice', 'amount-not-positive');
  if (price !== undefined && netPrice > price) reader.warn('netPrice', 'net-price-above-price');
  return netPrice;
}

/** `8,99123E+12` or `8991234567890.0`: what is left of a long number after a spreadsheet took it for an amount. */
const DAMAGED_NUMBER = /^\d+([.,]\d+)?e\+?\d+$|^\d+[.,]0+$/i;

function readCode(reader: RowReader): string | undefined {
  const code = reader.text('code');
  if (code === '') return undefined;
  if (DAMAGED_NUMBER.test(code)) return reader.warn('code', 'barcode-damaged');
  return CODE_PATTERN.test(code) ? code : reader.warn('code', 'barcode-not-a-code');
}

function readShortText(
  reader: RowReader,
  field: SheetField,
  maxLength: number,
  name: SheetProblemName,
): string | undefined {
  const text = reader.text(field);
  if (text === '') return undefined;
  return text.length > maxLength ? reader.warn(field, name) : text;
}
