import { Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productMany } from '../../../shared/contract/product.ts';
import { type TicketView, ticketGet, ticketList } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { basket } from '../../stores/basket.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { ChoiceList } from '../../ui/ChoiceList.tsx';
import { isPressed, useChoice } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { DiscardTicket } from './DiscardTicket.tsx';
import { RecallChanges } from './RecallChanges.tsx';
import { productsOf, type RecallChange } from './recalled.ts';
import { TicketActions } from './TicketActions.tsx';
import { TicketBasket } from './TicketBasket.tsx';
import { TicketRow } from './TicketRow.tsx';
import styles from './Tickets.module.css';
import { type OpenTicket, useRecall } from './use-recall.ts';

const LIMIT = 200;

/** Parked baskets and QRIS codes that were shown; any one goes on. `ticket`: the one whose slip was scanned. */
export function TicketsDialog(props: { shift: ShiftView; ticket?: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { shift, onClose } = props;
  const list = useQuery(ticketList, { limit: LIMIT }, ['sales']);
  const tickets = list.value?.tickets ?? [];
  const choice = useChoice(tickets, ticketNumber);
  const open = useOpenTicket(choice.item);
  const recall = useRecall(shift);
  const [discarding, setDiscarding] = useState<TicketView>();
  const [changes, setChanges] = useState<{ list: RecallChange[]; then: () => void }>();
  const content = basket();
  const isQris = choice.item?.kind === 'qris';
  const isPaid = content.taken.length > 0;
  useScannedTicket(props.ticket, tickets, choice.choose);

  async function take(how: 'recall' | 'goOn'): Promise<void> {
    if (!open || isPaid) return;
    const name = open.ticket.name ?? open.ticket.code;
    const found = await recall[how](open);
    // Not decided yet: the till says so, and goes on asking.
    if (!found && basket.getState().moving) onClose();
    if (!found) return;
    const then = how === 'goOn' ? () => tillDialog.getState().open({ name: 'pay' }) : onClose;
    if (found.length > 0) return setChanges({ list: found, then });
    if (how === 'recall') notify(t('tickets.recalled', { name }));
    then();
  }

  const strike = useStruck(open, (withoutQris) => void take(isQris && !withoutQris ? 'goOn' : 'recall'));
  const nested = discarding !== undefined || recall.approval !== undefined;
  useKeys(
    {
      ...choice.keys,
      Enter: (event) => (isPressed(event) ? false : strike(choice.item, false)),
      F4: () => isQris && strike(choice.item, true),
      Delete: () => choice.item && setDiscarding(choice.item),
    },
    { active: !changes && !nested },
  );

  if (changes) return <RecallChanges changes={changes.list} onClose={changes.then} />;
  const isEmpty = list.value !== undefined && tickets.length === 0;
  return (
    <Dialog title={t('tickets.title')} size="62rem" onClose={onClose} mustAnswer={nested || recall.busy}>
      <ProblemBox problem={list.problem} />
      {isEmpty && (
        <Empty icon={<IconTicket size={48} stroke={1.3} />} title={t('tickets.emptyTitle')}>
          <p>{t('tickets.emptyText')}</p>
        </Empty>
      )}
      {!isEmpty && (
        <div className={styles.columns}>
          <ChoiceList
            id="tickets"
            label={t('tickets.title')}
            items={tickets}
            keyOf={ticketNumber}
            choice={choice}
            autoFocus
            row={(ticket) => <TicketRow ticket={ticket} />}
          />
          <TicketBasket open={open} />
        </div>
      )}
      {isPaid && <WarningBox>{t('tickets.payFirst')}</WarningBox>}
      {!isPaid && content.lines.length > 0 && (
        <WarningBox>{t('tickets.parksFirst', { count: content.lines.length })}</WarningBox>
      )}
      <ProblemBox problem={recall.problem} />
      <WaitingBox busy={recall.busy} />
      {isQris && (
        <Text c="dimmed" size="sm" mt="xs">
          {t('tickets.qrisHint')}
        </Text>
      )}
      <TicketActions
        isEmpty={choice.item === undefined}
        isQris={isQris}
        disabled={!open || isPaid}
        busy={recall.busy}
        onClose={onClose}
        onDiscard={() => setDiscarding(choice.item)}
        onRecall={() => void take('recall')}
        onGoOn={() => void take('goOn')}
      />
      {recall.approval}
      {discarding && <DiscardTicket ticket={discarding} onClose={() => setDiscarding(undefined)} />}
    </Dialog>
  );
}

function ticketNumber({ ticket }: TicketView): number {
  return ticket;
}

/** The chosen ticket with its basket and the catalogue's names and prices; undefined until all of it is there. */
function useOpenTicket(ticket: TicketView | undefined): OpenTicket | undefined {
  const held = useQuery(ticketGet, ticket ? { ticket: ticket.ticket } : null, ['sales']).value;
  const isIt = held !== undefined && held.ticket === ticket?.ticket;
  const wanted = isIt ? productsOf(held.basket) : undefined;
  const { value, isCurrent, asking } = useQuery(productMany, wanted ? { products: wanted } : null, [
    'products',
    'stock',
  ]);
  // Another ticket's goods are still there for a moment: by them, this one's would be gone from the catalogue.
  if (!isIt || !value || !isCurrent || asking) return undefined;
  const { basket: content, ...view } = held;
  return { ticket: view, basket: content, products: value.products };
}

/** A key struck before the basket has come counts all the same, for the ticket it was struck on. */
function useStruck(open: OpenTicket | undefined, take: (withoutQris: boolean) => void) {
  const early = useRef<{ ticket: number | undefined; withoutQris: boolean }>(undefined);
  useEffect(() => {
    const struck = early.current;
    if (!open || !struck) return;
    early.current = undefined;
    if (struck.ticket === undefined || struck.ticket === open.ticket.ticket) take(struck.withoutQris);
  });
  return (chosen: TicketView | undefined, withoutQris: boolean) => {
    if (open) take(withoutQris);
    else early.current = { ticket: chosen?.ticket, withoutQris };
  };
}

/** Chooses the ticket whose slip was scanned, once it is listed. */
function useScannedTicket(
  ticket: number | undefined,
  tickets: readonly TicketView[],
  choose: (ticket: TicketView) => void,
): void {
  const done = useRef(false);
  useEffect(() => {
    const found = tickets.find((listed) => listed.ticket === ticket);
    if (done.current || !found) return;
    done.current = true;
    choose(found);
  });
}
