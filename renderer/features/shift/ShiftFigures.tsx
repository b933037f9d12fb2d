import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { CashFigures, shiftSummary } from '../../../shared/contract/shift.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Shift.module.css';

type Summary = OutputOf<typeof shiftSummary>;

/** The figures that change what a drawer holds, in the order of a report; -1 for what leaves it. */
const movements: readonly (readonly [keyof CashFigures, 1 | -1])[] = [
  ['salesCashRupiah', 1],
  ['refundsCashRupiah', -1],
  ['inRupiah', 1],
  ['outRupiah', -1],
  ['dropsRupiah', -1],
  ['payoutsRupiah', -1],
  ['purchasesRupiah', -1],
  ['buyerPaymentsRupiah', -1],
  ['vendorPaymentsRupiah', 1],
  ['fromDrawersRupiah', 1],
  ['toDrawersRupiah', -1],
];

/** Why a drawer holds what it holds: only what moved, then the sum. `sinceCount`: it begins with a count, as a safe's. */
export function CashLines({ figures, sinceCount = false }: { figures: CashFigures; sinceCount?: boolean }) {
  const { t } = useTranslation();
  const moved = movements.filter(([key]) => figures[key] !== 0);
  return (
    <dl className={styles.figures}>
      <Figure
        name={t(sinceCount ? 'figures.lastCount' : 'figures.floatRupiah')}
        text={moneyText(figures.floatRupiah)}
      />
      {moved.map(([key, sign]) => (
        // 0 - x and not -x: there is no minus nought.
        <Figure
          key={key}
          name={t(`figures.${key}`)}
          text={moneyText(sign > 0 ? figures[key] : 0 - figures[key])}
        />
      ))}
      <Figure name={t('figures.expectedRupiah')} text={moneyText(figures.expectedRupiah)} strong />
    </dl>
  );
}

/** X and Z report on the screen. For the office: it shows the expected cash. */
export function ShiftFigures({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  return (
    <div className={styles.report}>
      <section aria-label={t('figures.cash')}>
        <h3>{t('figures.cash')}</h3>
        <CashLines figures={summary} />
      </section>
      <section aria-label={t('figures.sales')}>
        <h3>{t('figures.sales')}</h3>
        <SalesLines summary={summary} />
      </section>
      {summary.denominations.length > 0 && (
        <section aria-label={t('figures.counted')}>
          <h3>{t('figures.counted')}</h3>
          <dl className={styles.figures}>
            {summary.denominations.map(({ valueRupiah, pieces }) => (
              <Figure
                key={valueRupiah}
                name={`${moneyText(valueRupiah)} × ${pieces}`}
                text={moneyText(valueRupiah * pieces)}
              />
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function SalesLines({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const { sales, salesRupiah, roundingRupiah, tenders, refunds, refundsRupiah } = summary;
  return (
    <dl className={styles.figures}>
      <Figure name={t('figures.salesCount', { count: sales })} text={moneyText(salesRupiah)} strong />
      {tenders.map(({ kind, amountRupiah }) => (
        <Figure key={kind} name={t(`tender.${kind}`)} text={moneyText(amountRupiah)} />
      ))}
      {roundingRupiah !== 0 && <Figure name={t('figures.rounding')} text={moneyText(roundingRupiah)} />}
      {refunds > 0 && (
        <Figure name={t('figures.refunds', { count: refunds })} text={moneyText(0 - refundsRupiah)} />
      )}
    </dl>
  );
}

function Figure({ name, text, strong = false }: { name: string; text: string; strong?: boolean }) {
  return (
    <>
      <dt className={strong ? styles.strong : undefined}>{name}</dt>
      <dd className={strong ? styles.strong : undefined}>{text}</dd>
    </>
  );
}
