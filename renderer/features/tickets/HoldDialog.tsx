import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saleHold } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { useCommand } from '../../engine/use-command.ts';
import { basket, basketInput, totalRupiah } from '../../stores/basket.ts';
import { moves } from '../../stores/moves.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import styles from './Tickets.module.css';

/** Parks the basket under a name. It waits at every till until somebody calls it back. */
export function HoldDialog({ shift, onClose }: { shift: ShiftView; onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const { run, busy, problem } = useCommand(saleHold, moves.hold);
  const [name, setName] = useState('');
  const [paper, setPaper] = useState(false);
  useKeys({ F9: () => shift.hasPrinter && setPaper((before) => !before) });

  async function hold(): Promise<void> {
    const typed = name.trim();
    const answer = await run({
      basket: basketInput(content),
      drawer: shift.drawer,
      ...(typed && { name: typed }),
      ...(paper && { paper }),
    });
    // Not decided yet: the till says so, and goes on asking.
    if (answer && basket.getState().moving) onClose();
    if (answer?.outcome !== 'ok') return;
    notify(t('tickets.held', { name: typed || answer.value.code, code: answer.value.code }));
    onClose();
  }

  if (content.taken.length > 0) return <PaidInPart onClose={onClose} />;
  return (
    <Dialog title={t('tickets.holdTitle')} onClose={onClose} mustAnswer={busy}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void hold();
        }}
      >
        <p className={styles.figure}>
          <span>{t('ticket.lines', { count: content.lines.length })}</span>
          <b>{moneyText(totalRupiah(content))}</b>
        </p>
        <TextInput
          size="lg"
          label={t('tickets.name')}
          placeholder={t('tickets.nameHint')}
          data-autofocus
          autoComplete="off"
          maxLength={40}
          value={name}
          readOnly={busy}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {shift.hasPrinter ? (
          <Checkbox
            size="md"
            label={
              <>
                {t('tickets.paper')} <KeyHint keys="F9" />
              </>
            }
            aria-keyshortcuts="F9"
            checked={paper}
            onChange={(event) => setPaper(event.currentTarget.checked)}
          />
        ) : (
          <Text c="dimmed">{t('tickets.noPrinter')}</Text>
        )}
        <ProblemBox problem={problem} />
        <WaitingBox busy={busy} />
        <Group justify="flex-end">
          <Button
            variant="default"
            size="md"
            onClick={onClose}
            disabled={busy}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t('common.cancel')}
          </Button>
          <Button type="submit" size="md" loading={busy} rightSection={<KeyHint keys="Enter" />}>
            {t('tickets.hold')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/**
 * Money already came in for this basket, or a code was shown: parked without it, nobody would know. Where a QRIS ticket
 * holds the whole basket it is parked already, and the till can be left to the next buyer.
 */
function PaidInPart({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const [part] = content.taken;
  const isHeld = content.taken.length === 1 && part?.qris?.basketRupiah === totalRupiah(content);

  function leave(): void {
    const code = part?.qris?.code ?? '';
    basket.getState().clear();
    notify(t('tickets.held', { name: code, code }));
    onClose();
  }

  return (
    <Dialog title={t('tickets.holdTitle')} onClose={onClose}>
      <Text mb="md">
        {isHeld ? t('tickets.heldByQris', { code: part?.qris?.code }) : t('tickets.payFirst')}
      </Text>
      <Group justify="flex-end">
        <Button
          variant={isHeld ? 'default' : 'filled'}
          size="md"
          data-autofocus={isHeld ? undefined : true}
          onClick={onClose}
          rightSection={<KeyHint keys={isHeld ? 'Esc' : 'Enter'} />}
        >
          {t('common.back')}
        </Button>
        {isHeld && (
          <Button size="md" data-autofocus onClick={leave} rightSection={<KeyHint keys="Enter" />}>
            {t('tickets.leave')}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}
