/**
 * Finding a product by any part of what a person may know of it. The index follows from history: triggers keep it, so
 * replay and restore make it again by themselves, and `verify` compares it with the books (verify/derived.ts).
 *
 * A vendor is made before its first product, so only its later versions touch the index. Parts are kept apart by a line
 * feed, which nobody can type into a search: no match runs across two of them. Sizes of columns serve a ranking that is
 * not used here. The two plain indexes find names by their beginning, of which those are preferred when too many fit.
 */
export const searchMigration = {
  version: 40,
  sql: `
CREATE VIEW product_text AS
  SELECT product.id AS product, product.name || char(10) || vendor.name || char(10) || vendor.code || coalesce(char(10) ||
    (SELECT group_concat(barcode, char(10) ORDER BY barcode) FROM barcode WHERE barcode.product = product.id), '') AS text
  FROM product_now AS product JOIN vendor_now AS vendor ON vendor.id = product.vendor;

CREATE VIRTUAL TABLE product_search USING fts5 (text, tokenize = 'trigram', columnsize = 0);
INSERT INTO product_search (rowid, text) SELECT product, text FROM product_text ORDER BY product;

CREATE INDEX product_name ON product (name COLLATE NOCASE);
CREATE INDEX product_version_name ON product_version (name COLLATE NOCASE);

CREATE TRIGGER product_search_product AFTER INSERT ON product BEGIN
  INSERT INTO product_search (rowid, text) SELECT product, text FROM product_text WHERE product = NEW.id;
END;
CREATE TRIGGER product_search_barcode AFTER INSERT ON barcode BEGIN
  UPDATE product_search SET text = (SELECT text FROM product_text WHERE product = NEW.product)
  WHERE rowid = NEW.product;
END;
CREATE TRIGGER product_search_product_version AFTER INSERT ON product_version BEGIN
  UPDATE product_search SET text = (SELECT text FROM product_text WHERE product = NEW.product)
  WHERE rowid = NEW.product;
END;
CREATE TRIGGER product_search_vendor_version AFTER INSERT ON vendor_version BEGIN
  UPDATE product_search SET text = (SELECT text FROM product_text WHERE product = product_search.rowid)
  WHERE rowid IN (SELECT id FROM product WHERE vendor = NEW.vendor)
    AND text <> (SELECT text FROM product_text WHERE product = product_search.rowid);
END;
`,
};
