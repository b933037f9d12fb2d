import { IconDiscount2, IconDots, IconHandStop, IconHash, IconList, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Till.module.css';
import type { TillActions } from './till-actions.ts';

/** What can be done with the basket besides paying: by key, by mouse and by touch, always in sight. */
export const ActionBar = memo(function ActionBar({ actions }: { actions: TillActions }) {
  const { t } = useTranslation();
  const isEmpty = basket((state) => state.lines.length === 0);
  const isMoving = basket((state) => state.moving !== undefined);
  const buttons = [
    isEmpty
      ? { name: 'tickets', keys: 'F3', icon: IconList, run: actions.park, needsBasket: true }
      : { name: 'hold', keys: 'F3', icon: IconHandStop, run: actions.park, needsBasket: true },
    { name: 'quantity', keys: 'F4', icon: IconHash, run: actions.quantity, needsLines: true },
    { name: 'discount', keys: 'F5', icon: IconDiscount2, run: actions.discount, needsLines: true },
    { name: 'clear', keys: 'Ctrl Del', icon: IconTrash, run: actions.clear, needsLines: true },
    { name: 'menu', keys: 'F10', icon: IconDots, run: actions.menu },
  ] as const;
  return (
    <div className={styles.actions} role="toolbar" aria-label={t('till.actions')}>
      {buttons.map(({ name, keys, icon: Icon, run, ...button }) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          disabled={
            ('needsLines' in button && (isEmpty || isMoving)) || ('needsBasket' in button && isMoving)
          }
          aria-keyshortcuts={keys.replace('Ctrl Del', 'Control+Delete')}
          // The search field keeps the focus: the till stays ready for a scan.
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        >
          <Icon size={18} stroke={1.8} aria-hidden />
          <span>{t(`till.action.${name}`)}</span>
          <KeyHint keys={keys} />
        </button>
      ))}
    </div>
  );
});
