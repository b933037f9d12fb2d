import { IconPrinter, IconPrinterOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { printJobs } from '../../../shared/contract/printing.ts';
import chrome from '../../app/Shell.module.css';
import { useQuery } from '../../engine/use-query.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PrintJobsDialog } from './PrintJobsDialog.tsx';

/** How the printers stand and how many papers have not come out. Never blocks; F9 opens the list. */
export function PrintBadge() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { value } = useQuery(printJobs, {}, ['print', 'sales']);
  useKeys({ F9: () => setOpen(true) });
  const { label, alarm } = badgeOf(t, value);
  return (
    <>
      <button
        type="button"
        className={alarm ? `${chrome.chip} ${chrome.alarm}` : chrome.chip}
        aria-keyshortcuts="F9"
        onClick={() => setOpen(true)}
        data-testid="print-badge"
      >
        {alarm ? <IconPrinterOff size={18} aria-hidden /> : <IconPrinter size={18} aria-hidden />}
        {label}
        <KeyHint keys="F9" />
      </button>
      {open && value && <PrintJobsDialog state={value} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A printer in trouble comes before papers that need somebody, those before papers that wait. */
function badgeOf(
  t: TFunction,
  state: OutputOf<typeof printJobs> | undefined,
): { label: string; alarm: boolean } {
  const { waiting = 0, unconfirmed = 0, failed = 0, printers = [] } = state ?? {};
  const ill = printers.find((printer) => printer.state === 'trouble');
  if (ill) {
    const count = waiting + unconfirmed + failed;
    return {
      label: t('print.printerTrouble', { drawer: ill.drawerCode }) + (count > 0 ? ` · ${count}` : ''),
      alarm: true,
    };
  }
  if (unconfirmed + failed > 0)
    return { label: t('print.trouble', { count: unconfirmed + failed }), alarm: true };
  if (waiting > 0) return { label: t('print.waiting', { count: waiting }), alarm: false };
  return { label: t(state && printers.length === 0 ? 'print.noPrinter' : 'print.fine'), alarm: false };
}
