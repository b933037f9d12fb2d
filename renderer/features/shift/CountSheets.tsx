import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/problem.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { Sheet } from '../../ui/Page.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { useScanGuard } from '../../ui/use-scan-guard.ts';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { NotesFields } from './NotesFields.tsx';
import styles from './Shift.module.css';
import type { CashCount } from './use-cash-count.ts';

/** A blind count: the notes, or the sum, and one button; what should be there is not known to this form. */
export function CountSheets(props: {
  count: CashCount;
  /** What stands above the button: what to know before it is pressed. */
  children?: ReactNode;
  hint: string;
  submit: string;
  busy: boolean;
  problem: Problem | undefined;
  onSubmit: () => void;
}) {
  const { t } = useTranslation();
  const { count } = props;
  const form = useRef<HTMLFormElement>(null);
  useUnsaved(count.touched);
  const scannedInVain = useScanGuard();
  useKeys({ F8: () => form.current?.requestSubmit() });
  const ready = count.touched && count.told !== undefined;
  return (
    <form
      ref={form}
      className={styles.columns}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !props.busy) props.onSubmit();
      }}
    >
      <Sheet title={t('close.byNotes')}>
        <NotesFields count={count} />
      </Sheet>
      <div>
        <Sheet title={t('close.bySum')}>
          <MoneyInput
            label={t('close.sum')}
            description={t('close.sumHint')}
            value={count.sum}
            onChange={count.setSum}
            size="lg"
          />
        </Sheet>
        <Sheet>
          <span>{t('close.counted')}</span>
          <output className={styles.sum} data-testid="counted">
            {count.rupiah === undefined ? '–' : moneyText(count.rupiah)}
          </output>
          <p className={styles.hint}>{props.hint}</p>
          {props.children}
          {scannedInVain && <WarningBox>{t('close.scan')}</WarningBox>}
          <ProblemBox problem={props.problem} />
          <WaitingBox busy={props.busy} />
          <Button
            type="submit"
            size="lg"
            mt="sm"
            loading={props.busy}
            disabled={!ready}
            rightSection={<KeyHint keys="F8" />}
            aria-keyshortcuts="F8"
          >
            {props.submit}
          </Button>
        </Sheet>
      </div>
    </form>
  );
}
