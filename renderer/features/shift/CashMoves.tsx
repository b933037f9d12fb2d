import { IconCash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { cashList } from '../../../shared/contract/shift.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import styles from './Shift.module.css';

const SHOWN_MOVES = 50;

/** Cash moved by hand, newest first, of every drawer and the safe. */
export function CashMoves() {
  const { t } = useTranslation();
  const { value, problem } = useQuery(cashList, { limit: SHOWN_MOVES }, ['shift']);
  if (!value) return <ProblemBox problem={problem} />;
  if (value.moves.length === 0) {
    return (
      <Empty icon={<IconCash size={40} stroke={1.3} />} title={t('moves.emptyTitle')}>
        <p>{t('moves.emptyText')}</p>
      </Empty>
    );
  }
  return (
    <>
      <h2 className={styles.drawerName}>{t('moves.title')}</h2>
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('moves.number')}</th>
              <th scope="col">{t('moves.drawer')}</th>
              <th scope="col">{t('moves.what')}</th>
              <th scope="col">{t('moves.memo')}</th>
              <th scope="col">{t('moves.by')}</th>
              <th scope="col" className={table.number}>
                {t('moves.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {value.moves.map((move) => (
              <tr key={move.move}>
                <td>
                  {move.number}
                  <br />
                  <span className={table.dim}>
                    {isBusinessDay(move.day) ? formatDay(move.day) : move.day}
                  </span>
                </td>
                <td>{move.drawerCode}</td>
                <td>
                  {t(`cash.${move.direction}`)}
                  {move.direction !== 'drop' && ` · ${t(`cash.kind.${move.kind}`)}`}
                  {move.category &&
                    ` · ${t([`cash.category.${move.category}`, 'cash.categoryOther'], { category: move.category })}`}
                  {move.reversed && <span className={table.dim}> · {t('moves.reversed')}</span>}
                </td>
                <td>{move.memo}</td>
                <td>{move.username}</td>
                <td className={table.number}>
                  {moneyText(move.direction === 'in' ? move.amountRupiah : 0 - move.amountRupiah)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
