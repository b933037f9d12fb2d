import { Button, Group, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentReprint } from '../../../shared/contract/printing.ts';
import { qrisSeen } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { useCommand } from '../../engine/use-command.ts';
import { basket, type ShownQris, type TakenPart } from '../../stores/basket.ts';
import { buyerView } from '../../stores/buyer-view.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import styles from './Pay.module.css';

/** The contract's form of what is typed of a notification. */
const REFERENCE = /^[A-Za-z0-9]{4,30}$/;

/**
 * The code, large, for the buyer's phone; then the last digits of the provider's own notification, because a payment
 * cannot be proven here. Whoever goes back finds the code again among the parts of the payment.
 */
export function QrisDialog(props: {
  part: TakenPart;
  shown: ShownQris;
  shift: ShiftView;
  /** The center completes sales whose payment nobody saw. */
  suffices: boolean;
  /** Nothing but this code was taken, so that the basket can wait in the code's ticket. */
  mayLeave: boolean;
  onSeen: (reference: string | undefined) => void;
  onBack: () => void;
  /** The next buyer is served; the ticket holds this basket. */
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { shown, suffices } = props;
  const { hasPrinter } = props.shift;
  const { amountRupiah } = props.part;
  const [typed, setTyped] = useState('');
  const [isShort, setShort] = useState(false);
  const [isPrinted, setPrinted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const seen = useCommand(qrisSeen);
  const print = useCommand(documentReprint);
  const reference = typed.replace(/\s/g, '');
  const mayLeave = props.mayLeave && !seen.busy;

  useEffect(() => {
    buyerView.getState().showQris({ amountRupiah, code: shown.code, payload: shown.payload });
    return () => buyerView.getState().showQris(null);
  }, [amountRupiah, shown.code, shown.payload]);

  async function confirm(): Promise<void> {
    if (reference === '' && suffices) return props.onSeen(undefined);
    if (!REFERENCE.test(reference)) return setShort(true);
    const answer = await seen.run({ ticket: shown.ticket, reference });
    if (answer?.outcome === 'ok') props.onSeen(reference);
    else field.current?.focus();
  }

  async function putOnPaper(): Promise<void> {
    const answer = await print.run({ document: shown.ticket, drawer: props.shift.drawer });
    if (answer?.outcome === 'ok') setPrinted(true);
  }

  function leave(): void {
    notify(t('pay.qris.waits', { code: shown.code }));
    basket.getState().clear();
    props.onLeave();
  }

  useKeys({
    // A notification's digits never begin with it while the field is empty.
    p: () => typed === '' && hasPrinter && void putOnPaper(),
    F3: () => mayLeave && leave(),
  });

  return (
    <Dialog
      title={`${t('tender.qris')} · ${t('pay.qris.code', { code: shown.code })}`}
      size="58rem"
      onClose={props.onBack}
      mustAnswer={seen.busy}
    >
      <form
        className={styles.qris}
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <QrCode
          text={shown.payload}
          label={t('pay.qris.picture', { amount: moneyText(amountRupiah) })}
          className={styles.code as string}
        >
          {t('pay.qris.drawing')}
        </QrCode>
        <div className={styles.qrisSide}>
          <Text>{t('pay.qris.show')}</Text>
          <output className={styles.partAmount} data-testid="qris-amount">
            {moneyText(amountRupiah)}
          </output>
          <TextInput
            ref={field}
            size="lg"
            label={t('pay.qris.reference')}
            description={suffices ? t('pay.qris.suffices') : t('pay.qris.proof')}
            autoComplete="off"
            maxLength={30}
            data-autofocus
            value={typed}
            readOnly={seen.busy}
            error={isShort ? t('pay.qris.referenceShort') : undefined}
            onChange={(event) => {
              setShort(false);
              setTyped(event.currentTarget.value);
            }}
          />
          <ProblemBox problem={seen.problem ?? print.problem} />
          {isPrinted && <WarningBox tone="good">{t('pay.qris.printed')}</WarningBox>}
          {!hasPrinter && <Text c="dimmed">{t('pay.qris.noPrinter')}</Text>}
          <Button
            type="submit"
            size="lg"
            fullWidth
            loading={seen.busy}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('pay.qris.seen')}
          </Button>
          <Group grow>
            {hasPrinter && (
              <Button
                variant="default"
                tabIndex={-1}
                loading={print.busy}
                onClick={() => {
                  void putOnPaper();
                  field.current?.focus();
                }}
                aria-keyshortcuts="P"
                rightSection={<KeyHint keys="P" />}
              >
                {t('pay.qris.print')}
              </Button>
            )}
            <Button
              variant="default"
              onClick={props.onBack}
              disabled={seen.busy}
              rightSection={<KeyHint keys="Esc" />}
            >
              {t('common.back')}
            </Button>
          </Group>
          {props.mayLeave && (
            <Button
              variant="subtle"
              tabIndex={-1}
              onClick={leave}
              disabled={!mayLeave}
              aria-keyshortcuts="F3"
              rightSection={<KeyHint keys="F3" />}
            >
              {t('pay.qris.next')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
