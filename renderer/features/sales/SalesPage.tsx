import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconReceipt } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerGet } from '../../../shared/contract/center.ts';
import { saleByNumber, saleList } from '../../../shared/contract/sale.ts';
import { addDays, businessDay, formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { engine } from '../../engine/client.ts';
import { type Problem, problemOf } from '../../engine/problem.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Empty } from '../../ui/Empty.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useScans } from '../../ui/use-scans.ts';
import { readDay } from '../intake/typed-day.ts';
import { SaleDialog } from './SaleDialog.tsx';
import styles from './Sales.module.css';
import { SalesTable } from './SalesTable.tsx';

/** The newest receipts of a day that are shown; a day with more is searched by number. */
const LISTED = 500;

/** What a scanner types: a receipt's number, or by mistake goods. A day or an amount typed in a hurry is neither. */
const SCANNED = /-\d{6}-\d{4,}$|\d{9}/;

/** A day's receipts, newest first; any one opens, whether it is chosen, typed or scanned. */
export function SalesPage() {
  const { t } = useTranslation();
  const today = useQuery(centerGet, {}, ['center', 'shift']).value?.day;
  const [chosenDay, setChosenDay] = useState<string>();
  const [text, setText] = useState('');
  const [open, setOpen] = useState<number>();
  const [missing, setMissing] = useState<Problem>();
  const field = useRef<HTMLInputElement>(null);
  const day = chosenDay ?? today;
  const { value, problem } = useQuery(saleList, day ? { day, limit: LISTED } : null, ['sales']);
  const wanted = text.trim().toUpperCase();
  const sales = (value?.sales ?? []).filter(({ number }) => number.toUpperCase().includes(wanted));

  async function find(number: string): Promise<void> {
    setMissing(undefined);
    const answer = await engine.call(saleByNumber, { number });
    if (answer.outcome === 'ok') setOpen(answer.value.sale);
    else setMissing(problemOf(answer));
  }

  const enter = () => {
    const [only] = sales;
    if (wanted === '') return;
    if (only && sales.length === 1) setOpen(only.sale);
    else void find(text.trim());
  };
  const go = (step: 1 | -1) => {
    if (!day || !today || !isBusinessDay(day)) return;
    const next = addDays(businessDay(day), step);
    setChosenDay(next >= today ? undefined : next);
  };
  useKeys({ F2: () => field.current?.select(), PageUp: () => go(-1), PageDown: () => go(1) });
  useScans(field, (code) => void find(code), { grabTyping: true, isScan: (code) => SCANNED.test(code) });

  return (
    <Page
      title={
        chosenDay && isBusinessDay(chosenDay)
          ? t('sales.titleOf', { day: formatDay(chosenDay) })
          : t('sales.title')
      }
      actions={
        <>
          <TextInput
            ref={field}
            aria-label={t('sales.search')}
            placeholder={t('sales.search')}
            rightSection={<KeyHint keys="F2" />}
            aria-keyshortcuts="F2"
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            value={text}
            onChange={(event) => {
              setMissing(undefined);
              setText(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // The dialog takes the focus at once, and this same Enter must not press what is in it.
              event.preventDefault();
              enter();
            }}
            autoFocus
          />
          <DayChoice day={day} today={today} onDay={setChosenDay} onStep={go} />
        </>
      }
    >
      <ProblemBox problem={problem ?? missing} />
      {value?.sales.length === 0 && (
        <Empty
          icon={<IconReceipt size={48} stroke={1.3} />}
          title={t(chosenDay ? 'sales.noneTitle' : 'sales.emptyTitle')}
        >
          <p>{t(chosenDay ? 'sales.noneText' : 'sales.emptyText')}</p>
        </Empty>
      )}
      {value && value.sales.length > 0 && sales.length === 0 && <p>{t('sales.noMatch')}</p>}
      {sales.length > 0 && <SalesTable sales={sales} onOpen={setOpen} />}
      {value?.sales.length === LISTED && <p>{t('sales.onlyNewest', { count: LISTED })}</p>}
      {open !== undefined && <SaleDialog sale={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function DayChoice(props: {
  day: string | undefined;
  today: string | undefined;
  onDay: (day: string | undefined) => void;
  onStep: (step: 1 | -1) => void;
}) {
  const { t } = useTranslation();
  const { day, today } = props;
  const [typed, setTyped] = useState<string>();
  const take = () => {
    const read = typed === undefined ? undefined : readDay(typed);
    if (read && today) props.onDay(read >= today ? undefined : read);
    setTyped(undefined);
  };
  return (
    <div className={styles.days}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('sales.dayBefore')}
        title={`${t('sales.dayBefore')} (PageUp)`}
        aria-keyshortcuts="PageUp"
        onClick={() => props.onStep(-1)}
      >
        <IconChevronLeft size={20} aria-hidden />
      </ActionIcon>
      <TextInput
        aria-label={t('sales.day')}
        classNames={{ input: styles.day }}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? (day && isBusinessDay(day) ? formatDay(day) : '')}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('sales.dayAfter')}
        title={`${t('sales.dayAfter')} (PageDown)`}
        aria-keyshortcuts="PageDown"
        disabled={day === today}
        onClick={() => props.onStep(1)}
      >
        <IconChevronRight size={20} aria-hidden />
      </ActionIcon>
    </div>
  );
}
