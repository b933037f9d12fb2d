import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PastShiftsDialog } from './PastShiftsDialog.tsx';

/** Opens the past closings in front of the page: what is being counted there stays as it is. */
export function PastShiftsButton() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  useKeys({ F6: () => setIsOpen(true) });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconHistory size={18} aria-hidden />}
        rightSection={<KeyHint keys="F6" />}
        aria-keyshortcuts="F6"
        onClick={() => setIsOpen(true)}
      >
        {t('past.title')}
      </Button>
      {isOpen && <PastShiftsDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
