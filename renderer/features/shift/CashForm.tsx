import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseRupiah } from '../../../shared/domain/money.ts';
import type { Problem } from '../../engine/problem.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import type { CashMoved } from './CashDone.tsx';
import { type CashKind, type Direction, type ExpenseCategory, expenseCategories } from './cash-choices.ts';
import styles from './Shift.module.css';
import type { MoveCash } from './use-move-cash.ts';

const MAX_MEMO_LENGTH = 200;

/** How much, and what for. Enter leads to the memo where it is still missing. */
export function CashForm(props: {
  shift: number;
  direction: Direction;
  kind: CashKind | undefined;
  moveCash: MoveCash;
  onTyped: (typed: boolean) => void;
  onBack: () => void;
  onMoved: (moved: CashMoved) => void;
}) {
  const { t } = useTranslation();
  const { shift, direction, kind, moveCash } = props;
  const [amount, setAmount] = useState('');
  const [category, setCategory] = useState<ExpenseCategory>('lain');
  // Change money needs no explaining in its own words, and a till that has run out of it is in a hurry.
  const [memo, setMemo] = useState(kind === 'safe' ? t('cash.changeMoney') : '');
  const [tried, setTried] = useState(false);
  const memoField = useRef<HTMLInputElement>(null);
  const amountField = useRef<HTMLInputElement>(null);
  const amountRupiah = parseRupiah(amount);
  const asksMemo = direction !== 'drop';
  const hasAmount = amountRupiah !== undefined && amountRupiah > 0;

  async function submit(): Promise<void> {
    if (!hasAmount) {
      setTried(true);
      amountField.current?.focus();
      return;
    }
    if (asksMemo && memo.trim() === '') {
      // The first Enter is how a hand goes on to the next field, no mistake.
      setTried(document.activeElement === memoField.current);
      memoField.current?.focus();
      return;
    }
    const number = await moveCash.run({ shift, direction, kind, category, amountRupiah, memo });
    if (number) props.onMoved({ number, direction, amountRupiah });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onChange={() => props.onTyped(true)}
    >
      <Stack gap="md">
        <output className={`${styles.sum} ${direction === 'in' ? '' : styles.out}`} data-testid="cash-amount">
          {amountRupiah === undefined || amountRupiah < 0 ? 'Rp0' : moneyText(amountRupiah)}
        </output>
        <MoneyInput
          label={t('cash.amount')}
          size="lg"
          value={amount}
          onChange={setAmount}
          ref={amountField}
          error={tried && !hasAmount ? t('form.amountWrong') : undefined}
          autoFocus
        />
        {kind === 'expense' && (
          <NativeSelect
            label={t('cash.categoryOf')}
            data={expenseCategories.map((value) => ({ value, label: t(`cash.category.${value}`) }))}
            value={category}
            onChange={(event) => setCategory(event.currentTarget.value as ExpenseCategory)}
          />
        )}
        {asksMemo && (
          <TextInput
            label={t('cash.memo')}
            description={kind === 'safe' ? undefined : t('cash.memoHint')}
            value={memo}
            onChange={(event) => setMemo(event.currentTarget.value)}
            maxLength={MAX_MEMO_LENGTH}
            autoComplete="off"
            ref={memoField}
            error={tried && hasAmount && memo.trim() === '' ? t('rejection.memo-missing') : undefined}
            withAsterisk
          />
        )}
        <CashProblem problem={moveCash.problem} isFromSafe={kind === 'safe'} />
        <WaitingBox busy={moveCash.busy} />
        <Group justify="space-between">
          <Button variant="default" disabled={moveCash.busy} onClick={props.onBack}>
            {t('common.back')}
          </Button>
          <Button type="submit" size="lg" loading={moveCash.busy} rightSection={<KeyHint keys="Enter" />}>
            {t(`cash.record.${direction}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** That a drawer has not enough is told in the words of whoever takes money out of it, not of whoever opens one. */
function CashProblem({ problem, isFromSafe }: { problem: Problem | undefined; isFromSafe: boolean }) {
  const { t } = useTranslation();
  const isShort = problem?.kind === 'rejected' && problem.name === 'drawer-short';
  if (!isShort) return <ProblemBox problem={problem} />;
  return <WarningBox tone="bad">{t(isFromSafe ? 'cash.safeShort' : 'cash.short')}</WarningBox>;
}
