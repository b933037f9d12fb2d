/** The sums of the model, by the rules of the field: rupiah and thousandths, in BigInt wherever something is divided. */
import { halfUp } from '../support/exact.ts';
import type { Data } from './data.ts';

const WHOLE_BPS = 10_000;

/** What must be refused, by the name of the "no". */
export class No extends Error {}
export function no(name: string): never {
  throw new No(name);
}

export const sum = (list: number[]) => list.reduce((total, one) => total + one, 0);
/** So much for each unit, for so many thousandths, an exact half to the higher rupiah. */
export const times = (each: number, qty: number) => Number(halfUp(each, qty, 1000));
/** a × b / c, cut off towards 0. */
const cut = (a: number, b: number, c: number) => Number((BigInt(a) * BigInt(b)) / BigInt(c));
export const wholeSteps = (amount: number, step: number) => (step > 0 ? amount - (amount % step) : amount);

/** What is paid in cash of an amount: whole steps, and never nothing for something. */
export function roundCash(due: number, { stepRupiah: step, mode }: Data): number {
  const lower = wholeSteps(due, step);
  if (lower === due) return due;
  const isUp = mode === 'up' || (mode === 'nearest' && 2 * (due - lower) >= step);
  return Math.max(step, lower + (isUp ? step : 0));
}

/** A line by its model: the shared discount shortens the base, each side pays for its own out of its own part. */
export function sharesOf(line: Data) {
  const base = line.gross - line.off.shared;
  const above = (each: number) => base - times(each, line.qty);
  let first = line.model === 'own-goods' ? base : 0;
  if (line.model === 'percent') first = cut(base, line.rateBps, WHOLE_BPS);
  if (line.model === 'net-price') first = above(line.netPriceRupiah);
  if (line.model === 'fixed') first = cut(line.perUnitRupiah, line.qty, 1000);
  if (line.model === 'margin') first = cut(Math.max(0, above(line.costRupiah)), line.rateBps, WHOLE_BPS);
  const [commission, share] = [first - line.off.center, base - first - line.off.vendor];
  return { commission, share, net: commission + share };
}

/** What so many thousandths more take back of a line: the step from what was taken back before. */
export function stepBack(line: Data, qty: number) {
  const [before, after] = [backOf(line, line.out), backOf(line, line.out + qty)];
  const [net, commission] = [after.net - before.net, after.commission - before.commission];
  return { net, commission, share: net - commission };
}

/** What of a line is taken back by the time so many thousandths of it are. */
function backOf({ net, commission, qty }: Data, out: number) {
  const netBack = Number(halfUp(net, out, qty));
  return { net: netBack, commission: net > 0 ? cut(commission, netBack, net) : cut(commission, out, qty) };
}

/** By how much an account was credited more than debited. */
export function wentUp(account: string, moves: Data[]): number {
  return sum(
    moves.map(({ debit, credit, amount }) => (credit === account ? amount : debit === account ? -amount : 0)),
  );
}
