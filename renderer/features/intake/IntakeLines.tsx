import { ActionIcon, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../shared/domain/calendar.ts';
import { parseQty } from '../../../shared/domain/quantity.ts';
import table from '../../ui/table.module.css';
import type { IntakeLine } from './intake-line.ts';
import { readDay } from './typed-day.ts';

/** Quantity, Enter, expiry, Enter, and back to the next product. */
export function IntakeLines(props: {
  lines: IntakeLine[];
  onLines: (lines: IntakeLine[]) => void;
  /** The line that was just added: its quantity is typed next. */
  focusKey: number | undefined;
  tried: boolean;
  onLineDone: () => void;
}) {
  const { t } = useTranslation();
  const { lines, onLines } = props;
  const change = (key: number, part: Partial<IntakeLine>) =>
    onLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('products.name')}</th>
            <th scope="col">{t('intake.quantity')}</th>
            <th scope="col" colSpan={2}>
              {t('intake.expires')} <span className={table.dim}>({t('intake.expiresHint')})</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow
              key={line.key}
              line={line}
              isNew={line.key === props.focusKey}
              tried={props.tried}
              onChange={(part) => change(line.key, part)}
              onRemove={() => onLines(lines.filter((other) => other.key !== line.key))}
              onDone={props.onLineDone}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineRow(props: {
  line: IntakeLine;
  isNew: boolean;
  tried: boolean;
  onChange: (part: Partial<IntakeLine>) => void;
  onRemove: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { line, onChange } = props;
  const quantity = useRef<HTMLInputElement>(null);
  const expires = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.isNew) quantity.current?.focus();
  }, [props.isNew]);
  const day = readDay(line.expires);
  const wrongDay = line.expires.trim() !== '' && !day && (props.tried || line.expires.length >= 8);
  const onEnter = (then: () => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    then();
  };
  return (
    <tr>
      <td>
        <strong>{line.product.name}</strong>
        <br />
        <span className={table.dim}>{line.product.barcodes[0]}</span>
      </td>
      <td>
        <TextInput
          ref={quantity}
          aria-label={t('intake.quantityOf', { name: line.product.name })}
          inputMode="decimal"
          w={110}
          autoComplete="off"
          rightSection={line.product.unit}
          rightSectionWidth={44}
          value={line.quantity}
          onChange={(event) => onChange({ quantity: event.currentTarget.value })}
          onKeyDown={onEnter(() => expires.current?.focus())}
          error={
            (props.tried || line.quantity !== '') && !parseQty(line.quantity)
              ? t('form.quantityWrong')
              : undefined
          }
        />
      </td>
      <td>
        <TextInput
          ref={expires}
          aria-label={t('intake.expiresOf', { name: line.product.name })}
          placeholder="31-12-2027"
          inputMode="numeric"
          w={150}
          autoComplete="off"
          value={line.expires}
          onChange={(event) => onChange({ expires: event.currentTarget.value })}
          onBlur={() => day && onChange({ expires: formatDay(day) })}
          onKeyDown={onEnter(props.onDone)}
          error={wrongDay ? t('form.dayWrong') : undefined}
        />
      </td>
      <td>
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={t('intake.removeLine', { name: line.product.name })}
          onClick={props.onRemove}
        >
          <IconTrash size={20} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  );
}
