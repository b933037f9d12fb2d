import { useTranslation } from 'react-i18next';
import { type StatementMovement, vendorStatement } from '../../../shared/contract/vendor.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Money, moneyText } from '../../ui/Money.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import styles from './Vendors.module.css';

/** Opening, each movement with its document and the balance after it, closing. */
export function VendorBook({ vendor }: { vendor: number }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(vendorStatement, { vendor }, ['sales', 'settlements', 'vendors']);
  if (!value) return <ProblemBox problem={problem} />;
  return (
    <>
      {!value.complete && <WarningBox>{t('book.incomplete')}</WarningBox>}
      <BookTable opening={value.openingRupiah} movements={value.movements} closing={value.closingRupiah} />
      {value.movements.length === 0 && <p>{t('book.empty')}</p>}
    </>
  );
}

export function BookTable(props: { opening: number; movements: StatementMovement[]; closing: number }) {
  const { t } = useTranslation();
  let balance = props.opening;
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('book.day')}</th>
            <th scope="col">{t('book.document')}</th>
            <th scope="col">{t('book.what')}</th>
            <th scope="col" className={table.number}>
              {t('book.amount')}
            </th>
            <th scope="col" className={table.number}>
              {t('book.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className={styles.opening}>
            <td colSpan={4}>{t('book.opening')}</td>
            <td className={table.number}>{moneyText(props.opening)}</td>
          </tr>
          {props.movements.map((movement, index) => {
            balance += movement.amountRupiah;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a book is only ever added to at its end
              <tr key={`${movement.seq}/${index}`}>
                <td>{isBusinessDay(movement.day) ? formatDay(movement.day) : movement.day}</td>
                <td>{movement.number}</td>
                <td>
                  {t([`book.reason.${movement.reason}`, 'book.reason.other'])}
                  {movement.what && <span className={table.dim}> · {movement.what}</span>}
                </td>
                <td className={table.number}>
                  <Money
                    amount={movement.amountRupiah}
                    tone={movement.amountRupiah < 0 ? 'out' : undefined}
                  />
                </td>
                <td className={table.number}>{moneyText(balance)}</td>
              </tr>
            );
          })}
          <tr className={styles.opening}>
            <td colSpan={4}>{t('book.closing')}</td>
            <td className={`${table.number} ${table.strong}`}>{moneyText(props.closing)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
