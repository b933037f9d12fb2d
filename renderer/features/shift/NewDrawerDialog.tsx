import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drawerCreate } from '../../../shared/contract/shift.ts';
import { useCommand } from '../../engine/use-command.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

const MAX_CODE_LENGTH = 10;
const MAX_NAME_LENGTH = 40;

/** One more till: its code stands on receipts and in front of their numbers. */
export function NewDrawerDialog({ proposedCode, onClose }: { proposedCode: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(drawerCreate);
  const [code, setCode] = useState(proposedCode);
  const [name, setName] = useState('');

  async function save(): Promise<void> {
    const answer = await run({ code, name: name.trim() || t('drawers.nameOf', { code }) });
    if (answer?.outcome !== 'ok') return;
    notify(t('drawers.added', { code }));
    onClose();
  }

  return (
    <Dialog title={t('drawers.new')} onClose={onClose} unsaved={name !== ''}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code) void save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('drawers.code')}
            description={t('drawers.codeHint')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value.toUpperCase().replace(/\s/g, ''))}
            maxLength={MAX_CODE_LENGTH}
            autoComplete="off"
            withAsterisk
            data-autofocus
          />
          <TextInput
            label={t('drawers.name')}
            placeholder={t('drawers.nameOf', { code })}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={MAX_NAME_LENGTH}
            autoComplete="off"
          />
          <ProblemBox problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!code} rightSection={<KeyHint keys="Enter" />}>
              {t('drawers.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
