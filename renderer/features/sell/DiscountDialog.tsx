import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { isOffice, session } from '../../stores/session.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Dialogs.module.css';
import {
  applyDiscount,
  type DiscountKind,
  discountKinds,
  needsYes,
  type Proposal,
  proposalOf,
  removeDiscount,
  standing,
} from './discount-kinds.ts';
import { TouchKeypad } from './TouchKeypad.tsx';

/** What is given most often, for one touch. */
const QUICK_PERCENT = ['5%', '10%', '15%', '20%', '50%'] as const;

/**
 * A discount on the chosen line or on the whole sale, or another price for the line: `10%`, `5000` or `5rb`. Tab and
 * F5 go from one to the next; what it would come to is seen before it is taken over.
 */
export function DiscountDialog({ cashierBps, onClose }: { cashierBps: number; onClose: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const office = session((state) => isOffice(state.user));
  const kinds = discountKinds(content);
  const [kind, setKind] = useState<DiscountKind>(kinds[0] ?? 'price');
  const stands = standing(content, kind);
  const [text, setText] = useState(stands);
  const field = useRef<HTMLInputElement>(null);
  const line = content.lines[content.selected];
  const proposal = proposalOf(content, kind, text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind, another text to type over
  useLayoutEffect(() => field.current?.select(), [kind]);
  const next = () => switchTo(kinds[(kinds.indexOf(kind) + 1) % kinds.length] ?? kind);
  useKeys({ F5: next });

  function switchTo(to: DiscountKind): void {
    setKind(to);
    setText(standing(content, to));
    field.current?.focus();
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || event.shiftKey) return;
    event.preventDefault();
    next();
  }

  function save(): void {
    if (proposal.ok) applyDiscount(kind, text);
    else if (text.trim() === '') removeDiscount(kind);
    else return;
    onClose();
  }

  if (!line) return null;
  return (
    <Dialog title={t('discount.title')} onClose={onClose} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={styles.tabs}>
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={t('discount.title')}
            value={kind}
            onChange={(value) => switchTo(value as DiscountKind)}
            data={kinds.map((value) => ({ value, label: t(`discount.kind.${value}`) }))}
          />
          <KeyHint keys="F5" />
        </div>
        <p className={styles.of}>
          {kind === 'sale' ? t('discount.ofSale', { count: content.lines.length }) : line.name}
        </p>
        <TextInput
          ref={field}
          size="xl"
          label={t(`discount.field.${kind}`)}
          placeholder={t(kind === 'price' ? 'discount.hintPrice' : 'discount.hint')}
          autoComplete="off"
          data-autofocus
          value={text}
          onKeyDown={press}
          onChange={(event) => setText(event.currentTarget.value)}
          error={errorOf(t, kind, proposal)}
        />
        {kind !== 'price' && (
          <div className={styles.chips}>
            {QUICK_PERCENT.map((percent) => (
              <button
                key={percent}
                type="button"
                tabIndex={-1}
                aria-pressed={text === percent}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => setText(percent)}
              >
                {percent}
              </button>
            ))}
          </div>
        )}
        <TouchKeypad text={text} onText={setText} />
        <BeforeAfter proposal={proposal} />
        <p className={styles.hint} role="status">
          {proposal.ok && !office && needsYes(proposal.content, cashierBps) && t('discount.needsYes')}
        </p>
        <Group justify="space-between">
          <Button
            variant="default"
            disabled={stands === ''}
            onClick={() => {
              removeDiscount(kind);
              onClose();
            }}
          >
            {t(kind === 'price' ? 'discount.removePrice' : 'discount.remove')}
          </Button>
          <Button type="submit" disabled={!canSave(proposal, stands)} rightSection={<KeyHint keys="Enter" />}>
            {t('discount.apply')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function canSave(proposal: Proposal, stands: string): boolean {
  return proposal.ok || (proposal.why === 'empty' && stands !== '');
}

function errorOf(
  t: ReturnType<typeof useTranslation>['t'],
  kind: DiscountKind,
  proposal: Proposal,
): string | undefined {
  if (proposal.ok || proposal.why === 'empty') return undefined;
  if (proposal.why === 'too-large') return t('discount.tooLarge', { amount: moneyText(proposal.mostRupiah) });
  return t(kind === 'price' ? 'form.amountWrong' : 'discount.unreadable');
}

function BeforeAfter({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  return (
    <div className={styles.figures} role="status">
      <div>
        <span>{t('discount.before')}</span>
        <b>{moneyText(proposal.beforeRupiah)}</b>
      </div>
      <div className={styles.loud}>
        <span>{t('discount.after')}</span>
        <b>{moneyText(proposal.ok ? proposal.afterRupiah : proposal.beforeRupiah)}</b>
      </div>
    </div>
  );
}
