import { Button, Group, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rupiah } from '../../../shared/domain/money.ts';
import { basket, totalRupiah } from '../../stores/basket.ts';
import { connection } from '../../stores/connection.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { createScanReader } from '../../ui/scanner.ts';
import { Figures } from './Figures.tsx';
import { Methods } from './Methods.tsx';
import { PartsList } from './PartsList.tsx';
import styles from './Pay.module.css';
import { PriceChanged } from './PriceChanged.tsx';
import { quickCashKeys } from './tendered.ts';
import type { Paying } from './use-paying.tsx';
import { useRemoval } from './use-removal.ts';

/** No banknote has so many digits: what a scanner typed into the amount is not money. */
const SCANNED_LENGTH = 8;

/** Cash: Enter alone is the exact amount; a note or one digit, then Enter, is with change. F5 to F7: exact parts. */
export function AmountDialog({ paying, onClose }: { paying: Paying; onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const connected = connection((state) => state.connected);
  const field = useRef<HTMLInputElement>(null);
  const finish = useRef<HTMLButtonElement>(null);
  const [scanned, setScanned] = useState(false);
  const { payment, typed, busy, newPrice, partHint } = paying;
  const open = payment.state === 'open' ? payment : undefined;
  const mayFinish =
    newPrice !== undefined || (open ? open.changeRupiah !== undefined : payment.state === 'paid');
  const removal = useRemoval(content.taken, paying.drop);
  const isAsked = paying.approval !== undefined || removal.approval !== undefined;
  const brake = useScanBrake(() => {
    paying.setTyped('');
    setScanned(true);
  });

  useKeys({
    F4: () => newPrice?.isRaised === true && paying.keepOldPrice(),
    F5: () => paying.begin('qris'),
    F6: () => paying.begin('debit'),
    F7: () => paying.begin('transfer'),
    Delete: () => {
      if (typed !== '' || busy || content.taken.length === 0) return false;
      removal.remove(content.taken.length - 1);
      return true;
    },
  });

  // The keys go where the next Enter is meant: the amount, or the end when no amount is left to type.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every answer and every removed part
  useEffect(() => {
    if (!isAsked && !busy) (field.current ?? finish.current)?.focus();
  }, [isAsked, busy, payment.state, content.taken.length, paying.problem]);

  return (
    <Dialog
      title={t('pay.title')}
      size="46rem"
      onClose={onClose}
      mustAnswer={(busy && !paying.showing) || isAsked}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          paying.finish();
        }}
      >
        <Figures
          payment={payment}
          totalRupiah={totalRupiah(content)}
          hasParts={content.taken.length > 0}
          isAwaited={paying.isAwaited}
        />
        {!newPrice && <PartsList taken={content.taken} onOpen={paying.openQris} onRemove={removal.remove} />}
        {removal.isDoubted && <WarningBox>{t('pay.removeQris')}</WarningBox>}
        <ProblemBox problem={removal.problem} />
        {open && !newPrice && (
          <>
            <TextInput
              ref={field}
              size="xl"
              label={t('pay.tendered')}
              placeholder={t('pay.exactHint', { amount: moneyText(open.cashDueRupiah) })}
              inputMode="numeric"
              autoComplete="off"
              data-autofocus
              leftSection="Rp"
              value={typed}
              readOnly={busy}
              onKeyDown={brake}
              onChange={(event) => {
                setScanned(false);
                paying.setTyped(event.currentTarget.value);
              }}
            />
            <QuickKeys
              paying={paying}
              cashDueRupiah={open.cashDueRupiah}
              onChosen={() => field.current?.focus()}
            />
            <Methods onBegin={paying.begin} disabled={busy} showing={paying.showing} />
          </>
        )}
        {payment.state === 'over' && (
          <WarningBox tone="bad">{t('pay.overText', { amount: moneyText(payment.excessRupiah) })}</WarningBox>
        )}
        {partHint && open && (
          <WarningBox>
            {partHint === 'too-many'
              ? t('pay.tooManyParts')
              : t('pay.partTooMuch', { amount: moneyText(open.leftRupiah) })}
          </WarningBox>
        )}
        {busy && !connected && <WarningBox>{t('pay.waiting')}</WarningBox>}
        {scanned && <WarningBox>{t('pay.scanned')}</WarningBox>}
        {newPrice ? (
          <PriceChanged change={newPrice} onKeep={paying.keepOldPrice} />
        ) : (
          <ProblemBox problem={paying.problem} />
        )}
        <Group justify="flex-end" mt="sm">
          <Button
            variant="default"
            size="lg"
            onClick={onClose}
            disabled={busy && !paying.showing}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t(content.taken.length > 0 ? 'common.close' : 'common.cancel')}
          </Button>
          <Button
            ref={finish}
            type="submit"
            size="lg"
            disabled={!mayFinish}
            loading={busy && !paying.showing}
            rightSection={<KeyHint keys="Enter" />}
            data-autofocus={open ? undefined : true}
          >
            {t(newPrice ? 'pay.useNewPrice' : paying.isAwaited ? 'pay.qris.open' : 'pay.finish')}
          </Button>
        </Group>
      </form>
      {paying.approval}
      {removal.approval}
    </Dialog>
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

function QuickKeys(props: { paying: Paying; cashDueRupiah: Rupiah; onChosen: () => void }) {
  const { typed, setTyped, payment } = props.paying;
  const tendered = payment.state === 'open' ? payment.tenderedRupiah : undefined;
  return (
    <div className={styles.quick}>
      {quickCashKeys(props.cashDueRupiah).map((amount, index) => (
        <button
          type="button"
          key={amount}
          tabIndex={-1}
          aria-pressed={typed !== '' && tendered === amount}
          onClick={() => {
            setTyped(String(index + 1));
            props.onChosen();
          }}
        >
          {moneyText(amount)}
          <KeyHint keys={String(index + 1)} />
        </button>
      ))}
    </div>
  );
}
