import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './keys.ts';
import { forgetNotices } from './notify.ts';
import { WarningBox } from './ProblemBox.tsx';
import { type ScansHere, useScanGuard } from './use-scan-guard.ts';

/** A dialog: holds the focus, shuts out the keys of the page below, gives the focus back, closes with Escape. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  /** A function gets the way out that asks first when something would be lost. */
  children: ReactNode | ((close: () => void) => ReactNode);
  size?: string;
  /** A dialog that has to be answered has no way out but its own keys. */
  mustAnswer?: boolean;
  /** What a scan is here; refused when left out. Whoever shows a dialog that lets scans `pass` closes it with them. */
  scans?: ScansHere;
  /** The form inside holds what would be lost: closing asks first. */
  unsaved?: boolean;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [opener] = useState(() => document.activeElement);
  useKeys({}, { modal: true, passScans: props.scans === 'pass' });
  const scannedInVain = useScanGuard(props.scans);
  // Whoever goes on has read what was said in passing, and it would stand before the heading.
  useEffect(forgetNotices, []);
  // Gives the focus back to where it was: a dialog that is taken away by its parent does not do that by itself.
  useEffect(
    () => () => {
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && opener instanceof HTMLElement && opener.isConnected) opener.focus();
      });
    },
    [opener],
  );
  const close = () => (props.unsaved && !asking ? setAsking(true) : props.onClose());
  return (
    <Modal
      opened
      onClose={close}
      title={props.title}
      size={props.size ?? 'md'}
      closeOnEscape={!props.mustAnswer}
      closeOnClickOutside={false}
      withCloseButton={!props.mustAnswer}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      styles={{ title: { fontWeight: 650, fontSize: '1.15rem' } }}
    >
      {asking && (
        <div role="alert">
          <Text mb="sm">{t('unsaved.text')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('unsaved.leave')}
            </Button>
            <Button autoFocus onClick={() => setAsking(false)}>
              {t('unsaved.stay')}
            </Button>
          </Group>
        </div>
      )}
      {scannedInVain && !asking && <WarningBox>{t('common.scanUnwanted')}</WarningBox>}
      <FocusAtOnce hidden={asking}>
        {typeof props.children === 'function' ? props.children(close) : props.children}
      </FocusAtOnce>
    </Modal>
  );
}

/**
 * Takes the focus in the same moment the dialog is there. The library's own trap does so a moment later, and what a
 * quick hand strikes meanwhile (F8 and Enter in one go) would fall into the page below.
 */
function FocusAtOnce({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    content.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
  return (
    <div ref={content} hidden={hidden}>
      {children}
    </div>
  );
}
