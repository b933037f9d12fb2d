import { IconBuildingBank, IconCreditCard, IconQrcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TakenPart } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Pay.module.css';

const methods = [
  { kind: 'qris', keys: 'F5', icon: IconQrcode },
  { kind: 'debit', keys: 'F6', icon: IconCreditCard },
  { kind: 'transfer', keys: 'F7', icon: IconBuildingBank },
] as const;

/** Exact parts: for the amount that is typed, or for all that is left. */
export function Methods(props: {
  onBegin: (kind: TakenPart['kind']) => void;
  disabled: boolean;
  /** A QRIS code is being made. */
  showing: boolean;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.methods} aria-label={t('pay.with')}>
      {methods.map(({ kind, keys, icon: Icon }) => (
        <button
          type="button"
          key={kind}
          tabIndex={-1}
          disabled={props.disabled}
          aria-keyshortcuts={keys}
          aria-busy={props.showing && kind === 'qris'}
          // The amount keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onBegin(kind)}
        >
          <Icon size={22} stroke={1.7} aria-hidden />
          {t(`tender.${kind}`)}
          <KeyHint keys={keys} />
        </button>
      ))}
    </fieldset>
  );
}
