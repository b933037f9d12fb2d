import { useTranslation } from 'react-i18next';
import { printJobs } from '../../../shared/contract/printing.ts';
import { useQuery } from '../../engine/use-query.ts';
import type { LastSale } from '../../stores/till.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './SaleDone.module.css';

/** The change, huge, until the next scan. */
export function SaleDone({ sale }: { sale: LastSale }) {
  const { t } = useTranslation();
  const { changeRupiah, tenders } = sale;
  const hasCash = tenders.some(({ kind }) => kind === 'cash');
  const isSplit = tenders.length > 1 || !hasCash;
  const exact = hasCash ? t('till.exact') : moneyText(sale.totalRupiah);
  return (
    <div className={styles.done} role="status">
      <h2>{t(changeRupiah === 0 ? 'till.exactTitle' : 'till.change')}</h2>
      <span
        className={changeRupiah === 0 ? `${styles.change} ${styles.exact}` : styles.change}
        data-testid="change"
      >
        {changeRupiah === 0 ? exact : moneyText(changeRupiah)}
      </span>
      <dl className={styles.facts}>
        <div>
          <dt>{t('till.receipt')}</dt>
          <dd data-testid="receipt-number">{sale.number}</dd>
        </div>
        {isSplit && (
          <div>
            <dt>{t('till.total')}</dt>
            <dd>{moneyText(sale.totalRupiah)}</dd>
          </div>
        )}
        {isSplit &&
          tenders.map(({ kind, amountRupiah }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished sale's tenders stay where they are
            <div key={index}>
              <dt>{t(`tender.${kind}`)}</dt>
              <dd>{moneyText(kind === 'cash' ? sale.cashDueRupiah : amountRupiah)}</dd>
            </div>
          ))}
        {!isSplit && (
          <div>
            <dt>{t('till.cashDue')}</dt>
            <dd>{moneyText(sale.cashDueRupiah)}</dd>
          </div>
        )}
        {hasCash && (
          <div>
            <dt>{t('till.tendered')}</dt>
            <dd>{moneyText(sale.tenderedRupiah)}</dd>
          </div>
        )}
      </dl>
      {sale.oversold > 0 && <p>{t('till.oversold', { count: sale.oversold })}</p>}
      <PaperTrouble number={sale.number} />
      <p className={styles.next}>{t('till.nextScan')}</p>
    </div>
  );
}

/** This very receipt has not come out, as far as anybody knows; the sale is done all the same. */
function PaperTrouble({ number }: { number: string }) {
  const { t } = useTranslation();
  const jobs = useQuery(printJobs, {}, ['print', 'sales']).value?.jobs ?? [];
  const job = jobs.find((each) => each.number === number && each.kind === 'receipt');
  if (!job || job.state === 'queued' || job.state === 'sending' || job.state === 'sent') return null;
  return (
    <WarningBox>
      {t(job.state === 'unconfirmed' ? 'till.maybeNotOnPaper' : 'till.notOnPaper')} · <KeyHint keys="F9" />{' '}
      {t('till.openPrintJobs')}
    </WarningBox>
  );
}
