import {
  type ProductView,
  productByCode,
  productMany,
  productSearch,
} from '../../../shared/contract/product.ts';
import { saleByNumber, ticketByCode } from '../../../shared/contract/sale.ts';
import { engine } from '../../engine/client.ts';
import { type Problem, problemOf } from '../../engine/problem.ts';
import { asCode, isCodeLike, isOneCode, paperOf } from './codes.ts';

/** Most products that a search shows. */
export const MAX_RESULTS = 200;

/** What a scanned or typed text turned out to be. */
export type Found =
  /** `batch`: its label was scanned; `isExpired`: that batch is past its date. */
  | { kind: 'product'; product: ProductView; batch: number | null; isExpired: boolean }
  | { kind: 'receipt'; sale: number }
  | { kind: 'ticket'; ticket: number }
  /** Nobody knows it; `code` is as the contract takes it, '' when nothing of it can be a code. */
  | { kind: 'unknown'; code: string }
  | { kind: 'problem'; problem: Problem };

/** What a scan means: a product or its batch, else a receipt, else a ticket, else goods that nobody knows. */
export async function findCode(text: string): Promise<Found> {
  const code = asCode(text);
  if (code === '' || code !== text) return { kind: 'unknown', code };
  const answer = await engine.call(productByCode, { code });
  if (answer.outcome !== 'ok') return { kind: 'problem', problem: problemOf(answer) ?? { kind: 'lost' } };
  const { product, batch, isExpired } = answer.value;
  if (product) return { kind: 'product', product, batch, isExpired };
  return findPaper(code);
}

async function findPaper(code: string): Promise<Found> {
  const paper = paperOf(code);
  if (!paper) return { kind: 'unknown', code };
  if (paper === 'receipt') {
    const answer = await engine.call(saleByNumber, { number: code });
    if (answer.outcome === 'ok') return { kind: 'receipt', sale: answer.value.sale };
    return { kind: 'problem', problem: problemOf(answer) ?? { kind: 'lost' } };
  }
  const answer = await engine.call(ticketByCode, { code: code.toUpperCase() });
  if (answer.outcome === 'ok') return { kind: 'ticket', ticket: answer.value.ticket };
  return { kind: 'problem', problem: problemOf(answer) ?? { kind: 'lost' } };
}

/**
 * A computer that stutters tears a scan in two; its beginning then stands in the field as if it was typed. Both
 * readings are asked at once, and the whole code comes before its end.
 */
export async function findTorn(typedBefore: string, code: string): Promise<Found> {
  const [whole, end] = await Promise.all([findCode(typedBefore + code), findCode(code)]);
  if (whole.kind !== 'unknown' && whole.kind !== 'problem') return whole;
  const areUnknown = end.kind === 'unknown' && whole.kind === 'unknown';
  return areUnknown && isOneCode(typedBefore, code) ? whole : end;
}

/** What Enter means for a text typed by hand: a whole code, else the first product that the text finds. */
export async function findTyped(text: string): Promise<Found> {
  const [coded, answer] = await Promise.all([
    asCode(text) === text ? findCode(text) : undefined,
    engine.call(productSearch, { text, limit: MAX_RESULTS }),
  ]);
  if (coded && coded.kind !== 'unknown') return coded;
  if (answer.outcome !== 'ok') return { kind: 'problem', problem: problemOf(answer) ?? { kind: 'lost' } };
  const [product] = answer.value.products;
  if (product) return fromList(product);
  return { kind: 'unknown', code: isCodeLike(text) ? text : '' };
}

/** A product that was chosen from a list, as it is now: a list may stand on the screen for hours. */
export async function findProduct(product: number): Promise<Found> {
  const answer = await engine.call(productMany, { products: [product] });
  if (answer.outcome !== 'ok') return { kind: 'problem', problem: problemOf(answer) ?? { kind: 'lost' } };
  const [now] = answer.value.products;
  return now ? fromList(now) : { kind: 'unknown', code: '' };
}

function fromList(product: ProductView): Found {
  return { kind: 'product', product, batch: null, isExpired: false };
}
