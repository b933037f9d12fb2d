import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { documentNumber } from './numbers.ts';

/**
 * Documents of a command that makes many of a kind, one for each vendor of a part of a run. A document is known by its
 * journal row; the one of a part has the part's number in the bits above, so both are plain numbers of one space.
 */

/** Far above any journal row, and 8.000 times it is still a safe integer. */
export const DOCUMENTS_OF_A_PART = 2 ** 40;
/** Rows that one part may have in a table whose key is journal row and `n`. */
const ROWS_OF_A_PART = 1_000_000;

/** Which of its command's documents one is: 1 and up; null where the command makes only this one. */
export type Part = number | null;

/** The number by which other rows and `document.reverse` know a document. */
export function documentId(seq: number, part: Part): number {
  return seq + (part ?? 0) * DOCUMENTS_OF_A_PART;
}

/** The journal row whose command made a document. */
export function seqOfDocument(document: number): number {
  return document % DOCUMENTS_OF_A_PART;
}

/** `n` of the `index`-th row (from 1) that a part writes into a table with the key (seq, n). Throws past a million. */
export function rowNumber(part: Part, index: number): number {
  if (index >= ROWS_OF_A_PART) throw new Error(`a part writes at most ${ROWS_OF_A_PART - 1} rows of a kind`);
  return (part ?? 0) * ROWS_OF_A_PART + index;
}

/** The number on paper: PC-261121-000212, and PC-261121-000212-07 for the seventh of a command. */
export function partNumber(
  facts: { seq: number; day: BusinessDay },
  table: Parameters<typeof documentNumber>[1],
  part: Part,
): string {
  const number = documentNumber(facts, table);
  return part === null ? number : `${number}-${String(part).padStart(2, '0')}`;
}
