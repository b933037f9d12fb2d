import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { refundComplete } from '../../../shared/contract/refund.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { useDialogScans } from '../../ui/use-dialog-scans.ts';
import styles from './Refund.module.css';

/** What to hand out now, huge, and what the buyer gets later. */
export function RefundDone(props: {
  result: OutputOf<typeof refundComplete>;
  title: string;
  /** A slip comes out of this till's printer. */
  hasSlip: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { number, netRupiah, cashRupiah, buyerDueRupiah } = props.result;
  const onlyOwed = cashRupiah === 0 && buyerDueRupiah > 0;
  // The sum stays until the next scan, as change does; that scan is the till's. A key too many must not hide it.
  const close = () => {
    notify(t('refund.notice', { number, amount: moneyText(onlyOwed ? buyerDueRupiah : cashRupiah) }));
    props.onClose();
  };
  useDialogScans(close);
  return (
    <Dialog title={props.title} size="lg" onClose={close} scans="pass">
      <div className={styles.done} role="status">
        <h2>{t(onlyOwed ? 'refund.noCash' : 'refund.handOut')}</h2>
        <span className={styles.huge} data-testid={onlyOwed ? 'refund-owed' : 'refund-hand-out'}>
          {moneyText(onlyOwed ? buyerDueRupiah : cashRupiah)}
        </span>
        {buyerDueRupiah > 0 && (
          <p className={styles.owed}>
            {onlyOwed ? t('refund.allOwed') : t('refund.owedDone', { amount: moneyText(buyerDueRupiah) })}
          </p>
        )}
        <dl className={styles.facts}>
          <div>
            <dt>{t('refund.number')}</dt>
            <dd data-testid="refund-number">{number}</dd>
          </div>
          <div>
            <dt>{t('refund.worth')}</dt>
            <dd>{moneyText(netRupiah)}</dd>
          </div>
        </dl>
        {props.hasSlip && <p className={styles.lead}>{t('refund.slip')}</p>}
      </div>
      <Group justify="flex-end">
        <Button size="md" data-autofocus onClick={close} rightSection={<KeyHint keys="Enter" />}>
          {t('refund.close')}
        </Button>
      </Group>
    </Dialog>
  );
}
