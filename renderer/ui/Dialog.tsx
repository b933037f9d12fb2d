import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyBindings, useKeys } from './keys.ts';

/** A dialog: holds the focus, shuts out the keys of the page below, gives the focus back, closes with Escape. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  size?: string;
  keys?: KeyBindings;
  /** A dialog that has to be answered has no way out but its own keys. */
  mustAnswer?: boolean;
}) {
  const { t } = useTranslation();
  useKeys(props.keys ?? {}, { modal: true });
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'md'}
      closeOnEscape={!props.mustAnswer}
      closeOnClickOutside={false}
      withCloseButton={!props.mustAnswer}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      styles={{ title: { fontWeight: 650, fontSize: '1.15rem' } }}
    >
      {props.children}
    </Modal>
  );
}
