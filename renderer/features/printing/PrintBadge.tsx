import { IconPrinter, IconPrinterOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { printJobs } from '../../../shared/contract/printing.ts';
import chrome from '../../app/Shell.module.css';
import { useQuery } from '../../engine/use-query.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PrintJobsDialog } from './PrintJobsDialog.tsx';

/** How many papers have not come out. Never blocks; F9 opens the list. */
export function PrintBadge() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const jobs = useQuery(printJobs, {}, ['print', 'sales']);
  useKeys({ F9: () => setOpen(true) });
  const { waiting = 0, unconfirmed = 0, failed = 0 } = jobs.value ?? {};
  const trouble = unconfirmed + failed;
  const label =
    trouble > 0
      ? t('print.trouble', { count: trouble })
      : waiting > 0
        ? t('print.waiting', { count: waiting })
        : t('print.fine');
  return (
    <>
      <button
        type="button"
        className={trouble > 0 ? `${chrome.chip} ${chrome.alarm}` : chrome.chip}
        aria-keyshortcuts="F9"
        onClick={() => setOpen(true)}
        data-testid="print-badge"
      >
        {trouble > 0 ? <IconPrinterOff size={18} aria-hidden /> : <IconPrinter size={18} aria-hidden />}
        {label}
        <KeyHint keys="F9" />
      </button>
      {open && <PrintJobsDialog jobs={jobs.value?.jobs ?? []} onClose={() => setOpen(false)} />}
    </>
  );
}
