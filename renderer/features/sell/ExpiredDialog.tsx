import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconCalendarCheck, IconCalendarX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import type { GoodsLine } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { readDay } from '../intake/typed-day.ts';
import styles from './Dialogs.module.css';
import { putDated } from './line-actions.ts';
import { TouchKeypad } from './TouchKeypad.tsx';

/**
 * The book has only expired pieces. Two ways on: the package is expired and is set aside, or it is still good by the
 * day printed on it, to which a supervisor says yes at paying. Enter alone is the safe one.
 */
export function ExpiredDialog(props: { line: GoodsLine; today: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { line, today, onClose } = props;
  const [text, setText] = useState('');
  const day = readDay(text);
  const isPast = day !== undefined && day < today;
  const isEmpty = text.trim() === '';
  const error = isEmpty
    ? undefined
    : isPast
      ? t('expired.past')
      : day === undefined && text.trim().length >= 6
        ? t('form.dayWrong')
        : undefined;

  function goOn(): void {
    if (!isEmpty) {
      if (day === undefined || isPast) return;
      putDated(line, day);
    }
    onClose();
  }

  return (
    <Dialog title={t('expired.title', { name: line.name })} onClose={onClose} size="xl">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        <Stack gap="md">
          <Text>
            {t('expired.text', { quantity: formatQty(qty(line.expiredQty ?? 0)), unit: line.unit })}
          </Text>
          <div className={styles.ways}>
            <div>
              <h3>
                <IconCalendarX size={22} aria-hidden /> {t('expired.isOver')}
              </h3>
              <p>{t('expired.setAsideText')}</p>
              <Button
                // A form whose first submit button is disabled does not hear Enter: while nothing is typed this one is it.
                type={isEmpty ? 'submit' : 'button'}
                variant={isEmpty ? 'filled' : 'default'}
                fullWidth
                onClick={isEmpty ? undefined : onClose}
                rightSection={<KeyHint keys={isEmpty ? 'Enter' : 'Esc'} />}
              >
                {t('expired.setAside')}
              </Button>
            </div>
            <div>
              <h3>
                <IconCalendarCheck size={22} aria-hidden /> {t('expired.isGood')}
              </h3>
              <TextInput
                label={t('expired.day')}
                description={t('expired.dayHint')}
                placeholder="31-12-27"
                size="lg"
                inputMode="numeric"
                autoComplete="off"
                maxLength={10}
                data-autofocus
                value={text}
                error={error}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              <TouchKeypad text={text} onText={setText} />
              <Button
                mt="sm"
                fullWidth
                variant={isEmpty ? 'default' : 'filled'}
                disabled={day === undefined || isPast}
                type={isEmpty ? 'button' : 'submit'}
                rightSection={<KeyHint keys="Enter" />}
              >
                {t('expired.sell')}
              </Button>
            </div>
          </div>
        </Stack>
      </form>
    </Dialog>
  );
}
