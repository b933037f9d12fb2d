import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { userCreate } from '../../../shared/contract/people.ts';
import { type Role, roles } from '../../../shared/contract/roles.ts';
import { useCommand } from '../../engine/use-command.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { notify } from '../../ui/notify.ts';
import { PinField } from '../../ui/PinField.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';

/** Adds a person who may sign in. */
export function PersonForm({ proposed, onSaved }: { proposed: Role; onSaved: (username: string) => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(userCreate);
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(proposed);
  const [pin, setPin] = useState('');
  const [pinAgain, setPinAgain] = useState('');
  const [tried, setTried] = useState(false);
  useUnsaved(username !== '' || name !== '');
  const missing = (value: string) => (tried && !value.trim() ? t('form.required') : undefined);

  async function save(): Promise<void> {
    setTried(true);
    if (!username || !name.trim() || !pin || pin !== pinAgain) return;
    const answer = await run({ username, name, role, pin });
    if (answer?.outcome !== 'ok') return;
    notify(t('people.added', { username }));
    onSaved(username);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('people.username')}
            description={t('people.usernameHint')}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value.toLowerCase().replace(/\s/g, ''))}
            error={missing(username)}
            maxLength={30}
            autoComplete="off"
            withAsterisk
            autoFocus
          />
          <TextInput
            label={t('people.fullName')}
            description={t('people.fullNameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={missing(name)}
            maxLength={80}
            autoComplete="off"
            withAsterisk
          />
          <NativeSelect
            label={t('people.role')}
            data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <span />
          <PinField label={t('people.pin')} value={pin} onChange={setPin} error={missing(pin)} withAsterisk />
          <PinField
            label={t('people.pinAgain')}
            value={pinAgain}
            onChange={setPinAgain}
            error={tried && pin !== pinAgain ? t('people.pinsDiffer') : undefined}
            withAsterisk
          />
        </SimpleGrid>
        <ProblemBox problem={problem} />
        <Group>
          <Button type="submit" variant="light" loading={busy} rightSection={<KeyHint keys="Enter" />}>
            {t('people.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
