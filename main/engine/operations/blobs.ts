import { blobPut, importRead, MAX_IMPORT_ROWS } from '../../../shared/contract/product.ts';
import { BlobDamaged } from '../blobs/store.ts';
import { writePrepared } from '../import/prepared.ts';
import { readSheetInWorker } from '../import/read-in-worker.ts';
import { operates, refuse } from '../operate.ts';
import { vendorById } from '../store/rows.ts';

/** Most problems that one answer lists; the count covers all. */
const MOST_PROBLEMS = 100;
const SAMPLE_ROWS = 8;

export const put = operates(blobPut, (engine, { sha256, bytes, offset, chunk }) => {
  try {
    return { complete: engine.blobs.put({ sha256, bytes, offset, data: Buffer.from(chunk, 'base64') }) };
  } catch (error) {
    if (error instanceof BlobDamaged) return refuse('blob-damaged', {});
    throw error;
  }
});

/** Reads a sheet and stores the rows that can be imported as a blob of their own. The books are not touched. */
export const read = operates(importRead, async (engine, { blob, vendor }) => {
  const content = engine.blobs.read(blob);
  if (!content) return refuse('blob-unknown', { sha256: blob });
  const fallback = vendor === undefined ? undefined : vendorById(engine.sql, vendor);
  if (vendor !== undefined && !fallback) return refuse('vendor-unknown', { vendor: String(vendor) });
  const sheet = await readSheetInWorker(content, fallback?.code);
  if ('unreadable' in sheet) return refuse('sheet-unreadable', { problem: sheet.unreadable });
  if (sheet.count > MAX_IMPORT_ROWS)
    return refuse('sheet-too-long', { rows: sheet.count, most: MAX_IMPORT_ROWS });

  const vendors = new Map(
    engine.sql.all<{ code: string }>('SELECT code FROM vendor').map(({ code }) => [code.toLowerCase(), code]),
  );
  const problems = [...sheet.problems];
  const ready = sheet.rows.flatMap(({ row, product }) => {
    const code = vendors.get(product.vendor.toLowerCase());
    if (code === undefined) {
      problems.push({ row, column: sheet.vendorColumn, name: 'vendor-unknown', text: product.vendor });
      return [];
    }
    return [{ ...product, vendor: code }];
  });
  problems.sort((left, right) => left.row - right.row);
  return {
    prepared: ready.length > 0 ? engine.blobs.add(writePrepared(ready)) : null,
    rows: sheet.count,
    ready: ready.length,
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    warnings: sheet.warnings.slice(0, MOST_PROBLEMS),
    sample: ready
      .slice(0, SAMPLE_ROWS)
      .map(({ vendor: code, name, code: barcode, priceRupiah, netPriceRupiah }) => ({
        vendor: code,
        name,
        barcode,
        priceRupiah,
        netPriceRupiah,
      })),
  };
});
