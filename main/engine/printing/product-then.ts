/**
 * SQL of a product's name and unit as they were before a journal row: papers keep the names of their day, also when
 * they are printed years later. `join` follows a FROM with `product`; `seq` is SQL for the journal row.
 */
export const PRODUCT_THEN = {
  name: 'coalesce(version.name, product.name)',
  unit: 'coalesce(version.unit, product.unit)',
  join: (seq: string) => `LEFT JOIN product_version AS version ON version.seq =
    (SELECT max(seq) FROM product_version AS earlier WHERE earlier.product = product.id AND earlier.seq < ${seq})`,
} as const;
