import { useState } from 'react';
import { type SaleSummary, saleByNumber, saleList } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { engine } from '../../engine/client.ts';
import { type Problem, problemOf } from '../../engine/problem.ts';
import { useQuery } from '../../engine/use-query.ts';
import { type Choice, useChoice } from '../../ui/choice.ts';

/** Receipts of one shift that a dialog lists; an older one is found by its whole number. */
const LISTED = 50;
/** Shorter than any receipt's number: it can only be a part of one that is listed. */
const WHOLE_NUMBER = /^[A-Za-z0-9.-]+-\d{6}-\d{4,}$/;

export interface Receipts {
  /** Newest first, those whose number holds what was typed. */
  items: readonly SaleSummary[];
  choice: Choice<SaleSummary>;
  keyOf: (sale: SaleSummary) => number;
  /** The shift has sold nothing yet. */
  isEmpty: boolean;
  problem: Problem | undefined;
  busy: boolean;
  /** The sale that Enter means: a whole number wherever it was sold, else the chosen one of the list. */
  find(): Promise<number | undefined>;
}

/** The newest receipts of a shift, and any other by its number. */
export function useReceipts(shift: ShiftView, text: string): Receipts {
  const listed = useQuery(saleList, { shift: shift.shift, limit: LISTED }, ['sales']);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const typed = text.trim();
  const wanted = typed.toUpperCase();
  const all = listed.value?.sales ?? [];
  const items = all.filter(({ number }) => number.toUpperCase().includes(wanted));
  const choice = useChoice(items, saleOf);

  async function find(): Promise<number | undefined> {
    setProblem(undefined);
    if (choice.item && !WHOLE_NUMBER.test(wanted)) return choice.item.sale;
    if (wanted === '' || busy) return undefined;
    setBusy(true);
    const answer = await engine.call(saleByNumber, { number: typed });
    setBusy(false);
    if (answer.outcome === 'ok') return answer.value.sale;
    setProblem(problemOf(answer));
    return undefined;
  }

  return {
    items,
    choice,
    keyOf: saleOf,
    isEmpty: listed.value !== undefined && all.length === 0,
    problem: problem ?? listed.problem,
    busy,
    find,
  };
}

function saleOf({ sale }: SaleSummary): number {
  return sale;
}
