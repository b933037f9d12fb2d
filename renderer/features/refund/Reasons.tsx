import { useTranslation } from 'react-i18next';
import { refundReasons } from '../../../shared/contract/refund.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Refund.module.css';

export type Reason = (typeof refundReasons)[number];

/** The reason behind key 1, 2 or 3. */
export function reasonOfKey(key: string): Reason {
  return refundReasons[Number(key) - 1] ?? refundReasons[0];
}

/** Why it comes back: the reason decides who bears it, so none is chosen before a person says so. */
export function Reasons(props: { reason: Reason | undefined; onReason: (reason: Reason) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.reasons}>
      <legend>{t('refund.why')}</legend>
      {refundReasons.map((reason, index) => (
        <button
          key={reason}
          type="button"
          aria-pressed={reason === props.reason}
          aria-keyshortcuts={String(index + 1)}
          // The keys stay with the lines.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onReason(reason)}
        >
          <KeyHint keys={String(index + 1)} />
          <span>
            <strong>{t(`refund.reason.${reason}`)}</strong>
            <small>{t(`refund.bears.${reason}`)}</small>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
