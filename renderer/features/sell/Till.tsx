import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterView } from '../../../shared/contract/center.ts';
import type { ProductView } from '../../../shared/contract/product.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { ONE } from '../../../shared/domain/quantity.ts';
import { basket } from '../../stores/basket.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { useKeys } from '../../ui/keys.ts';
import { useScans } from '../../ui/use-scans.ts';
import { ActionBar } from './ActionBar.tsx';
import { Cart } from './Cart.tsx';
import { findProduct, findTyped } from './find-code.ts';
import { MovingStrip } from './MovingStrip.tsx';
import { SearchPane } from './SearchPane.tsx';
import { Tickets } from './Tickets.tsx';
import styles from './Till.module.css';
import { TillDialogs } from './TillDialogs.tsx';
import { TillMessage } from './TillMessage.tsx';
import { TotalPanel } from './TotalPanel.tsx';
import { actionsOf, lineKeys } from './till-actions.ts';
import { useTaking } from './use-taking.ts';
import { VisitStrip } from './VisitStrip.tsx';

/** One screen: cart at the left, search and quick keys at the right, total and pay at the bottom right. */
export function Till({ shift, center }: { shift: ShiftView; center: CenterView }) {
  const { t } = useTranslation();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const dialog = tillDialog((state) => state.dialog);
  const clearText = useCallback(() => setText(''), []);
  const { turns, notice, awaited, takeScan, take } = useTaking(search, clearText);
  const actions = useMemo(() => actionsOf(turns), [turns]);
  const takeTyped = useCallback(
    (typed: string) => {
      clearText();
      take(() => findTyped(typed), typed);
    },
    [clearText, take],
  );
  const pick = useCallback(
    ({ product, name }: ProductView) => {
      clearText();
      take(() => findProduct(product), name);
    },
    [clearText, take],
  );

  // After any dialog the till is ready for the next scan, and what was scanned before it goes on.
  useEffect(() => {
    if (dialog !== null) return;
    search.current?.focus();
    turns.resume();
  }, [dialog, turns]);

  useScans(
    search,
    (scanned) => {
      search.current?.focus();
      takeScan(scanned);
    },
    { grabTyping: true, withoutEnter: true },
  );
  const isFree = () => text === '' && (basket.getState().lines.length > 0 || turns.waiting());
  useKeys({
    ...lineKeys(actions, isFree, ONE),
    F2: () => {
      clearText();
      search.current?.focus();
    },
    F3: actions.park,
    F4: actions.quantity,
    F5: actions.discount,
    F8: actions.pay,
    F10: actions.menu,
    'Control+Delete': actions.clear,
  });

  return (
    <div className={styles.till}>
      <h1 className={styles.hidden}>{t('section.till')}</h1>
      <div className={styles.left}>
        <Tickets />
        <MovingStrip />
        <VisitStrip />
        <TillMessage notice={notice} awaited={awaited} />
        <Cart onQty={actions.quantity} />
        <ActionBar actions={actions} />
      </div>
      <div className={styles.right}>
        <SearchPane inputRef={search} text={text} onText={setText} onTyped={takeTyped} onPick={pick} />
        <TotalPanel rounding={center.cashRounding} onPay={actions.pay} />
      </div>
      {dialog && <TillDialogs dialog={dialog} shift={shift} center={center} />}
    </div>
  );
}
