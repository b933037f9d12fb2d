import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { parseQty } from '../../../shared/domain/quantity.ts';
import type { Problem } from '../../engine/problem.ts';
import { basket, goodsLine } from '../../stores/basket.ts';
import { session } from '../../stores/session.ts';
import { till } from '../../stores/till.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { readMultiplied } from '../../ui/scanner.ts';
import { type Found, findCode, findTorn } from './find-code.ts';
import { putLine } from './line-actions.ts';
import { isLocked } from './locked.ts';
import { createTurns, type Turns } from './turns.ts';

/** What the cashier has to know about the last thing scanned or typed. */
export type Notice =
  | { kind: 'problem'; problem: Problem }
  /** The basket takes no more lines. */
  | { kind: 'full' }
  /** No code at all, such as a web address. */
  | { kind: 'strange'; text: string };

export interface Taking {
  turns: Turns;
  notice: Notice | undefined;
  /** How many answers are awaited, once that takes long. */
  awaited: number;
  /** A scanner's burst. */
  takeScan(scanned: string): void;
  /** Anything else that names goods: the answer takes its turn among the scans. */
  take(question: () => Promise<Found>, asText: string): void;
}

/** Turns what is scanned, typed or touched into lines and dialogs, in the order in which it was. */
export function useTaking(search: RefObject<HTMLInputElement | null>, clearText: () => void): Taking {
  const [notice, setNotice] = useState<Notice>();
  const [awaited, setAwaited] = useState(0);
  const kept = useRef<Turns | undefined>(undefined);
  kept.current ??= createTurns(() => tillDialog.getState().dialog !== null, setAwaited);
  const turns = kept.current;
  useEffect(() => turns.forgetKeys, [turns]);

  const taking = useMemo(() => {
    function use(found: Found, quantity: number, asText: string): void {
      // A receipt may come back meanwhile; everything else is for the basket.
      if (found.kind !== 'receipt' && isLocked()) return turns.forgetKeys();
      if (found.kind === 'product') {
        const { product, batch, isExpired } = found;
        const line = goodsLine(product, { qty: quantity, ...(batch !== null && { batch }) });
        if (!putLine(line, isExpired)) alarm({ kind: 'full' });
      } else if (found.kind === 'receipt') {
        tillDialog.getState().open({ name: 'refund', sale: found.sale });
      } else if (found.kind === 'ticket') {
        tillDialog.getState().open({ name: 'tickets', ticket: found.ticket });
      } else if (found.kind === 'problem') {
        alarm({ kind: 'problem', problem: found.problem });
      } else if (found.code === '') {
        alarm({ kind: 'strange', text: asText });
      } else {
        turns.forgetKeys();
        beepUnknown();
        tillDialog.getState().open({ name: 'unknown', code: found.code, qty: quantity });
      }
    }

    function alarm(next: Notice): void {
      turns.forgetKeys();
      setNotice(next);
      beepUnknown();
    }

    function take(question: () => Promise<Found>, asText: string): void {
      const person = session.getState().user?.username;
      // Now, not when the answer comes: the next multiplier is for the next scan.
      const quantity = basket.getState().takeMultiplier();
      turns.ask(question, (found) => {
        // Another person's basket lies there meanwhile: what was scanned does not belong into it.
        if (session.getState().user?.username !== person) return;
        till.getState().forgetLast();
        if (till.getState().problem) till.getState().forgetProblem();
        setNotice(undefined);
        use(found, quantity, asText);
      });
    }

    function takeScan(scanned: string): void {
      // A key of the till pressed just before the scan (`+`) is no part of the code.
      const { multiplier, code } = readMultiplied(scanned.replace(/^[^A-Za-z0-9]+/, ''));
      const quantity = multiplier === undefined ? undefined : parseQty(multiplier);
      if (quantity) basket.getState().setMultiplier(quantity);
      const typedBefore = search.current?.value.trim() ?? '';
      clearText();
      if (code === '') return;
      take(() => (typedBefore === '' ? findCode(code) : findTorn(typedBefore, code)), code);
    }

    return { takeScan, take };
  }, [turns, search, clearText]);

  return { turns, notice, awaited, ...taking };
}
