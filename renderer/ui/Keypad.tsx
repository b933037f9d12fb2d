import { IconBackspace } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Keypad.module.css';

/** Laid out as on a telephone; the empty place keeps 0 in the middle. */
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0'] as const;

/** Digits for a finger. Keeps the focus where it is, so that keys and touch mix. Not in the Tab order. */
export function Keypad({ onDigit, onErase }: { onDigit: (digit: string) => void; onErase: () => void }) {
  const { t } = useTranslation();
  const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();
  return (
    <fieldset className={styles.pad} aria-label={t('common.keypad')}>
      {digits.map((digit) =>
        digit === '' ? (
          <span key="none" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            key={digit}
            onPointerDown={keepFocus}
            onClick={() => onDigit(digit)}
          >
            {digit}
          </button>
        ),
      )}
      <button
        type="button"
        tabIndex={-1}
        onPointerDown={keepFocus}
        onClick={onErase}
        aria-label={t('common.erase')}
      >
        <IconBackspace aria-hidden />
      </button>
    </fieldset>
  );
}
