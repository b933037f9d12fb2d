import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useMenuKeys } from '../../ui/use-menu-keys.ts';
import styles from './Shift.module.css';

/** A few large answers, each with its digit. */
export function CashChoice<T extends string>(props: {
  choices: readonly { value: T; text: string; hint: string }[];
  onChoose: (value: T) => void;
  onBack?: () => void;
}) {
  const { t } = useTranslation();
  const { list, press } = useMenuKeys((digit) => {
    const choice = props.choices[digit - 1];
    if (choice) props.onChoose(choice.value);
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to whichever button has the focus
    <div className={styles.choices} ref={list} onKeyDown={press}>
      {props.choices.map(({ value, text, hint }, index) => (
        <button
          type="button"
          key={value}
          className={styles.choice}
          ref={index === 0 ? takeFocus : undefined}
          data-autofocus={index === 0 || undefined}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => props.onChoose(value)}
        >
          <KeyHint keys={String(index + 1)} />
          <span>
            <strong>{text}</strong>
            <small>{hint}</small>
          </span>
        </button>
      ))}
      {props.onBack && (
        <Button variant="default" onClick={props.onBack}>
          {t('common.back')}
        </Button>
      )}
    </div>
  );
}

/** The next question takes the focus from the answer that is gone. */
function takeFocus(element: HTMLButtonElement | null): void {
  element?.focus();
}
