import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TakenPart } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Pay.module.css';

/** What came in for this basket so far. */
export function PartsList(props: {
  taken: readonly TakenPart[];
  onOpen: (index: number) => void;
  onRemove: (index: number) => void;
}) {
  const { t } = useTranslation();
  const { taken } = props;
  if (taken.length === 0) return null;
  return (
    <ul className={styles.parts} aria-label={t('pay.taken')} data-testid="parts">
      {taken.map((part, index) => (
        <PartRow
          // biome-ignore lint/suspicious/noArrayIndexKey: two equal parts are two parts; their place tells them apart
          key={index}
          part={part}
          isLast={index === taken.length - 1}
          onOpen={() => props.onOpen(index)}
          onRemove={() => props.onRemove(index)}
        />
      ))}
    </ul>
  );
}

function PartRow(props: { part: TakenPart; isLast: boolean; onOpen: () => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const { kind, amountRupiah, reference, qris } = props.part;
  const name = `${t(`tender.${kind}`)} ${moneyText(amountRupiah)}`;
  const details = [
    qris?.code,
    reference && `…${reference}`,
    qris && t(qris.seen ? 'pay.seenQris' : 'pay.waitingQris'),
  ].filter(Boolean);
  return (
    <li className={styles.partRow}>
      <span className={styles.partName}>
        {t(`tender.${kind}`)}
        <small>{details.join(' · ')}</small>
      </span>
      {qris && !qris.seen && (
        <button type="button" tabIndex={-1} className={styles.link} onClick={props.onOpen}>
          {t('pay.qris.open')}
        </button>
      )}
      <b>{moneyText(amountRupiah)}</b>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        tabIndex={-1}
        aria-label={t('pay.remove', { part: name })}
        aria-keyshortcuts={props.isLast ? 'Delete' : undefined}
        onClick={props.onRemove}
      >
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
      <span className={styles.partKey}>{props.isLast && <KeyHint keys="Del" />}</span>
    </li>
  );
}
