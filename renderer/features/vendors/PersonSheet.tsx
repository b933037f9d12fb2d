import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personReveal } from '../../../shared/contract/people.ts';
import type { MaskedField } from '../../../shared/contract/vendor.ts';
import { useCommand } from '../../engine/use-command.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Vendors.module.css';

/** The contact person: masked, each field opened for a reason that is written down. */
export function PersonSheet(props: { vendor: number; person: MaskedField[]; bankCode: string | null }) {
  const { t } = useTranslation();
  const [opening, setOpening] = useState<string>();
  const [opened, setOpened] = useState<Record<string, string>>({});
  return (
    <Sheet title={t('person.title')}>
      {props.person.length === 0 && <Text c="dimmed">{t('person.empty')}</Text>}
      <dl className={styles.fields}>
        {props.bankCode && (
          <div>
            <dt>{t('person.bankCode')}</dt>
            <dd>{props.bankCode}</dd>
          </div>
        )}
        {props.person.map(({ field, masked }) => (
          <FieldRow
            key={field}
            label={t([`person.${field}`, 'person.other'])}
            text={opened[field] ?? masked}
            isOpen={field in opened}
            onOpen={() => setOpening(field)}
          />
        ))}
      </dl>
      {opening && (
        <RevealDialog
          vendor={props.vendor}
          field={opening}
          onClose={() => setOpening(undefined)}
          onOpened={(text) => {
            setOpened({ ...opened, [opening]: text });
            setOpening(undefined);
          }}
        />
      )}
    </Sheet>
  );
}

function FieldRow(props: { label: string; text: string; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        {props.text}
        {!props.isOpen && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={props.onOpen}
            aria-label={t('person.openField', { field: props.label })}
          >
            {t('person.open')}
          </Button>
        )}
      </dd>
    </div>
  );
}

function RevealDialog(props: {
  vendor: number;
  field: string;
  onClose: () => void;
  onOpened: (text: string) => void;
}) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(personReveal);
  const [reason, setReason] = useState('');

  async function reveal(): Promise<void> {
    if (!reason.trim()) return;
    const answer = await run({ vendor: props.vendor, field: props.field, reason });
    if (answer?.outcome === 'ok') props.onOpened(answer.value.text);
  }

  return (
    <Dialog title={t('person.revealTitle')} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void reveal();
        }}
      >
        <Stack gap="sm">
          <Text>{t('person.revealText')}</Text>
          <TextInput
            label={t('person.reason')}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <ProblemBox problem={problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!reason.trim()}>
              {t('person.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
