import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { saleDiscard, type TicketView } from '../../../shared/contract/sale.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { useSupervised } from '../../ui/use-supervised.tsx';

/** Asks before a parked basket is thrown away; one whose payment was seen needs a supervisor. */
export function DiscardTicket({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation();
  const discard = useSupervised(saleDiscard);
  const name = ticket.name ?? ticket.code;

  async function throwAway(): Promise<void> {
    const answer = await discard.run({ ticket: ticket.ticket });
    if (answer?.outcome === 'ok') onClose();
  }

  return (
    <Dialog
      title={t('tickets.discardTitle', { name })}
      onClose={onClose}
      mustAnswer={discard.busy || discard.approval !== undefined}
    >
      <Text mb="sm">
        {t('tickets.discardText', { count: ticket.lines, amount: moneyText(ticket.amountRupiah) })}
      </Text>
      {ticket.state !== 'held' && <WarningBox>{t(`tickets.discardQris.${ticket.state}`)}</WarningBox>}
      <ProblemBox problem={discard.problem} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('tickets.keep')}
        </Button>
        <Button color="clay" loading={discard.busy} onClick={() => void throwAway()}>
          {t('ticket.discard')}
        </Button>
      </Group>
      {discard.approval}
    </Dialog>
  );
}
