import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSteady } from '../../ui/bounce.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import type { Direction } from './cash-choices.ts';
import { PaperState } from './PaperState.tsx';
import styles from './Shift.module.css';

export interface CashMoved {
  number: string;
  direction: Direction;
  amountRupiah: number;
}

/** What was moved, under which number, and whether its slip came out. */
export function CashDone(props: { moved: CashMoved; hasPrinter: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { number, direction, amountRupiah } = props.moved;
  const close = useSteady(props.onClose);
  return (
    <>
      <div role="status">
        <p className={styles.hint}>{t(`cash.done.${direction}`)}</p>
        <strong className={`${styles.sum} ${direction === 'in' ? '' : styles.out}`}>
          {moneyText(amountRupiah)}
        </strong>
        <p data-testid="cash-number">{t('cash.number', { number })}</p>
      </div>
      <PaperState number={number} hasPrinter={props.hasPrinter} />
      <Group justify="flex-end" mt="md">
        <Button size="lg" onClick={close} autoFocus rightSection={<KeyHint keys="Enter" />}>
          {t('cash.finish')}
        </Button>
      </Group>
    </>
  );
}
