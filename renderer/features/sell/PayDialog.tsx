import { Button, Group, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterView } from '../../../shared/contract/center.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { newCommandId } from '../../engine/client.ts';
import { noticeProblem } from '../../engine/notices.ts';
import type { Problem } from '../../engine/problem.ts';
import { basket, basketInput, totalRupiah } from '../../stores/basket.ts';
import { connection } from '../../stores/connection.ts';
import { till } from '../../stores/till.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { createScanReader } from '../../ui/scanner.ts';
import styles from './Pay.module.css';
import { PriceChanged, priceChangeOf } from './PriceChanged.tsx';
import { cashDueOf } from './TotalPanel.tsx';
import { quickCashKeys, readTendered } from './tendered.ts';

/** No banknote has so many digits: what a scanner typed into the amount is not money. */
const SCANNED_LENGTH = 8;

/** Cash: Enter alone is the exact amount; a note or one digit, then Enter, is with change. */
export function PayDialog(props: { shift: ShiftView; center: CenterView; onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const { lines } = content;
  const connected = connection((state) => state.connected);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [scanned, setScanned] = useState(false);
  const underWay = useRef(false);
  const reader = useRef(createScanReader());
  const field = useRef<HTMLInputElement>(null);

  const total = totalRupiah(content);
  const due = cashDueOf(total, props.center.cashRounding);
  const tendered = readTendered(typed, due);
  const quick = quickCashKeys(due);
  const change = tendered === undefined ? undefined : tendered - due;
  const newPrice = priceChangeOf(problem);

  async function pay(): Promise<void> {
    if (underWay.current) return;
    if (newPrice) {
      basket.getState().setPrice(newPrice.product, newPrice.currentRupiah);
      setProblem(undefined);
      return;
    }
    if (tendered === undefined || change === undefined || change < 0) return;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    const id = newCommandId();
    const answer = await till.getState().pay({
      id,
      input: {
        shift: props.shift.shift,
        ...basketInput(content),
        totalRupiah: total,
        tenders: [{ kind: 'cash', amountRupiah: tendered }],
      },
      totalRupiah: total,
      tenderedRupiah: tendered,
      lines,
      at: Date.now(),
      state: 'sent',
    });
    underWay.current = false;
    setBusy(false);
    if (answer.kind === 'refused') {
      setProblem(answer.problem);
      noticeProblem(answer.problem);
      field.current?.focus();
      return;
    }
    // Done, or unanswered and then a ticket of its own: either way this basket is no longer for sale.
    basket.getState().clear();
    props.onClose();
  }

  function press(event: KeyboardEvent): void {
    const burst = reader.current.take(event.key, event.timeStamp);
    if (burst === undefined || burst.length < SCANNED_LENGTH) return;
    event.preventDefault();
    setTyped('');
    setScanned(true);
    beepUnknown();
  }

  return (
    <Dialog title={t('pay.title')} size="lg" onClose={props.onClose} mustAnswer={busy}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void pay();
        }}
      >
        <div className={styles.payTop}>
          <div className={styles.figure}>
            <span>{t('pay.due')}</span>
            <b data-testid="cash-due">{moneyText(due)}</b>
            {due !== total && <small>{t('pay.rounded', { total: moneyText(total) })}</small>}
          </div>
          <ChangeFigure change={change} />
        </div>
        <TextInput
          ref={field}
          size="xl"
          label={t('pay.tendered')}
          placeholder={t('pay.exactHint', { amount: moneyText(due) })}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          leftSection="Rp"
          value={typed}
          readOnly={busy}
          onKeyDown={press}
          onChange={(event) => {
            setScanned(false);
            setTyped(event.currentTarget.value);
          }}
        />
        <div className={styles.quick}>
          {quick.map((amount, index) => (
            <button
              type="button"
              key={amount}
              tabIndex={-1}
              aria-pressed={tendered === amount}
              onClick={() => {
                setTyped(String(index + 1));
                field.current?.focus();
              }}
            >
              {moneyText(amount)}
              <KeyHint keys={String(index + 1)} />
            </button>
          ))}
        </div>
        {busy && !connected && <WarningBox>{t('pay.waiting')}</WarningBox>}
        {scanned && <WarningBox>{t('pay.scanned')}</WarningBox>}
        {newPrice ? <PriceChanged change={newPrice} /> : <ProblemBox problem={problem} />}
        <Group justify="flex-end" mt="sm">
          <Button
            variant="default"
            size="lg"
            onClick={props.onClose}
            disabled={busy}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            size="lg"
            disabled={change === undefined || change < 0}
            loading={busy}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t(newPrice ? 'pay.useNewPrice' : 'pay.finish')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function ChangeFigure({ change }: { change: number | undefined }) {
  const { t } = useTranslation();
  if (change === undefined || change < 0) {
    return (
      <div className={`${styles.figure} ${styles.short}`} role="status">
        <span>{t('pay.short')}</span>
        <b>{change === undefined ? '–' : moneyText(-change)}</b>
      </div>
    );
  }
  return (
    <div className={`${styles.figure} ${styles.give}`} role="status">
      <span>{t('till.change')}</span>
      <b>{moneyText(change)}</b>
    </div>
  );
}
