import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { CashChoice } from './CashChoice.tsx';
import { CashDone, type CashMoved } from './CashDone.tsx';
import { CashForm } from './CashForm.tsx';
import { type CashKind, type Direction, kindsOf } from './cash-choices.ts';
import { useMoveCash } from './use-move-cash.ts';

/** The drawer whose cash is moved; the safe has no safe to put money into. */
export type CashPlace = Pick<ShiftView, 'shift' | 'drawerCode' | 'hasPrinter'> & { isSafe?: boolean };

/**
 * Cash into or out of the drawer without a sale, and from the drawer to the safe: one question at a time, each
 * answered by a digit, then the amount and what for.
 */
export function CashDialog(props: { shift: CashPlace; onClose: () => void }) {
  const { t } = useTranslation();
  const { shift, onClose } = props;
  const [direction, setDirection] = useState<Direction>();
  const [kind, setKind] = useState<CashKind>();
  const [typed, setTyped] = useState(false);
  const [moved, setMoved] = useState<CashMoved>();
  const moveCash = useMoveCash();
  const directions: readonly Direction[] = shift.isSafe ? ['in', 'out'] : ['in', 'out', 'drop'];
  const kinds = direction ? kindsOf(direction, shift.isSafe ?? false) : [];
  const atForm = direction !== undefined && (direction === 'drop' || kind !== undefined);

  const back = () => {
    setTyped(false);
    moveCash.clear();
    if (kind) setKind(undefined);
    else setDirection(undefined);
  };
  const title = [
    t('cash.title', { drawer: shift.drawerCode }),
    direction && t(`cash.${direction}`),
    kind && t(`cash.kind.${kind}`),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    // While an answer is awaited nobody leaves: money that was recorded unseen would be recorded again.
    <Dialog title={title} onClose={onClose} unsaved={typed && !moved} mustAnswer={moveCash.busy}>
      {moved ? (
        <CashDone moved={moved} hasPrinter={shift.hasPrinter} onClose={onClose} />
      ) : !direction ? (
        <CashChoice
          key="direction"
          choices={directions.map((value) => ({
            value,
            text: t(`cash.${value}`),
            hint: t(`cash.hint.${value}`),
          }))}
          onChoose={setDirection}
        />
      ) : !atForm ? (
        <CashChoice
          key="kind"
          choices={kinds.map((value) => ({
            value,
            text: t(`cash.kind.${value}`),
            hint: t(`cash.hint.${direction}-${value}`),
          }))}
          onChoose={setKind}
          onBack={back}
        />
      ) : (
        <CashForm
          shift={shift.shift}
          direction={direction}
          kind={kind}
          moveCash={moveCash}
          onTyped={setTyped}
          onBack={back}
          onMoved={setMoved}
        />
      )}
    </Dialog>
  );
}
