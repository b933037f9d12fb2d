import { Button } from '@mantine/core';
import { IconCash, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { documentReprint } from '../../../shared/contract/printing.ts';
import { cashList, type DrawerView } from '../../../shared/contract/shift.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import styles from './Shift.module.css';

const SHOWN_MOVES = 50;

/** Cash moved by hand, newest first, of every drawer and the safe. */
export function CashMoves(props: { drawers: readonly DrawerView[] }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(cashList, { limit: SHOWN_MOVES }, ['shift']);
  const drawerOf = (code: string) => props.drawers.find((drawer) => drawer.code === code);
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
              <th scope="col">{t('moves.slip')}</th>
            </tr>
          </thead>
          <tbody>
            {value.moves.map((move) => (
              <MoveRow key={move.move} move={move} drawer={drawerOf(move.drawerCode)} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type Move = OutputOf<typeof cashList>['moves'][number];

function MoveRow({ move, drawer }: { move: Move; drawer: DrawerView | undefined }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        {move.number}
        <br />
        <span className={table.dim}>{isBusinessDay(move.day) ? formatDay(move.day) : move.day}</span>
      </td>
      <td>{move.drawerCode}</td>
      <td>
        {whatText(t, move)}
        {move.reversed && <span className={table.dim}> · {t('moves.reversed')}</span>}
      </td>
      <td>{move.memo}</td>
      <td>{move.username}</td>
      <td className={table.number}>
        {moneyText(move.direction === 'in' ? move.amountRupiah : 0 - move.amountRupiah)}
      </td>
      <td>{drawer?.printer && <SlipButton move={move} drawer={drawer.drawer} />}</td>
    </tr>
  );
}

/** `Kas keluar · Biaya · Listrik`: what it was, from the widest word to the narrowest. */
function whatText(t: ReturnType<typeof useTranslation>['t'], { direction, kind, category }: Move): string {
  const words = [t(`cash.${direction}`)];
  if (direction !== 'drop') words.push(t(`cash.kind.${kind}`));
  // A category of another program's making has no word of ours.
  if (category) words.push(t(`cash.category.${category}`, { defaultValue: category }));
  return words.join(' · ');
}

function SlipButton({ move, drawer }: { move: Move; drawer: number }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(documentReprint);

  async function print(): Promise<void> {
    const answer = await run({ document: move.move, drawer });
    if (answer?.outcome === 'ok') notify(t('moves.printed', { number: move.number }));
  }

  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        loading={busy}
        leftSection={<IconPrinter size={16} aria-hidden />}
        aria-label={t('moves.printOf', { number: move.number })}
        onClick={() => void print()}
      >
        {t('moves.print')}
      </Button>
      <ProblemBox problem={problem} />
    </>
  );
}
