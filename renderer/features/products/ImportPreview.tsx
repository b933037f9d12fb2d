import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { importRead, SheetProblem } from '../../../shared/contract/product.ts';
import { formatNumber } from '../../../shared/domain/money.ts';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import styles from './Import.module.css';

/** What an import would do: how many rows are ready, which are not and why, and the first of them. */
export function ImportPreview({ read }: { read: OutputOf<typeof importRead> }) {
  const { t } = useTranslation();
  return (
    <div data-testid="import-preview">
      <div className={styles.counts} role="status">
        <div>
          <span>{t('import.rows')}</span>
          <strong>{formatNumber(read.rows)}</strong>
        </div>
        <div>
          <span>{t('import.ready')}</span>
          <strong className={styles.good}>{formatNumber(read.ready)}</strong>
        </div>
        <div>
          <span>{t('import.problems')}</span>
          <strong className={read.problemCount > 0 ? styles.bad : undefined}>
            {formatNumber(read.problemCount)}
          </strong>
        </div>
      </div>
      {read.problemCount > 0 && (
        <WarningBox>{t(read.prepared ? 'import.someProblems' : 'import.notReady')}</WarningBox>
      )}
      {read.problems.length > 0 && <ProblemTable title={t('import.problems')} problems={read.problems} />}
      {read.warnings.length > 0 && <ProblemTable title={t('import.warnings')} problems={read.warnings} />}
      {read.sample.length > 0 && (
        <>
          <h2>{t('import.sample')}</h2>
          <div className={table.frame}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('products.vendor')}</th>
                  <th scope="col">{t('products.code')}</th>
                  <th scope="col">{t('products.name')}</th>
                  <th scope="col" className={table.number}>
                    {t('products.netPrice')}
                  </th>
                  <th scope="col" className={table.number}>
                    {t('products.price')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {read.sample.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a sample is shown once and never changes
                  <tr key={index}>
                    <td>{row.vendor}</td>
                    <td>{row.barcode ?? '–'}</td>
                    <td>{row.name}</td>
                    <td className={table.number}>
                      {row.netPriceRupiah === null ? '–' : moneyText(row.netPriceRupiah)}
                    </td>
                    <td className={`${table.number} ${table.strong}`}>{moneyText(row.priceRupiah)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

function ProblemTable({ title, problems }: { title: string; problems: SheetProblem[] }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{title}</h2>
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.number}>
                {t('import.row')}
              </th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.cell')}</th>
              <th scope="col">{t('import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and never changes
              <tr key={index}>
                <td className={table.number}>{problem.row}</td>
                <td>{problem.column}</td>
                <td>{problem.text}</td>
                <td>{t([`import.why.${problem.name}`, 'import.why.other'])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
