import { useTranslation } from 'react-i18next';
import type { PrinterStateView } from '../../../shared/contract/printing.ts';
import styles from './Printing.module.css';
import { printProblem } from './PrintJobRow.tsx';

/** How each printer stands, in words; trouble with its reason. */
export function PrinterStates({ printers }: { printers: PrinterStateView[] }) {
  const { t } = useTranslation();
  if (printers.length === 0) return <p className={styles.lead}>{t('print.noPrinterText')}</p>;
  return (
    <ul className={styles.printers} aria-label={t('print.printers')}>
      {printers.map((printer) => (
        <li key={printer.drawer} data-state={printer.state}>
          <strong>{printer.drawerCode}</strong> {t(`print.printer.${printer.state}`)}
          {printer.state === 'trouble' && printer.problem && `: ${printProblem(t, printer.problem)}`}
          {printer.waiting > 0 && ` · ${t('print.waiting', { count: printer.waiting })}`}
        </li>
      ))}
    </ul>
  );
}
