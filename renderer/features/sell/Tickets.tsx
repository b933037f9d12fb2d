import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../engine/outbox.ts';
import { connection } from '../../stores/connection.ts';
import { till } from '../../stores/till.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { formatMoment } from '../../ui/problem-text.ts';
import { useSale } from '../pay/use-sale.tsx';
import styles from './Till.module.css';

const ASK_AGAIN_MS = 5_000;

/** Sales whose answer was lost: asked about until the engine knows; what it does not know the cashier decides. */
export function Tickets() {
  const { t } = useTranslation();
  const { tickets, sending } = till();
  const connected = connection((state) => state.connected);
  const [discarding, setDiscarding] = useState<OutboxEntry>();
  const waiting = tickets.filter((ticket) => !sending.includes(ticket.id));
  const asking = waiting.some((ticket) => ticket.state === 'sent');

  useEffect(() => {
    if (!connected || !asking) return;
    const ask = () => void till.getState().askAll();
    ask();
    const timer = setInterval(ask, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connected, asking]);

  const first = waiting.find((ticket) => ticket.state === 'unknown');
  const sale = useSale('record');
  const record = (ticket: OutboxEntry) =>
    void sale.run(ticket).then((answer) => {
      if (answer?.kind === 'refused') till.getState().giveBack(answer.entry, answer.problem);
      if (answer?.kind !== 'done') return;
      const { number, totalRupiah } = answer.sale;
      notify(t('ticket.recorded', { number, amount: moneyText(totalRupiah) }));
    });
  useKeys(
    { F6: () => first && record(first), F7: () => first && setDiscarding(first) },
    { active: first !== undefined },
  );

  function discard(entry: OutboxEntry): void {
    till.getState().discard(entry.id);
    setDiscarding(undefined);
  }
  // Bound after the dialog's own, which shuts out whatever was bound before it.
  useKeys({ Delete: () => discarding && discard(discarding) }, { active: discarding !== undefined });

  return (
    <>
      {waiting.map((ticket) => (
        <div key={ticket.id} className={styles.ticket} role="status" data-testid="ticket">
          <span>
            <strong>{t(ticket.state === 'unknown' ? 'ticket.unknown' : 'ticket.asking')}</strong>{' '}
            {moneyText(ticket.totalRupiah)} · {formatMoment(ticket.at)} ·{' '}
            {t('ticket.lines', { count: ticket.basket.lines.length })}
          </span>
          {ticket.state === 'unknown' && (
            <Group gap="xs">
              <Button size="compact-md" onClick={() => record(ticket)} rightSection={<KeyHint keys="F6" />}>
                {t('ticket.record')}
              </Button>
              <Button
                size="compact-md"
                variant="default"
                onClick={() => setDiscarding(ticket)}
                rightSection={<KeyHint keys="F7" />}
              >
                {t('ticket.discard')}
              </Button>
            </Group>
          )}
        </div>
      ))}
      {discarding && (
        <Dialog title={t('ticket.discardTitle')} onClose={() => setDiscarding(undefined)}>
          <Text mb="md">{t('ticket.discardText', { amount: moneyText(discarding.totalRupiah) })}</Text>
          <Group justify="flex-end">
            <Button
              variant="default"
              data-autofocus
              onClick={() => setDiscarding(undefined)}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('common.cancel')}
            </Button>
            <Button
              color="clay"
              aria-keyshortcuts="Delete"
              onClick={() => discard(discarding)}
              rightSection={<KeyHint keys="Del" />}
            >
              {t('ticket.discard')}
            </Button>
          </Group>
        </Dialog>
      )}
      {sale.approval}
    </>
  );
}
