import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beepUnknown } from '../../ui/beep.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { createScanReader } from '../../ui/scanner.ts';
import { Methods } from './Methods.tsx';
import styles from './Pay.module.css';
import type { Payment } from './payment.ts';
import { quickCashKeys } from './tendered.ts';
import type { Paying } from './use-paying.tsx';

/** No banknote has so many digits: what a scanner typed into the amount is not money. */
const SCANNED_LENGTH = 8;

/** The cash that was handed over, typed or by one key; beside it what may be paid another way. */
export function CashEntry(props: {
  paying: Paying;
  open: Extract<Payment, { state: 'open' }>;
  fieldRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation();
  const { paying, open, fieldRef } = props;
  const { typed, setTyped, busy, partHint, oddChangeRupiah } = paying;
  const [scanned, setScanned] = useState(false);
  const brake = useScanBrake(() => {
    setTyped('');
    setScanned(true);
  });
  return (
    <>
      <TextInput
        ref={fieldRef}
        size="xl"
        label={t('pay.tendered')}
        placeholder={t('pay.exactHint', { amount: moneyText(open.cashDueRupiah) })}
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
        data-scans
        leftSection="Rp"
        value={typed}
        readOnly={busy}
        onKeyDown={brake}
        onChange={(event) => {
          setScanned(false);
          setTyped(event.currentTarget.value);
        }}
      />
      <div className={styles.quick}>
        {quickCashKeys(open.cashDueRupiah).map((amount, index) => (
          <button
            type="button"
            key={amount}
            tabIndex={-1}
            aria-pressed={typed !== '' && open.tenderedRupiah === amount}
            onClick={() => {
              setTyped(String(index + 1));
              fieldRef.current?.focus();
            }}
          >
            {moneyText(amount)}
            <KeyHint keys={String(index + 1)} />
          </button>
        ))}
      </div>
      <Methods onBegin={paying.begin} disabled={busy} showing={paying.showing} />
      {partHint && (
        <WarningBox>
          {partHint === 'too-many' && t('pay.tooManyParts')}
          {partHint === 'too-much' && t('pay.partTooMuch', { amount: moneyText(open.leftRupiah) })}
          {partHint === 'code-awaited' && t('till.moving.qris')}
        </WarningBox>
      )}
      {oddChangeRupiah !== undefined && (
        <WarningBox>{t('pay.oddChange', { amount: moneyText(oddChangeRupiah) })}</WarningBox>
      )}
      {scanned && <WarningBox>{t('pay.scanned')}</WarningBox>}
    </>
  );
}

/** Stops what a scanner types into the amount: its Enter would pay with it. */
function useScanBrake(onScan: () => void): (event: KeyboardEvent) => void {
  const reader = useRef(createScanReader());
  return (event) => {
    const burst = reader.current.take(event.key, event.timeStamp);
    if (burst === undefined || burst.length < SCANNED_LENGTH) return;
    event.preventDefault();
    onScan();
    beepUnknown();
  };
}
