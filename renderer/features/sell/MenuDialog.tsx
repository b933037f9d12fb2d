import {
  IconBus,
  IconCashBanknote,
  IconCopy,
  IconDeviceDesktop,
  IconReceiptOff,
  IconReceiptRefund,
  IconReportMoney,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type TillDialog, tillDialog } from '../../stores/till-dialog.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { SCAN_GAP_MS } from '../../ui/scanner.ts';
import styles from './Dialogs.module.css';

/** In the order of their digits, from 1. */
const ENTRIES = [
  { name: 'find-receipt', icon: IconReceiptRefund },
  { name: 'void', icon: IconReceiptOff },
  { name: 'reprint', icon: IconCopy },
  { name: 'cash', icon: IconCashBanknote },
  { name: 'shift-report', icon: IconReportMoney },
  { name: 'display', icon: IconDeviceDesktop },
  { name: 'visit', icon: IconBus },
] as const satisfies readonly { name: TillDialog['name'] | 'display'; icon: typeof IconBus }[];

type EntryName = (typeof ENTRIES)[number]['name'];

/** What a till does besides selling: by its digit, by arrows and Enter, by a touch. */
export function MenuDialog({ onDisplay, onClose }: { onDisplay: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);

  function open(name: EntryName): void {
    onClose();
    if (name === 'display') onDisplay();
    else tillDialog.getState().open({ name });
  }
  const pressDigit = useDigit((digit) => {
    const entry = ENTRIES[digit - 1];
    if (entry) open(entry.name);
  });

  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return pressDigit(event);
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  return (
    <Dialog title={t('menu.title')} onClose={onClose} size="md">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to whichever button has the focus */}
      <div className={styles.menu} ref={list} onKeyDown={press}>
        {ENTRIES.map(({ name, icon: Icon }, index) => (
          <button
            key={name}
            type="button"
            data-autofocus={index === 0 || undefined}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => open(name)}
          >
            <KeyHint keys={String(index + 1)} />
            <Icon size={24} stroke={1.6} aria-hidden />
            <span>
              <b>{t(`menu.${name}`)}</b>
              <small>{t(`menu.what.${name}`)}</small>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}

/** Longer than a scanner waits between two keys: a digit that is followed by more was the beginning of a scan. */
const DIGIT_WAIT_MS = SCAN_GAP_MS + 20;

/** A digit pressed alone, with Enter at once. The first digits of a scan are not alone. */
function useDigit(run: (digit: number) => void): (event: KeyboardEvent) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const alone = useRef<number>(undefined);
  return (event) => {
    const digit = alone.current;
    if (event.key === 'Enter' && digit !== undefined) {
      event.preventDefault();
      clearTimeout(timer.current);
      run(digit);
    }
    if (event.key.length !== 1) return;
    const isAlone = timer.current === undefined;
    clearTimeout(timer.current);
    alone.current = isAlone && /^[1-9]$/.test(event.key) ? Number(event.key) : undefined;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (alone.current !== undefined) run(alone.current);
      alone.current = undefined;
    }, DIGIT_WAIT_MS);
  };
}
