import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';

/** As long as the contract takes. */
const MAX_VISIT_LENGTH = 30;

/** The bus or group that this buyer and the next ones belong to; nothing typed ends it. */
export function VisitDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, setVisit } = basket.getState();
  const [text, setText] = useState(visit ?? '');

  function save(tag: string): void {
    setVisit(tag.trim() || null);
    onClose();
  }

  return (
    <Dialog title={t('visit.title')} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(text);
        }}
      >
        <TextInput
          label={t('visit.field')}
          description={t('visit.hint')}
          size="lg"
          autoComplete="off"
          data-autofocus
          maxLength={MAX_VISIT_LENGTH}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="space-between" mt="md">
          <Button variant="default" disabled={visit === null} onClick={() => save('')}>
            {t('visit.end')}
          </Button>
          <Button type="submit" rightSection={<KeyHint keys="Enter" />}>
            {t('visit.set')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
