import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterView } from '../../../shared/contract/center.ts';
import { type ProductView, productByCode } from '../../../shared/contract/product.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { ONE, parseQty } from '../../../shared/domain/quantity.ts';
import { engine } from '../../engine/client.ts';
import { type Problem, problemOf } from '../../engine/problem.ts';
import { basket, goodsLine } from '../../stores/basket.ts';
import { till } from '../../stores/till.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { useKeys } from '../../ui/keys.ts';
import { readMultiplied } from '../../ui/scanner.ts';
import { useScans } from '../../ui/use-scans.ts';
import { Cart } from './Cart.tsx';
import { SearchBox } from './SearchBox.tsx';
import { Tickets } from './Tickets.tsx';
import styles from './Till.module.css';
import { TillDialogs } from './TillDialogs.tsx';
import { TillMessage } from './TillMessage.tsx';
import { TotalPanel } from './TotalPanel.tsx';
import { useLookups } from './use-lookups.ts';

/** One screen: cart at the left, search at the right, total and pay at the bottom right. */
export function Till({ shift, center }: { shift: ShiftView; center: CenterView }) {
  const { t } = useTranslation();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const dialog = tillDialog((state) => state.dialog);
  const [unknown, setUnknown] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const { lines, selected } = basket();
  const lookups = useLookups();

  // After any dialog the till is ready for the next scan.
  useEffect(() => {
    if (dialog === null) search.current?.focus();
  }, [dialog]);

  function add(product: ProductView): void {
    till.getState().forgetLast();
    till.getState().forgetProblem();
    setUnknown(undefined);
    setProblem(undefined);
    const { put, takeMultiplier } = basket.getState();
    if (!put(goodsLine(product, { qty: takeMultiplier() }))) {
      setProblem({ kind: 'rejected', name: 'bad-input', details: { field: 'lines' } });
      beepUnknown();
    }
  }

  /** Adds what a code means. False when no product has it. */
  async function addByCode(code: string): Promise<boolean> {
    const answer = await engine.call(productByCode, { code });
    const found = problemOf(answer);
    if (found && !(found.kind === 'rejected' && found.name === 'bad-input')) {
      setProblem(found);
      lookups.forget();
      return true;
    }
    if (answer.outcome !== 'ok' || !answer.value.product) return false;
    add(answer.value.product);
    return true;
  }

  async function takeCode(scanned: string): Promise<void> {
    // A key of the till pressed just before the scan (`+`) is no part of the code.
    const { multiplier, code } = readMultiplied(scanned.replace(/^[^A-Za-z0-9]+/, ''));
    const quantity = multiplier === undefined ? undefined : parseQty(multiplier);
    if (quantity) basket.getState().setMultiplier(quantity);
    const typedBefore = search.current?.value.trim() ?? '';
    setText('');
    // A computer that stutters tears a scan in two; its beginning then stands in the field as if it was typed.
    if (typedBefore !== '' && (await addByCode(typedBefore + code))) return;
    if (!code || (await addByCode(code))) return;
    till.getState().forgetLast();
    tellUnknown(code);
  }

  function tellUnknown(code: string): void {
    lookups.forget();
    setUnknown(code);
    beepUnknown();
  }

  useScans(
    search,
    (scanned) => {
      search.current?.focus();
      void lookups.during(() => takeCode(scanned));
    },
    { grabTyping: true },
  );

  const changeQty = (step: number) => () => {
    const line = lines[selected];
    if (text !== '' || !line) return false;
    if (line.qty + step > 0) basket.getState().setQty(selected, line.qty + step);
    return true;
  };
  const move = (step: number) => () => {
    if (text !== '' || lines.length === 0) return false;
    basket.getState().select(selected + step);
    return true;
  };
  const open = (name: 'pay' | 'quantity' | 'clear') => () =>
    lookups.after(() => {
      if (basket.getState().lines.length > 0) tillDialog.getState().open({ name });
    });
  useKeys({
    F2: () => {
      setText('');
      search.current?.focus();
    },
    F4: open('quantity'),
    F8: open('pay'),
    'Control+Delete': open('clear'),
    '+': changeQty(ONE),
    '-': changeQty(-ONE),
    ArrowUp: move(-1),
    ArrowDown: move(1),
    Delete: () => {
      if (text !== '' || lines.length === 0) return false;
      basket.getState().remove(selected);
      return true;
    },
  });

  return (
    <div className={styles.till}>
      <h1 className={styles.hidden}>{t('section.till')}</h1>
      <div className={styles.left}>
        <Tickets />
        <TillMessage unknown={unknown} problem={problem} />
        <Cart onQty={open('quantity')} />
      </div>
      <div className={styles.right}>
        <SearchBox
          inputRef={search}
          text={text}
          onText={setText}
          onPick={(product) => {
            setText('');
            add(product);
          }}
          onCode={(code) => lookups.during(() => addByCode(code))}
          onUnknown={tellUnknown}
        />
        <TotalPanel rounding={center.cashRounding} onPay={open('pay')} onClear={open('clear')} />
      </div>
      {dialog && <TillDialogs dialog={dialog} shift={shift} center={center} />}
    </div>
  );
}
