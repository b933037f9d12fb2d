import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { basket, totalRupiah } from '../../stores/basket.ts';
import { connection } from '../../stores/connection.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { CashEntry } from './CashEntry.tsx';
import { Figures } from './Figures.tsx';
import { PartsList } from './PartsList.tsx';
import { PriceChanged } from './PriceChanged.tsx';
import type { Paying } from './use-paying.tsx';
import { type Removal, useRemoval } from './use-removal.ts';

/** Cash: Enter alone is the exact amount; a note or one digit, then Enter, is with change. F5 to F7: exact parts. */
export function AmountDialog({ paying, onClose }: { paying: Paying; onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const removal = useRemoval(content.taken, paying.drop);
  const { payment, busy, newPrice } = paying;
  // A code that is on its way may be left: its ticket is found in the list.
  const isSelling = busy && !paying.showing;
  const isAsked = paying.approval !== undefined || removal.approval !== undefined;
  usePayKeys(paying, content.taken.length, removal);
  const { field, finish } = useFocus(paying, content.taken.length, isAsked);

  return (
    <Dialog title={t('pay.title')} size="46rem" onClose={onClose} mustAnswer={isSelling || isAsked}>
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
        {newPrice ? (
          <PriceChanged change={newPrice} onKeep={paying.keepOldPrice} />
        ) : (
          <>
            <PartsList taken={content.taken} onOpen={paying.openQris} onRemove={removal.remove} />
            {removal.isDoubted && <WarningBox>{t('pay.removeQris')}</WarningBox>}
            <ProblemBox problem={removal.problem} />
            {payment.state === 'open' && <CashEntry paying={paying} open={payment} fieldRef={field} />}
            {payment.state === 'over' && (
              <WarningBox tone="bad">
                {t('pay.overText', { amount: moneyText(payment.excessRupiah) })}
              </WarningBox>
            )}
            <Waiting isWaiting={busy} />
            <ProblemBox problem={paying.problem} />
          </>
        )}
        <Group justify="flex-end" mt="sm">
          <Button
            variant="default"
            size="lg"
            onClick={onClose}
            disabled={isSelling}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t(content.taken.length > 0 ? 'common.close' : 'common.cancel')}
          </Button>
          <Button
            ref={finish}
            type="submit"
            size="lg"
            disabled={!mayFinish(paying)}
            loading={isSelling}
            rightSection={<KeyHint keys="Enter" />}
            data-autofocus={payment.state === 'open' ? undefined : true}
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

function mayFinish({ payment, newPrice }: Paying): boolean {
  if (newPrice) return true;
  return payment.state === 'open' ? payment.changeRupiah !== undefined : payment.state === 'paid';
}

function usePayKeys(paying: Paying, parts: number, removal: Removal): void {
  useKeys({
    F4: () => paying.newPrice?.keepAs !== undefined && paying.keepOldPrice(),
    F5: () => paying.begin('qris'),
    F6: () => paying.begin('debit'),
    F7: () => paying.begin('transfer'),
    Delete: () => {
      if (paying.typed !== '' || paying.busy || parts === 0) return false;
      removal.remove(parts - 1);
      return true;
    },
  });
}

/** The keys go where the next Enter is meant: to the amount, or to the end when no amount is left to type. */
function useFocus(paying: Paying, parts: number, isAsked: boolean) {
  const field = useRef<HTMLInputElement>(null);
  const finish = useRef<HTMLButtonElement>(null);
  const { busy, problem, payment } = paying;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every answer and every removed part
  useEffect(() => {
    if (!isAsked && !busy) (field.current ?? finish.current)?.focus();
  }, [isAsked, busy, payment.state, parts, problem]);
  return { field, finish };
}

function Waiting({ isWaiting }: { isWaiting: boolean }) {
  const { t } = useTranslation();
  const connected = connection((state) => state.connected);
  return isWaiting && !connected ? <WarningBox>{t('pay.waiting')}</WarningBox> : null;
}
