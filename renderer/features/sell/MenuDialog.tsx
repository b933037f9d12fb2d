import {
  IconBus,
  IconCashBanknote,
  IconCopy,
  IconDeviceDesktop,
  IconReceiptOff,
  IconReceiptRefund,
  IconReportMoney,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type TillDialog, tillDialog } from '../../stores/till-dialog.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useMenuKeys } from '../../ui/use-menu-keys.ts';
import { openBuyerDisplay } from '../display/open.ts';
import styles from './Dialogs.module.css';
import { isLocked } from './locked.ts';

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
export function MenuDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();

  function open(name: EntryName): void {
    onClose();
    if (name === 'visit' && isLocked()) return;
    if (name === 'display') openBuyerDisplay();
    else tillDialog.getState().open({ name });
  }

  const { list, press } = useMenuKeys((digit) => {
    const entry = ENTRIES[digit - 1];
    if (entry) open(entry.name);
  });

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
