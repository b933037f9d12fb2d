import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';

/** What can be done with the chosen ticket; with none of them the list is only closed. */
export function TicketActions(props: {
  /** Nothing is chosen: there are no tickets. */
  isEmpty: boolean;
  isQris: boolean;
  disabled: boolean;
  busy: boolean;
  onClose: () => void;
  onDiscard: () => void;
  onRecall: () => void;
  onGoOn: () => void;
}) {
  const { t } = useTranslation();
  const { isEmpty, isQris, disabled } = props;
  return (
    <Group justify="flex-end" mt="md" wrap="nowrap" gap="sm">
      <Button variant="default" size="md" onClick={props.onClose} rightSection={<KeyHint keys="Esc" />}>
        {t('common.close')}
      </Button>
      {!isEmpty && (
        <Button
          variant="default"
          size="md"
          aria-keyshortcuts="Delete"
          onClick={props.onDiscard}
          rightSection={<KeyHint keys="Del" />}
        >
          {t('ticket.discard')}
        </Button>
      )}
      {isQris && (
        <Button
          variant="default"
          size="md"
          disabled={disabled}
          aria-keyshortcuts="F4"
          onClick={props.onRecall}
          rightSection={<KeyHint keys="F4" />}
        >
          {t('tickets.withoutQris')}
        </Button>
      )}
      {!isEmpty && (
        <Button
          size="md"
          loading={props.busy}
          disabled={disabled}
          onClick={isQris ? props.onGoOn : props.onRecall}
          rightSection={<KeyHint keys="Enter" />}
        >
          {t(isQris ? 'tickets.goOn' : 'tickets.recall')}
        </Button>
      )}
    </Group>
  );
}
