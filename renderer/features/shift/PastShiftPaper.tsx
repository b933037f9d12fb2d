import { useTranslation } from 'react-i18next';
import { type ClosedShiftView, shiftSummary } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { isOffice, session } from '../../stores/session.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { PaperPicture } from '../printing/PaperPicture.tsx';
import { CountResult } from './CountResult.tsx';
import styles from './PastShifts.module.css';
import { ShiftFigures } from './ShiftFigures.tsx';

/**
 * A closing as its paper shows it. `printer`: the drawer it would come out at; without one the same figures stand on the
 * screen alone. A closing's paper is the office's, so a cashier sees what the own count came to and no more.
 */
export function PastShiftPaper(props: { shift: ClosedShiftView; printer: number | undefined }) {
  const { t } = useTranslation();
  const { shift, printer } = props;
  const office = isOffice(session((state) => state.user));
  if (!office) {
    return (
      <div className={styles.figures}>
        <CountResult figures={shift} />
        {printer !== undefined && <p>{t('past.cashier')}</p>}
      </div>
    );
  }
  if (printer === undefined) return <FiguresAlone shift={shift} />;
  return <PaperPicture of={{ of: 'document', document: shift.closing, drawer: printer }} />;
}

function FiguresAlone({ shift }: { shift: ClosedShiftView }) {
  const { value, problem } = useQuery(shiftSummary, { shift: shift.shift });
  return (
    <div className={styles.figures}>
      <CountResult figures={shift} />
      {value ? <ShiftFigures summary={value} /> : <ProblemBox problem={problem} />}
    </div>
  );
}
