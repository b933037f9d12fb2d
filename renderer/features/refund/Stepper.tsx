import { TextInput } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleLineView } from '../../../shared/contract/sale.ts';
import { formatQty, parseQty, qty } from '../../../shared/domain/quantity.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { leftQty } from './coming-back.ts';
import styles from './Refund.module.css';

/** How many of the chosen line come back, for hands on glass and for whoever types a number. */
export function Stepper(props: {
  line: SaleLineView | undefined;
  fieldRef: RefObject<HTMLInputElement | null>;
  quantity: number;
  onStep: (step: 1 | -1) => void;
  onQuantity: (quantity: number) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { line } = props;
  const shown = formatQty(qty(props.quantity));
  const [typed, setTyped] = useState<string>();
  if (!line) return null;
  const take = () => {
    const quantity = typed === undefined ? undefined : typed.trim() === '0' ? 0 : parseQty(typed);
    if (quantity !== undefined) props.onQuantity(quantity);
    setTyped(undefined);
  };
  return (
    <div className={styles.stepper}>
      <span className={styles.stepperName}>{line.name}</span>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('till.less')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => props.onStep(-1)}
      >
        −
      </button>
      <TextInput
        ref={props.fieldRef}
        aria-label={t('refund.quantityOf', { name: line.name })}
        classNames={{ input: styles.quantity }}
        inputMode="decimal"
        autoComplete="off"
        disabled={leftQty(line) === 0}
        value={typed ?? shown}
        data-mantine-stop-propagation="true"
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          if (event.key === 'Escape') setTyped(undefined);
          else take();
          props.onLeave();
        }}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('till.more')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => props.onStep(1)}
      >
        +
      </button>
      <span className={styles.keys}>
        <KeyHint keys="+" /> <KeyHint keys="−" /> <KeyHint keys="F4" /> · <KeyHint keys="*" />{' '}
        {t('refund.all')}
      </span>
    </div>
  );
}
